//! Saved views of inboxes.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{ProfessionalId, TopicId, UnitId, ViewId};
use omasote_types::messages::{HolderFilter, InboxMark, ThreadState};
use omasote_types::views::{Narrowing, View};

use super::templates::Keeper;
use crate::db::schema::views;
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored, TextColumn};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = views, check_for_backend(MultiBackend), treat_none_as_default_value = false)]
struct ViewRow {
    id: Id,
    unit_id: Id,
    professional_id: Option<Id>,
    name: String,
    state: DbText<ThreadState>,
    holder: Option<DbText<HolderFilter>>,
    topic_id: Option<Id>,
    mark: Option<DbText<InboxMark>>,
    words: Option<String>,
    created_at: Stored,
}

impl From<ViewRow> for View {
    fn from(row: ViewRow) -> Self {
        Self {
            id: row.id.into(),
            unit_id: row.unit_id.into(),
            is_shared: row.professional_id.is_none(),
            name: row.name,
            shows: Narrowing {
                state: row.state.0,
                holder: row.holder.map(|holder| holder.0),
                topic_id: row.topic_id.map(TopicId::from),
                mark: row.mark.map(|mark| mark.0),
                text: row.words,
            },
        }
    }
}

impl TextColumn for HolderFilter {
    fn as_text(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Free => "free",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        [Self::Mine, Self::Free].into_iter().find(|holder| holder.as_text() == text)
    }
}

impl TextColumn for InboxMark {
    fn as_text(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::NotUnderstood => "not_understood",
            Self::Forwarded => "forwarded",
            Self::SentOn => "sent_on",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        let all = [Self::Unread, Self::NotUnderstood, Self::Forwarded, Self::SentOn];
        all.into_iter().find(|mark| mark.as_text() == text)
    }
}

/// The views of a unit's inbox that are the unit's, in the order they were made.
pub fn list_shared(conn: &mut DbConn, of: UnitId) -> QueryResult<Vec<View>> {
    load(conn, kept_by(of, Keeper::Unit(of)))
}

/// The views of a unit's inbox that are a professional's own, in the order they were made.
pub fn list_own(conn: &mut DbConn, of: UnitId, whose: ProfessionalId) -> QueryResult<Vec<View>> {
    load(conn, kept_by(of, Keeper::Professional(whose)))
}

/// How many views of a unit's inbox a keeper has.
pub fn count(conn: &mut DbConn, of: UnitId, keeper: Keeper) -> QueryResult<i64> {
    kept_by(of, keeper).count().get_result(conn)
}

/// A view, and whose it is.
pub fn find(conn: &mut DbConn, id: ViewId) -> QueryResult<Option<(Keeper, View)>> {
    let row: Option<ViewRow> =
        views::table.find(Id::from(id)).select(ViewRow::as_select()).first(conn).optional()?;
    Ok(row.map(|row| {
        let unit = Keeper::Unit(row.unit_id.into());
        let keeper = row.professional_id.map_or(unit, |id| Keeper::Professional(id.into()));
        (keeper, row.into())
    }))
}

/// Keeps a view.
pub fn insert(conn: &mut DbConn, view: &View, keeper: Keeper, now: Instant) -> QueryResult<usize> {
    let shows = view.shows.clone();
    let row = ViewRow {
        id: view.id.into(),
        unit_id: view.unit_id.into(),
        professional_id: match keeper {
            Keeper::Unit(_) => None,
            Keeper::Professional(id) => Some(id.into()),
        },
        name: view.name.clone(),
        state: DbText(shows.state),
        holder: shows.holder.map(DbText),
        topic_id: shows.topic_id.map(Id::from),
        mark: shows.mark.map(DbText),
        words: shows.text,
        created_at: now.into(),
    };
    diesel::insert_into(views::table).values(&row).execute(conn)
}

/// Deletes a view.
pub fn delete(conn: &mut DbConn, id: ViewId) -> QueryResult<usize> {
    diesel::delete(views::table.find(Id::from(id))).execute(conn)
}

fn kept_by(of: UnitId, keeper: Keeper) -> views::BoxedQuery<'static, MultiBackend> {
    let query = views::table.filter(views::unit_id.eq(Id::from(of))).into_boxed::<MultiBackend>();
    match keeper {
        Keeper::Unit(_) => query.filter(views::professional_id.is_null()),
        Keeper::Professional(id) => query.filter(views::professional_id.eq(Some(Id::from(id)))),
    }
}

fn load(conn: &mut DbConn, query: views::BoxedQuery<'static, MultiBackend>) -> QueryResult<Vec<View>> {
    let rows: Vec<ViewRow> = query.order(views::id.asc()).select(ViewRow::as_select()).load(conn)?;
    Ok(rows.into_iter().map(View::from).collect())
}
