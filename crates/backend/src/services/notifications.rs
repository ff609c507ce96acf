//! Telling people outside the apps that something waits for them. Here it is decided who is told, when, by which ways, and whether
//! still; the way there is the outbox's and `notifying`'s.
//!
//! What leaves says neither whose matter it is, nor which unit's, nor what it is about: only that there is something to read.

use std::collections::BTreeMap;
use std::time::Duration;

use omasote_rules::helsinki::to_local;
use omasote_rules::notifications::{after_quiet, due};
use omasote_rules::proxies::{Reach as RightReach, Wanted, age, reach, sees_hidden};
use omasote_types::Instant;
use omasote_types::ids::{CitizenId, NoticeId, ThreadId, UnitId};
use omasote_types::language::{Language, LocalText};
use omasote_types::notifications::{
    Channel, ChannelChoice, ChannelTrouble, NoticeState, NotificationSettings, NotificationUpdate,
    QuietHours, Reach, filled, to_phone,
};
use omasote_types::proxies::ProxyScope;
use omasote_types::sessions::PersonId;

use super::messages::visible;
use super::outbox::{self, Attempt, Next};
use crate::audit::Call;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::Action;
use crate::repos::notifications::{self as repo, About, NoticeFacts, NoticeKind};
use crate::repos::outbox::{Delivery, DeliveryKind};
use crate::repos::{data_rights, events, outbox as outbox_repo, people, promises, proxies, tasks, units};

/// By which ways somebody is told, as they chose it or as it is until they do.
struct Ways {
    email: Option<String>,
    phone: Option<String>,
    choice: ChannelChoice,
    quiet_hours: Option<QuietHours>,
    saved_at: Option<Instant>,
}

impl Ways {
    fn of(conn: &mut DbConn, who: PersonId) -> Result<Self, AppError> {
        if let Some(chosen) = repo::find_chosen(conn, who)? {
            return Ok(Self {
                email: chosen.email,
                phone: chosen.phone,
                choice: chosen.choice,
                quiet_hours: chosen.quiet_hours,
                saved_at: Some(chosen.saved_at),
            });
        }
        let (email, phone) = match who {
            PersonId::Citizen(id) => {
                let phone = people::find_citizen(conn, id)?.and_then(|citizen| citizen.contact.phone);
                (None, phone.as_deref().and_then(to_phone))
            }
            PersonId::Professional(id) => (repo::find_work_address(conn, id)?, None),
        };
        let choice =
            if email.is_none() && phone.is_some() { ChannelChoice::Sms } else { ChannelChoice::Email };
        Ok(Self { email, phone, choice, quiet_hours: None, saved_at: None })
    }

    fn address(&self, channel: Channel) -> Option<&str> {
        match channel {
            Channel::Email => self.email.as_deref(),
            Channel::Sms => self.phone.as_deref(),
        }
        .filter(|_| self.choice.has(channel))
    }

    /// The chosen ways whose addresses turned out not to be good since they were saved.
    fn troubles(&self, conn: &mut DbConn, who: PersonId) -> Result<Vec<ChannelTrouble>, AppError> {
        let mut troubles = Vec::new();
        for channel in Channel::ALL.into_iter().filter(|channel| self.address(*channel).is_some()) {
            let refused = repo::find_refused(conn, who, channel)?;
            let since_saved = refused.filter(|at| self.saved_at.is_none_or(|saved| *at > saved));
            troubles.extend(since_saved.map(|at| ChannelTrouble { channel, at }));
        }
        Ok(troubles)
    }

    /// The ways that reach the person, as far as is known.
    fn good(&self, troubles: &[ChannelTrouble]) -> Vec<Channel> {
        let is_good = |channel: &Channel| {
            self.address(*channel).is_some() && troubles.iter().all(|trouble| trouble.channel != *channel)
        };
        Channel::ALL.into_iter().filter(is_good).collect()
    }
}

/// How the caller is told. It is about themself, also while they act for another.
///
/// # Errors
/// When the database fails.
pub fn get_settings(
    conn: &mut DbConn,
    call: &mut Call,
    connected: &[Channel],
) -> Result<NotificationSettings, AppError> {
    call.leaves_no_line();
    shown(conn, call.actor.person, connected)
}

/// How somebody is told.
///
/// # Errors
/// When the database fails.
pub(super) fn shown(
    conn: &mut DbConn,
    who: PersonId,
    connected: &[Channel],
) -> Result<NotificationSettings, AppError> {
    let ways = Ways::of(conn, who)?;
    let troubles = ways.troubles(conn, who)?;
    Ok(NotificationSettings {
        email: ways.email,
        phone: ways.phone,
        choice: ways.choice,
        quiet_hours: ways.quiet_hours,
        troubles,
        connected: connected.to_vec(),
    })
}

