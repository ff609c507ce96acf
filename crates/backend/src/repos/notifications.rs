//! How people are told outside the apps, and each time that they are.

use diesel::dsl::count_star;
use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{CitizenId, NoticeId, ProfessionalId, UnitId};
use omasote_types::notifications::{
    Channel, ChannelChoice, Notice, NoticeState, NotificationUpdate, QuietHours, is_email,
};
use omasote_types::sessions::PersonId;

use crate::db::schema::{
    accounts, directory_accounts, memberships, notices, notification_settings, professionals, threads,
};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored, TextColumn};

impl TextColumn for Channel {
    fn as_text(self) -> &'static str {
        self.code()
    }

    fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == text)
    }
}

impl TextColumn for ChannelChoice {
    fn as_text(self) -> &'static str {
        self.code()
    }

    fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.code() == text)
    }
}

impl TextColumn for NoticeState {
    fn as_text(self) -> &'static str {
        self.code()
    }

    fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == text)
    }
}

/// What somebody is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// A unit has written to a citizen.
    Message,
    /// A unit asks a citizen to do something.
    Task,
    /// A task waits that a citizen was told of before.
    Reminder,
    /// A unit has given a citizen an event, or changed or cancelled it.
    Event,
    /// An answer takes longer than was promised.
    Delay,
    /// A unit has missed promises, for its lead.
    MissedPromise,
    /// That this is how they are told from now on.
    Check,
}

impl TextColumn for NoticeKind {
    fn as_text(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Task => "task",
            Self::Reminder => "reminder",
            Self::Event => "event",
            Self::Delay => "delay",
            Self::MissedPromise => "missed_promise",
            Self::Check => "check",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        [
            Self::Message,
            Self::Task,
            Self::Reminder,
            Self::Event,
            Self::Delay,
            Self::MissedPromise,
            Self::Check,
        ]
        .into_iter()
        .find(|kind| kind.as_text() == text)
    }
}

/// What somebody has chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The e-mail address.
    pub email: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
    /// By which ways.
    pub choice: ChannelChoice,
    /// When nothing is sent.
    pub quiet_hours: Option<QuietHours>,
    /// When they chose it.
    pub saved_at: Instant,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = notification_settings, check_for_backend(MultiBackend))]
struct SettingsRow {
    email: Option<String>,
    phone: Option<String>,
    choice: DbText<ChannelChoice>,
    quiet_from_minute: Option<i32>,
    quiet_to_minute: Option<i32>,
    saved_at: Stored,
}

impl From<SettingsRow> for Chosen {
    fn from(row: SettingsRow) -> Self {
        let minute = |minute: i32| u16::try_from(minute).ok();
        let quiet = row.quiet_from_minute.and_then(minute).zip(row.quiet_to_minute.and_then(minute));
        Self {
            email: row.email,
            phone: row.phone,
            choice: row.choice.0,
            quiet_hours: quiet.map(|(from_minute, to_minute)| QuietHours { from_minute, to_minute }),
            saved_at: row.saved_at.into(),
        }
    }
}

/// What somebody has chosen; none when they have not.
pub fn find_chosen(conn: &mut DbConn, of: PersonId) -> QueryResult<Option<Chosen>> {
    let row = notification_settings::table.find(Id::from(of)).select(SettingsRow::as_select());
    Ok(row.first(conn).optional()?.map(Chosen::from))
}

/// Keeps what somebody chooses, in the place of what they had chosen before.
pub fn save_chosen(
    conn: &mut DbConn,
    of: PersonId,
    new: &NotificationUpdate,
    now: Instant,
) -> QueryResult<usize> {
    delete_chosen(conn, of)?;
    let row = (
        notification_settings::person_id.eq(Id::from(of)),
        notification_settings::email.eq(new.email.as_deref()),
        notification_settings::phone.eq(new.phone.as_deref()),
        notification_settings::choice.eq(DbText(new.choice)),
        notification_settings::quiet_from_minute
            .eq(new.quiet_hours.map(|quiet| i32::from(quiet.from_minute))),
        notification_settings::quiet_to_minute.eq(new.quiet_hours.map(|quiet| i32::from(quiet.to_minute))),
        notification_settings::saved_at.eq(Stored::from(now)),
    );
    diesel::insert_into(notification_settings::table).values(row).execute(conn)
}

/// Forgets what somebody has chosen.
pub fn delete_chosen(conn: &mut DbConn, of: PersonId) -> QueryResult<usize> {
    diesel::delete(notification_settings::table.find(Id::from(of))).execute(conn)
}

