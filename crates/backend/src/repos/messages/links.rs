//! What messages lead to. The one place that knows what a kind of link leads to: [`targets_of`] has an arm for each kind.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{CitizenId, LinkedId};
use omasote_types::language::LocalText;
use omasote_types::messages::{Link, LinkKind, Message, NewLink};

use super::super::{events, guides, tasks};
use super::NewMessageRow;
use crate::db::schema::message_links;
use crate::db::{DbConn, DbText, Id, TextColumn};

impl TextColumn for LinkKind {
    fn as_text(self) -> &'static str {
        self.code()
    }

    fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == text)
    }
}

/// What is to be known of a thing that links lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The thing.
    pub id: LinkedId,
    /// What it is called.
    pub title: LocalText,
    /// When it begins, of an event.
    pub starts_at: Option<Instant>,
    /// Whose it is: a link to it is sent to nobody else. None when it is for everybody.
    pub citizen: Option<CitizenId>,
    /// Whether a link to it may be sent now.
    pub can_be_sent: bool,
    /// Whether it is no longer kept up, or was called off.
    pub is_retired: bool,
}

/// The things of one kind that there are among `ids`, in one query.
fn targets_of(conn: &mut DbConn, kind: LinkKind, ids: &[LinkedId]) -> QueryResult<Vec<Target>> {
    match kind {
        LinkKind::Guide => guides::list_targets(conn, ids),
        LinkKind::Task => tasks::list_targets(conn, ids),
        LinkKind::Event => events::list_targets(conn, ids),
    }
}

/// What links lead to, as far as it is there: one query for each kind among them.
pub fn list_targets(conn: &mut DbConn, links: &[NewLink]) -> QueryResult<Vec<(LinkKind, Target)>> {
    let mut found = Vec::with_capacity(links.len());
    for kind in LinkKind::ALL {
        let ids: Vec<LinkedId> = links.iter().filter(|link| link.kind == kind).map(|link| link.id).collect();
        if !ids.is_empty() {
            found.extend(targets_of(conn, kind, &ids)?.into_iter().map(|target| (kind, target)));
        }
    }
    Ok(found)
}

/// Links with what they lead to, in their order. What is not there any more is left out.
pub(in crate::repos) fn described(conn: &mut DbConn, links: &[NewLink]) -> QueryResult<Vec<Link>> {
    let targets = if links.is_empty() { Vec::new() } else { list_targets(conn, links)? };
    Ok(to_links(links, &targets))
}

/// The same, when it was asked already what they lead to.
fn to_links(links: &[NewLink], targets: &[(LinkKind, Target)]) -> Vec<Link> {
    let described = links.iter().filter_map(|link| {
        let is_it = |(kind, target): &&(LinkKind, Target)| *kind == link.kind && target.id == link.id;
        let (kind, target) = targets.iter().find(is_it)?;
        let Target { id, title, starts_at, is_retired, .. } = target.clone();
        Some(Link { kind: *kind, id, title, starts_at, is_retired })
    });
    described.collect()
}

/// Adds their links to messages; `linking` are those that have any.
pub(super) fn added(
    conn: &mut DbConn,
    mut messages: Vec<Message>,
    linking: Vec<Id>,
) -> QueryResult<Vec<Message>> {
    let rows: Vec<(Id, DbText<LinkKind>, Id)> = message_links::table
        .filter(message_links::message_id.eq_any(linking))
        .order((message_links::message_id.asc(), message_links::position.asc()))
        .select((message_links::message_id, message_links::kind, message_links::target_id))
        .load(conn)?;
    let links: Vec<(Id, NewLink)> =
        rows.into_iter().map(|(of, kind, id)| (of, NewLink { kind: kind.0, id: id.into() })).collect();
    let all: Vec<NewLink> = links.iter().map(|(_, link)| *link).collect();
    let targets = list_targets(conn, &all)?;
    for message in &mut messages {
        let id = Id::from(message.id);
        let own: Vec<NewLink> = links.iter().filter(|(of, _)| *of == id).map(|(_, link)| *link).collect();
        message.links = to_links(&own, &targets);
    }
    Ok(messages)
}

/// Adds the links of a new message.
pub(super) fn insert_all(conn: &mut DbConn, new: &NewMessageRow<'_>) -> QueryResult<()> {
    for (position, link) in (0_i32..).zip(new.links) {
        let row = (
            message_links::message_id.eq(Id::from(new.id)),
            message_links::position.eq(position),
            message_links::citizen_id.eq(Id::from(new.citizen)),
            message_links::kind.eq(DbText(link.kind)),
            message_links::target_id.eq(Id::from(link.id)),
        );
        diesel::insert_into(message_links::table).values(row).execute(conn)?;
    }
    Ok(())
}