/// Keeps how the caller wants to be told. An address that is new is told that from now on it is.
///
/// # Errors
/// `validation_failed`.
pub fn update_settings(
    tx: &mut Tx<'_>,
    call: &mut Call,
    new: &NotificationUpdate,
    connected: &[Channel],
) -> Result<NotificationSettings, AppError> {
    call.leaves_no_line();
    new.validate()?;
    let (who, now) = (call.actor.person, call.now());
    let before = Ways::of(tx.conn(), who)?;
    let had_trouble = before.troubles(tx.conn(), who)?;
    let new = NotificationUpdate {
        email: filled(new.email.as_deref()).map(str::to_owned),
        phone: filled(new.phone.as_deref()).and_then(to_phone),
        ..new.clone()
    };
    repo::save_chosen(tx.conn(), who, &new, now)?;
    let after = Ways::of(tx.conn(), who)?;
    for channel in Channel::ALL {
        let is_again = had_trouble.iter().any(|trouble| trouble.channel == channel);
        let is_new = after.address(channel) != before.address(channel);
        if after.address(channel).is_some() && (is_new || is_again) {
            plan(
                tx,
                &after,
                &NoticeFacts {
                    to: who,
                    about: About::Oneself,
                    kind: NoticeKind::Check,
                    channel,
                    state: NoticeState::Waiting,
                    at: now,
                },
            )?;
        }
    }
    shown(tx.conn(), who, connected)
}

/// Whether the citizen of a thread learns outside the app that there is something for them. For professionals only.
///
/// # Errors
/// `not_found`, `not_allowed`.
pub fn get_reach(
    conn: &mut DbConn,
    call: &mut Call,
    of: ThreadId,
    connected: &[Channel],
) -> Result<Reach, AppError> {
    let (facts, _) = visible(conn, call, Action::Inspect, of)?;
    let citizen = facts.parties.citizen;
    let ways = Ways::of(conn, PersonId::Citizen(citizen))?;
    let troubles = ways.troubles(conn, PersonId::Citizen(citizen))?;
    let mut told_proxies = 0;
    for proxy in told_for(conn, citizen, facts.is_hidden, call.now())? {
        let ways = Ways::of(conn, PersonId::Citizen(proxy))?;
        let troubles = ways.troubles(conn, PersonId::Citizen(proxy))?;
        told_proxies += u32::from(!ways.good(&troubles).is_empty());
    }
    Ok(Reach {
        channels: ways.good(&troubles),
        told_proxies,
        troubles,
        last: repo::find_last_of(conn, citizen)?,
        is_connected: !connected.is_empty(),
    })
}

/// Has a citizen told of something in a thread, and who acts for them and may read it.
///
/// # Errors
/// When the database fails.
pub fn tell_citizen(
    tx: &mut Tx<'_>,
    (citizen, is_hidden): (CitizenId, bool),
    kind: NoticeKind,
    now: Instant,
) -> Result<(), AppError> {
    let mut told = told_for(tx.conn(), citizen, is_hidden, now)?;
    told.push(citizen);
    told.into_iter()
        .try_for_each(|who| tell(tx, PersonId::Citizen(who), (About::Citizen(citizen), kind), now))
}

/// Has a citizen told that a task is given. Who acts for them sees it when they look.
///
/// # Errors
/// When the database fails.
pub fn tell_of_task(tx: &mut Tx<'_>, citizen: CitizenId, now: Instant) -> Result<(), AppError> {
    tell(tx, PersonId::Citizen(citizen), (About::Citizen(citizen), NoticeKind::Task), now)
}

/// Has a citizen told that a task waits which they were told of before.
///
/// # Errors
/// When the database fails.
pub fn remind_of_task(tx: &mut Tx<'_>, citizen: CitizenId, now: Instant) -> Result<(), AppError> {
    tell(tx, PersonId::Citizen(citizen), (About::Citizen(citizen), NoticeKind::Reminder), now)
}

/// Has a citizen told that a unit has given them an event, or changed or cancelled it. Who acts for them sees it when they look.
///
/// # Errors
/// When the database fails.
pub fn tell_of_event(tx: &mut Tx<'_>, citizen: CitizenId, now: Instant) -> Result<(), AppError> {
    tell(tx, PersonId::Citizen(citizen), (About::Citizen(citizen), NoticeKind::Event), now)
}

/// Has those told who lead a unit.
///
/// # Errors
/// When the database fails.
pub fn tell_leads(tx: &mut Tx<'_>, of: UnitId, kind: NoticeKind, now: Instant) -> Result<(), AppError> {
    let leads = repo::list_leads(tx.conn(), of)?;
    leads
        .into_iter()
        .try_for_each(|lead| tell(tx, PersonId::Professional(lead), (About::Unit(of), kind), now))
}