/// The name by which a professional signs in, when it is an e-mail address.
pub fn find_work_address(conn: &mut DbConn, of: ProfessionalId) -> QueryResult<Option<String>> {
    let local =
        accounts::table.filter(accounts::professional_id.eq(Some(Id::from(of)))).select(accounts::username);
    let mut names: Vec<String> = local.load(conn)?;
    let directory = directory_accounts::table.filter(directory_accounts::professional_id.eq(Id::from(of)));
    names.extend(directory.select(directory_accounts::directory_name).load::<String>(conn)?);
    Ok(names.into_iter().find(|name| is_email(name)))
}

/// Who leads a unit and works there now.
pub fn list_leads(conn: &mut DbConn, of: UnitId) -> QueryResult<Vec<ProfessionalId>> {
    let ids: Vec<Id> = memberships::table
        .inner_join(professionals::table)
        .filter(memberships::unit_id.eq(Id::from(of)))
        .filter(memberships::leads_since.is_not_null())
        .filter(professionals::closed_at.is_null())
        .order(memberships::professional_id.asc())
        .select(memberships::professional_id)
        .load(conn)?;
    Ok(ids.into_iter().map(ProfessionalId::from).collect())
}

/// Whose matter somebody is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A citizen's.
    Citizen(CitizenId),
    /// A unit's.
    Unit(UnitId),
    /// Their own settings.
    Oneself,
}

impl About {
    fn citizen(self) -> Option<Id> {
        match self {
            Self::Citizen(id) => Some(id.into()),
            Self::Unit(_) | Self::Oneself => None,
        }
    }

    fn unit(self) -> Option<Id> {
        match self {
            Self::Unit(id) => Some(id.into()),
            Self::Citizen(_) | Self::Oneself => None,
        }
    }
}

/// A notice: who is told what, by which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoticeFacts {
    /// Who.
    pub to: PersonId,
    /// Whose matter.
    pub about: About,
    /// What.
    pub kind: NoticeKind,
    /// By which way.
    pub channel: Channel,
    /// What became of it.
    pub state: NoticeState,
    /// When that was; while it waits, when it came up.
    pub at: Instant,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = notices, check_for_backend(MultiBackend))]
struct NoticeRow {
    recipient_id: Id,
    is_for_professional: bool,
    citizen_id: Option<Id>,
    unit_id: Option<Id>,
    kind: DbText<NoticeKind>,
    channel: DbText<Channel>,
    state: DbText<NoticeState>,
    created_at: Stored,
    settled_at: Option<Stored>,
}

impl From<NoticeRow> for NoticeFacts {
    fn from(row: NoticeRow) -> Self {
        let to = match row.is_for_professional {
            true => PersonId::Professional(row.recipient_id.into()),
            false => PersonId::Citizen(row.recipient_id.into()),
        };
        let about = match (row.citizen_id, row.unit_id) {
            (Some(citizen), _) => About::Citizen(citizen.into()),
            (None, Some(unit)) => About::Unit(unit.into()),
            (None, None) => About::Oneself,
        };
        let at = row.settled_at.unwrap_or(row.created_at).into();
        Self { to, about, kind: row.kind.0, channel: row.channel.0, state: row.state.0, at }
    }
}

/// Keeps that somebody is to be told.
pub fn insert(conn: &mut DbConn, id: NoticeId, new: &NoticeFacts) -> QueryResult<usize> {
    let row = (
        notices::id.eq(Id::from(id)),
        notices::recipient_id.eq(Id::from(new.to)),
        notices::is_for_professional.eq(matches!(new.to, PersonId::Professional(_))),
        notices::citizen_id.eq(new.about.citizen()),
        notices::unit_id.eq(new.about.unit()),
        notices::kind.eq(DbText(new.kind)),
        notices::channel.eq(DbText(new.channel)),
        notices::state.eq(DbText(new.state)),
        notices::is_refused.eq(false),
        notices::created_at.eq(Stored::from(new.at)),
        notices::settled_at.eq(None::<Stored>),
    );
    diesel::insert_into(notices::table).values(row).execute(conn)
}

/// One notice.
pub fn find(conn: &mut DbConn, id: NoticeId) -> QueryResult<Option<NoticeFacts>> {
    let row = notices::table.find(Id::from(id)).select(NoticeRow::as_select()).first(conn).optional()?;
    Ok(row.map(NoticeFacts::from))
}

/// The last notice like another, that was not left out: to the same person, of the same, by the same way.
pub fn find_last_like(conn: &mut DbConn, like: &NoticeFacts) -> QueryResult<Option<NoticeFacts>> {
    let mut query = notices::table
        .filter(notices::recipient_id.eq(Id::from(like.to)))
        .filter(notices::channel.eq(DbText(like.channel)))
        .filter(notices::kind.eq(DbText(like.kind)))
        .filter(notices::state.ne(DbText(NoticeState::Dropped)))
        .order(notices::id.desc())
        .into_boxed::<MultiBackend>();
    query = match like.about {
        About::Citizen(id) => query.filter(notices::citizen_id.eq(Some(Id::from(id)))),
        About::Unit(id) => query.filter(notices::unit_id.eq(Some(Id::from(id)))),
        About::Oneself => query,
    };
    Ok(query.select(NoticeRow::as_select()).first(conn).optional()?.map(NoticeFacts::from))
}