/// Who may read a thread of a citizen for them in whatever session, each once.
fn told_for(
    conn: &mut DbConn,
    citizen: CitizenId,
    is_hidden: bool,
    now: Instant,
) -> Result<Vec<CitizenId>, AppError> {
    let readers = readers_for(conn, citizen, now)?.into_iter();
    Ok(readers.filter(|(_, sees_hidden)| !is_hidden || *sees_hidden).map(|(proxy, _)| proxy).collect())
}

/// Who may read a citizen's messages for them in whatever session, each once, and whether also what is hidden from others.
fn readers_for(
    conn: &mut DbConn,
    citizen: CitizenId,
    now: Instant,
) -> Result<Vec<(CitizenId, bool)>, AppError> {
    let today = to_local(now).date();
    let mut readers = BTreeMap::new();
    for (proxy, right) in proxies::list_holders(conn, citizen, now)? {
        let age = age(right.born, today);
        let messages = Wanted::Scope(ProxyScope::Messages);
        if reach(right.kind, &right.scopes, age, messages) == RightReach::Covered {
            *readers.entry(proxy).or_default() |= sees_hidden(right.kind, age);
        }
    }
    Ok(readers.into_iter().collect())
}

fn tell(
    tx: &mut Tx<'_>,
    to: PersonId,
    (about, kind): (About, NoticeKind),
    now: Instant,
) -> Result<(), AppError> {
    let ways = Ways::of(tx.conn(), to)?;
    let troubles = ways.troubles(tx.conn(), to)?;
    ways.good(&troubles).into_iter().try_for_each(|channel| {
        plan(tx, &ways, &NoticeFacts { to, about, kind, channel, state: NoticeState::Waiting, at: now })
    })
}

/// Keeps that somebody is to be told; of a burst once.
fn plan(tx: &mut Tx<'_>, ways: &Ways, new: &NoticeFacts) -> Result<(), AppError> {
    let last = repo::find_last_like(tx.conn(), new)?;
    if last.is_some_and(|last| last.state == NoticeState::Waiting) {
        return Ok(());
    }
    let last_sent = last.filter(|last| last.state == NoticeState::Sent).map(|last| last.at);
    let due_at = due(new.at, last_sent, ways.quiet_hours);
    let id = NoticeId::at(new.at);
    repo::insert(tx.conn(), id, new)?;
    let subject = *id.as_uuid();
    outbox_repo::insert(tx.conn(), DeliveryKind::Notice, (subject, subject), (new.at, due_at))?;
    Ok(())
}

/// What goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Which notice it is.
    pub id: NoticeId,
    /// By which way.
    pub channel: Channel,
    /// The address or the number.
    pub to: String,
    /// The person's language.
    pub language: Language,
    /// What they are told.
    pub telling: Telling,
}

/// What somebody is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Telling {
    /// There is something to read: for themself, or for somebody for whom they act.
    Message {
        /// Whether it is for another.
        is_for_another: bool,
    },
    /// There is something for them to do.
    Task,
    /// Something that they were told of before waits for them.
    Reminder,
    /// A unit has given them an event, or changed or cancelled it.
    Event,
    /// An answer takes longer than was promised.
    Delay {
        /// Whether it is for another.
        is_for_another: bool,
    },
    /// So many wait for an answer of a unit that was promised sooner.
    MissedPromise {
        /// The unit.
        unit: LocalText,
        /// How many.
        late: i64,
    },
    /// This is how they are told from now on.
    Check,
}

/// What is to be done about a notice whose time has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prepared {
    /// This goes out.
    Ready(Outgoing),
    /// Not before then.
    NotBefore(Instant),
    /// It is not needed any more, or the person does not want it any more.
    Needless,
}

/// Looks again at what is to be told: whether it still holds, where to, whether it was gathered, and whether it is quiet.
///
/// # Errors
/// When the database fails.
pub fn prepare(
    conn: &mut DbConn,
    id: NoticeId,
    (connected, gathering): (&[Channel], Duration),
    now: Instant,
) -> Result<Prepared, AppError> {
    let Some(notice) = repo::find(conn, id)? else { return Ok(Prepared::Needless) };
    let ways = Ways::of(conn, notice.to)?;
    let Some(address) = ways.address(notice.channel).filter(|_| connected.contains(&notice.channel)) else {
        return Ok(Prepared::Needless);
    };
    let Some(telling) = telling(conn, &notice, now)? else { return Ok(Prepared::Needless) };
    // Who changes their settings waits to see that it works.
    let gathered = if notice.kind == NoticeKind::Check { now } else { notice.at + gathering };
    let later = after_quiet(now.max(gathered), ways.quiet_hours);
    if later > now {
        return Ok(Prepared::NotBefore(later));
    }
    let language = language_of(conn, notice.to)?;
    Ok(Prepared::Ready(Outgoing { id, channel: notice.channel, to: address.to_owned(), language, telling }))
}

/// What somebody is told, as things are now; none when there is nothing to tell any more.
fn telling(conn: &mut DbConn, notice: &NoticeFacts, now: Instant) -> Result<Option<Telling>, AppError> {
    match (notice.kind, notice.about) {
        (NoticeKind::Check, _) => Ok(Some(Telling::Check)),
        (NoticeKind::MissedPromise, About::Unit(unit)) => {
            let (_, late) = promises::count_waiting(conn, unit)?;
            let named = units::find_named(conn, unit)?.filter(|_| late > 0);
            Ok(named.map(|unit| Telling::MissedPromise { unit: unit.name, late }))
        }
        (NoticeKind::MissedPromise, _) | (_, About::Unit(_) | About::Oneself) => Ok(None),
        (_, About::Citizen(citizen)) => of_citizen(conn, notice, citizen, now),
    }
}

fn of_citizen(
    conn: &mut DbConn,
    notice: &NoticeFacts,
    citizen: CitizenId,
    now: Instant,
) -> Result<Option<Telling>, AppError> {
    let to = PersonId::Citizen(citizen);
    let is_for_another = notice.to != to;
    let mut sees_hidden = true;
    if is_for_another {
        let readers = readers_for(conn, citizen, now)?;
        let reader = readers.into_iter().find(|(proxy, _)| PersonId::Citizen(*proxy) == notice.to);
        let Some((_, sees)) = reader else { return Ok(None) };
        sees_hidden = sees;
    }
    // What the unit may not open is not announced either.
    if data_rights::find_restricted_since(conn, citizen)?.is_some() {
        return Ok(None);
    }
    Ok(match notice.kind {
        NoticeKind::Message => {
            repo::has_unread(conn, citizen, sees_hidden)?.then_some(Telling::Message { is_for_another })
        }
        NoticeKind::Task => tasks::has_unopened(conn, citizen)?.then_some(Telling::Task),
        NoticeKind::Reminder => {
            tasks::follow_up::has_reminded(conn, citizen, notice.at)?.then_some(Telling::Reminder)
        }
        NoticeKind::Event => events::has_news(conn, citizen, now)?.then_some(Telling::Event),
        _ => repo::waits_too_long(conn, citizen, sees_hidden)?.then_some(Telling::Delay { is_for_another }),
    })
}

/// The person's language. Of professionals none is known: they are told in Finnish.
fn language_of(conn: &mut DbConn, who: PersonId) -> Result<Language, AppError> {
    match who {
        PersonId::Citizen(id) => {
            Ok(people::find_citizen(conn, id)?.map_or(Language::Fi, |citizen| citizen.language))
        }
        PersonId::Professional(_) => Ok(Language::Fi),
    }
}

/// Why somebody was not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeTrouble {
    /// The mail server or the gateway did not answer, or cannot just now.
    Unreachable,
    /// It does not let this service in, or does not take what it sends.
    Denied,
    /// It does not take the address.
    Refused,
}

/// What came of looking after a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was tried.
    Tried(Attempt<NoticeTrouble>),
    /// It has to wait until then.
    PutOff(Instant),
    /// It was left out.
    LeftOut,
}

/// Keeps what came of a notice; says whether it was still for this server to say so. Nobody looks at what could not be told in days:
/// it has failed.
///
/// # Errors
/// When the database fails.
pub fn settle(
    tx: &mut Tx<'_>,
    delivery: &Delivery,
    outcome: Outcome,
    (now, chance): (Instant, u16),
) -> Result<bool, AppError> {
    let id = NoticeId::from_uuid(delivery.subject);
    let attempt = match outcome {
        Outcome::PutOff(until) => return Ok(outbox_repo::put_off(tx.conn(), delivery, until)?),
        Outcome::LeftOut => Attempt::Delivered,
        Outcome::Tried(attempt) => attempt,
    };
    let Some(next) = outbox::settle(tx, delivery, &attempt, (now, chance))? else { return Ok(false) };
    let state = match (outcome, next) {
        (_, Next::Again) => return Ok(true),
        (Outcome::LeftOut, _) => NoticeState::Dropped,
        (_, Next::Done) => NoticeState::Sent,
        (_, Next::Person) => NoticeState::Failed,
    };
    if next == Next::Person {
        outbox_repo::give_up(tx.conn(), delivery)?;
    }
    let is_refused = matches!(attempt, Attempt::Lasting(NoticeTrouble::Refused));
    repo::settle(tx.conn(), id, (state, is_refused), now)?;
    Ok(true)
}

/// A notice has come back from where it was sent; says whether there is one that was sent.
///
/// # Errors
/// When the database fails.
pub fn bounce(tx: &mut Tx<'_>, id: NoticeId, now: Instant) -> Result<bool, AppError> {
    Ok(repo::bounce(tx.conn(), id, now)?)
}