/// When the address of a way turned out not to be good, when that is the last that is known of it.
pub fn find_refused(conn: &mut DbConn, of: PersonId, channel: Channel) -> QueryResult<Option<Instant>> {
    let settled = [NoticeState::Sent, NoticeState::Failed].map(DbText);
    let last: Option<(bool, Option<Stored>)> = notices::table
        .filter(notices::recipient_id.eq(Id::from(of)))
        .filter(notices::channel.eq(DbText(channel)))
        .filter(notices::state.eq_any(settled))
        .order(notices::settled_at.desc())
        .select((notices::is_refused, notices::settled_at))
        .first(conn)
        .optional()?;
    Ok(last.and_then(|(is_refused, at)| at.filter(|_| is_refused)).map(Instant::from))
}

/// The last notice of a citizen's matters that was not left out.
pub fn find_last_of(conn: &mut DbConn, citizen: CitizenId) -> QueryResult<Option<Notice>> {
    let row = notices::table
        .filter(notices::citizen_id.eq(Some(Id::from(citizen))))
        .filter(notices::state.ne(DbText(NoticeState::Dropped)))
        .order(notices::id.desc())
        .select(NoticeRow::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(NoticeFacts::from).map(|facts| Notice {
        channel: facts.channel,
        state: facts.state,
        at: facts.at,
    }))
}

/// What became of a notice; `is_refused` when it failed because of the address. Says whether there is such a one.
pub fn settle(
    conn: &mut DbConn,
    id: NoticeId,
    (state, is_refused): (NoticeState, bool),
    now: Instant,
) -> QueryResult<bool> {
    let settled = diesel::update(notices::table.find(Id::from(id)))
        .set((
            notices::state.eq(DbText(state)),
            notices::is_refused.eq(is_refused),
            notices::settled_at.eq(Some(Stored::from(now))),
        ))
        .execute(conn)?;
    Ok(settled == 1)
}

/// A notice that was sent has come back; says whether there is one that was sent.
pub fn bounce(conn: &mut DbConn, id: NoticeId, now: Instant) -> QueryResult<bool> {
    let sent = notices::table.find(Id::from(id)).filter(notices::state.eq(DbText(NoticeState::Sent)));
    let changes = (
        notices::state.eq(DbText(NoticeState::Failed)),
        notices::is_refused.eq(true),
        notices::settled_at.eq(Some(Stored::from(now))),
    );
    Ok(diesel::update(sent).set(changes).execute(conn)? == 1)
}

/// `threads` of a citizen, with those hidden from who acts for them or without, boxed so that filters can be added.
macro_rules! threads_of {
    ($of:expr, $with_hidden:expr) => {{
        let own = threads::table.filter(threads::citizen_id.eq(Id::from($of))).into_boxed::<MultiBackend>();
        if $with_hidden { own } else { own.filter(threads::hidden_from_proxies_at.is_null()) }
    }};
}

/// Whether a unit has written something that a citizen has not read; without what is hidden from who acts for them.
pub fn has_unread(conn: &mut DbConn, of: CitizenId, with_hidden: bool) -> QueryResult<bool> {
    let unread = threads_of!(of, with_hidden).filter(threads::unread_by_citizen.gt(0));
    Ok(unread.select(count_star()).first::<i64>(conn)? > 0)
}

/// Whether a citizen still waits for an answer that was promised sooner; without what is hidden from who acts for them.
pub fn waits_too_long(conn: &mut DbConn, of: CitizenId, with_hidden: bool) -> QueryResult<bool> {
    let late = threads_of!(of, with_hidden)
        .filter(threads::waiting_since.is_not_null())
        .filter(threads::promises_missed.gt(0));
    Ok(late.select(count_star()).first::<i64>(conn)? > 0)
}

/// Forgets how a citizen is told, and when they were, and others for them.
pub fn delete_of_citizen(conn: &mut DbConn, of: CitizenId) -> QueryResult<usize> {
    let own = notices::citizen_id.eq(Some(Id::from(of))).or(notices::recipient_id.eq(Id::from(of)));
    diesel::delete(notices::table.filter(own)).execute(conn)?;
    delete_chosen(conn, PersonId::Citizen(of))
}

/// Forgets notices that came up before a moment and are settled.
pub fn delete_before(conn: &mut DbConn, before: Instant) -> QueryResult<usize> {
    let old = notices::table
        .filter(notices::created_at.lt(Stored::from(before)))
        .filter(notices::state.ne(DbText(NoticeState::Waiting)));
    diesel::delete(old).execute(conn)
}
