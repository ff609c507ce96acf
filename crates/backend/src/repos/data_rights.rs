//! Restrictions and erasures of citizens' data, what an erasure would find, and the erasing itself.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::data_rights::{
    ErasedData, ErasedItem, Erasure, KeepGround, KeptData, KeptItem, Restriction,
};
use omasote_types::exports::ExportState;
use omasote_types::ids::{CitizenId, ErasureId, ProfessionalId, RestrictionId};
use omasote_types::proxies::ProxySource;

use super::json;
use super::people::full_name;
use crate::db::schema::{
    access_subjects, accounts, attachments, calendar_feeds, care_relations, citizens, consents, drafts,
    emergency_accesses, erasures, events, exports, idempotency_keys, measurement_targets, measurements,
    messages, notices, notification_settings, professionals, proxies, proxy_invitations, records,
    recovery_codes, refresh_tokens, restrictions, scheduled_messages, second_factors, sessions, slots,
    task_answers, task_series, task_series_citizens, tasks, threads,
};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored};

mod named {
    diesel::alias!(crate::db::schema::professionals as lifting_people: LiftingPeople);
}
use named::lifting_people;

#[derive(Queryable, Selectable)]
#[diesel(table_name = restrictions, check_for_backend(MultiBackend))]
struct RestrictionRow {
    id: Id,
    reason: String,
    placed_at: Stored,
    lift_reason: Option<String>,
    lifted_at: Option<Stored>,
}

/// Who does what with whose data, why and when.
#[derive(Clone, Copy, Debug)]
pub struct Act<'a> {
    /// Whose data.
    pub of: CitizenId,
    /// Who does it.
    pub by: ProfessionalId,
    /// Why.
    pub reason: &'a str,
    /// When.
    pub now: Instant,
}

/// Places a restriction.
pub fn insert_restriction(conn: &mut DbConn, id: RestrictionId, act: &Act<'_>) -> QueryResult<usize> {
    let row = (
        restrictions::id.eq(Id::from(id)),
        restrictions::citizen_id.eq(Id::from(act.of)),
        restrictions::reason.eq(act.reason),
        restrictions::placed_by.eq(Id::from(act.by)),
        restrictions::placed_at.eq(Stored::from(act.now)),
        restrictions::lift_reason.eq(None::<String>),
        restrictions::lifted_by.eq(None::<Id>),
        restrictions::lifted_at.eq(None::<Stored>),
    );
    diesel::insert_into(restrictions::table).values(row).execute(conn)?;
    set_restricted(conn, act.of, Some(act.now))
}

/// Lifts the restriction in force; says whether there was one.
pub fn lift_restriction(conn: &mut DbConn, act: &Act<'_>) -> QueryResult<bool> {
    let in_force = restrictions::table
        .filter(restrictions::citizen_id.eq(Id::from(act.of)).and(restrictions::lifted_at.is_null()));
    let changes = (
        restrictions::lift_reason.eq(Some(act.reason)),
        restrictions::lifted_by.eq(Some(Id::from(act.by))),
        restrictions::lifted_at.eq(Some(Stored::from(act.now))),
    );
    let lifted = diesel::update(in_force).set(changes).execute(conn)?;
    set_restricted(conn, act.of, None)?;
    Ok(lifted == 1)
}

fn set_restricted(conn: &mut DbConn, of: CitizenId, since: Option<Instant>) -> QueryResult<usize> {
    diesel::update(citizens::table.find(Id::from(of)))
        .set(citizens::restricted_since.eq(since.map(Stored::from)))
        .execute(conn)
}

/// Since when the processing of a citizen's data is restricted.
pub fn find_restricted_since(conn: &mut DbConn, of: CitizenId) -> QueryResult<Option<Instant>> {
    let since: Option<Option<Stored>> =
        citizens::table.find(Id::from(of)).select(citizens::restricted_since).first(conn).optional()?;
    Ok(since.flatten().map(Instant::from))
}

/// A citizen's restrictions, the newest first.
pub fn list_restrictions(conn: &mut DbConn, of: CitizenId) -> QueryResult<Vec<Restriction>> {
    type Names = (String, String);
    let rows: Vec<(RestrictionRow, Names, Option<Names>)> = restrictions::table
        .inner_join(professionals::table.on(professionals::id.eq(restrictions::placed_by)))
        .left_join(
            lifting_people.on(lifting_people.field(professionals::id).nullable().eq(restrictions::lifted_by)),
        )
        .filter(restrictions::citizen_id.eq(Id::from(of)))
        .order(restrictions::id.desc())
        .select((
            RestrictionRow::as_select(),
            (professionals::given_name, professionals::family_name),
            (
                lifting_people.field(professionals::given_name),
                lifting_people.field(professionals::family_name),
            )
                .nullable(),
        ))
        .load(conn)?;
    let restriction = |(row, placed, lifted): (RestrictionRow, Names, Option<Names>)| Restriction {
        id: row.id.into(),
        placed_at: row.placed_at.into(),
        reason: row.reason,
        placed_by: Some(full_name(&placed.0, &placed.1)),
        lifted_at: row.lifted_at.map(Instant::from),
        lift_reason: row.lift_reason,
        lifted_by: lifted.map(|(given, family)| full_name(&given, &family)),
    };
    Ok(rows.into_iter().map(restriction).collect())
}

/// Keeps what was erased and what stayed.
pub fn insert_erasure(
    conn: &mut DbConn,
    id: ErasureId,
    act: &Act<'_>,
    (erased, kept): (&[ErasedItem], &[KeptItem]),
) -> QueryResult<usize> {
    let row = (
        erasures::id.eq(Id::from(id)),
        erasures::citizen_id.eq(Id::from(act.of)),
        erasures::reason.eq(act.reason),
        erasures::erased_by.eq(Id::from(act.by)),
        erasures::erased_at.eq(Stored::from(act.now)),
        erasures::erased.eq(json::write(erased)?),
        erasures::kept.eq(json::write(kept)?),
    );
    diesel::insert_into(erasures::table).values(row).execute(conn)
}

/// A citizen's erasures, the newest first.
pub fn list_erasures(conn: &mut DbConn, of: CitizenId) -> QueryResult<Vec<Erasure>> {
    type Row = ((Id, Stored, String), (String, String), (String, String));
    let rows: Vec<Row> = erasures::table
        .inner_join(professionals::table.on(professionals::id.eq(erasures::erased_by)))
        .filter(erasures::citizen_id.eq(Id::from(of)))
        .order(erasures::id.desc())
        .select((
            (erasures::id, erasures::erased_at, erasures::reason),
            (professionals::given_name, professionals::family_name),
            (erasures::erased, erasures::kept),
        ))
        .load(conn)?;
    let erasure = |((id, at, reason), (given, family), (erased, kept)): Row| Erasure {
        id: id.into(),
        erased_at: at.into(),
        reason,
        erased_by: Some(full_name(&given, &family)),
        erased: serde_json::from_str(&erased).unwrap_or_default(),
        kept: serde_json::from_str(&kept).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(erasure).collect())
}

/// The rows of a table that a condition finds, as a number.
macro_rules! count {
    ($conn:expr, $query:expr) => {
        u32::try_from($query.count().get_result::<i64>($conn)?).unwrap_or(u32::MAX)
    };
}

/// Mandates that were given in this service or came for a session: no document of staff is behind them.
#[diesel::dsl::auto_type(no_type_alias)]
fn mandates_of(of: CitizenId) -> _ {
    let id: Id = Id::from_uuid(*of.as_uuid());
    proxies::citizen_id.eq(id).or(proxies::proxy_id.eq(id))
}

/// What an erasure erases, by count.
pub fn count_erasable(conn: &mut DbConn, of: CitizenId) -> QueryResult<Vec<ErasedItem>> {
    let id = Id::from(of);
    let contact: Option<(Option<String>, Option<String>, String)> = citizens::table
        .find(id)
        .select((citizens::address, citizens::phone, citizens::municipality))
        .first(conn)
        .optional()?;
    let details = contact.map_or(0, |(address, phone, municipality)| {
        u32::from(address.is_some()) + u32::from(phone.is_some()) + u32::from(!municipality.is_empty())
    });
    let from_register = DbText(ProxySource::Register);
    let all = [
        (ErasedData::Credentials, count!(conn, accounts::table.filter(accounts::citizen_id.eq(Some(id))))),
        (ErasedData::Sessions, count!(conn, sessions::table.filter(sessions::citizen_id.eq(Some(id))))),
        (ErasedData::ContactDetails, details),
        (
            ErasedData::Mandates,
            count!(conn, proxies::table.filter(mandates_of(of)).filter(proxies::source.ne(from_register))),
        ),
        (
            ErasedData::Invitations,
            count!(conn, proxy_invitations::table.filter(proxy_invitations::citizen_id.eq(id))),
        ),
        (ErasedData::Consents, count!(conn, consents::table.filter(consents::citizen_id.eq(id)))),
        (ErasedData::Exports, count!(conn, exports::table.filter(exports::citizen_id.eq(id)))),
        (
            ErasedData::IdempotencyKeys,
            count!(conn, idempotency_keys::table.filter(idempotency_keys::person_id.eq(id))),
        ),
        (
            ErasedData::Drafts,
            count!(conn, drafts::table.filter(drafts::citizen_id.eq(id).or(drafts::writer_id.eq(id))))
                .saturating_add(count!(
                    conn,
                    scheduled_messages::table.filter(scheduled_messages::citizen_id.eq(id))
                ))
                .saturating_add(count!(
                    conn,
                    task_answers::table
                        .inner_join(tasks::table)
                        .filter(task_answers::citizen_id.eq(id))
                        .filter(tasks::answered_at.is_null())
                ))
                .saturating_add(count!(
                    conn,
                    task_series_citizens::table
                        .inner_join(
                            task_series::table.on(task_series::id.eq(task_series_citizens::series_id))
                        )
                        .filter(task_series_citizens::citizen_id.eq(id))
                        .filter(task_series::next_day.is_not_null())
                )),
        ),
        (
            ErasedData::Notifications,
            count!(conn, notification_settings::table.filter(notification_settings::person_id.eq(id)))
                .saturating_add(count!(
                    conn,
                    notices::table.filter(notices::citizen_id.eq(Some(id)).or(notices::recipient_id.eq(id)))
                )),
        ),
        (
            ErasedData::Calendar,
            count!(conn, calendar_feeds::table.filter(calendar_feeds::citizen_id.eq(id))).saturating_add(
                count!(
                    conn,
                    slots::table.filter(slots::citizen_id.eq(Some(id))).filter(slots::event_id.is_null())
                ),
            ),
        ),
        (
            ErasedData::UnsentAttachments,
            count!(
                conn,
                attachments::table
                    .filter(attachments::citizen_id.eq(id).or(attachments::uploader_id.eq(id)))
                    .filter(attachments::message_id.is_null())
                    .filter(attachments::ready_at.is_not_null())
            ),
        ),
    ];
    let present = all.into_iter().filter(|(_, count)| *count > 0);
    Ok(present.map(|(what, count)| ErasedItem { what, count }).collect())
}

/// What stays, by count and ground.
pub fn count_kept(conn: &mut DbConn, of: CitizenId) -> QueryResult<Vec<KeptItem>> {
    let id = Id::from(of);
    let from_register = DbText(ProxySource::Register);
    let acts = count!(conn, restrictions::table.filter(restrictions::citizen_id.eq(id)))
        .saturating_add(count!(conn, erasures::table.filter(erasures::citizen_id.eq(id))));
    let log = count!(conn, access_subjects::table.filter(access_subjects::citizen_id.eq(id)));
    let all = [
        (KeptData::Identity, 1, KeepGround::FindsWhatStays),
        (
            KeptData::Threads,
            count!(conn, threads::table.filter(threads::citizen_id.eq(id))),
            KeepGround::ClientRecords,
        ),
        (
            KeptData::Messages,
            count!(conn, messages::table.filter(messages::citizen_id.eq(id))),
            KeepGround::ClientRecords,
        ),
        (
            KeptData::Attachments,
            count!(
                conn,
                attachments::table
                    .filter(attachments::citizen_id.eq(id))
                    .filter(attachments::message_id.is_not_null())
            ),
            KeepGround::ClientRecords,
        ),
        (
            KeptData::Tasks,
            count!(conn, tasks::table.filter(tasks::citizen_id.eq(id))),
            KeepGround::ClientRecords,
        ),
        (
            KeptData::RecordEntries,
            count!(conn, records::table.filter(records::citizen_id.eq(id))),
            KeepGround::ClientRecords,
        ),
        (
            KeptData::Events,
            count!(conn, events::table.filter(events::citizen_id.eq(id))),
            KeepGround::ClientRecords,
        ),
        (
            KeptData::Measurements,
            count!(conn, measurements::table.filter(measurements::citizen_id.eq(id))).saturating_add(count!(
                conn,
                measurement_targets::table.filter(measurement_targets::citizen_id.eq(id))
            )),
            KeepGround::ClientRecords,
        ),
        (
            KeptData::CareRelations,
            count!(conn, care_relations::table.filter(care_relations::citizen_id.eq(id))),
            KeepGround::ClientRecords,
        ),
        (
            KeptData::RegisterEntries,
            count!(conn, proxies::table.filter(mandates_of(of)).filter(proxies::source.eq(from_register))),
            KeepGround::AnothersRight,
        ),
        (
            KeptData::EmergencyAccesses,
            count!(conn, emergency_accesses::table.filter(emergency_accesses::citizen_id.eq(id))),
            KeepGround::LogData,
        ),
        (KeptData::AccessLog, log, KeepGround::LogData),
        (KeptData::Records, acts, KeepGround::Record),
    ];
    let present = all.into_iter().filter(|(_, count, _)| *count > 0);
    Ok(present.map(|(what, count, ground)| KeptItem { what, count, ground }).collect())
}

/// The user name of a citizen's local account.
pub fn find_username(conn: &mut DbConn, of: CitizenId) -> QueryResult<Option<String>> {
    let account = accounts::table.filter(accounts::citizen_id.eq(Some(Id::from(of))));
    account.select(accounts::username).first(conn).optional()
}

/// Erases the local account with what belongs to it.
pub fn delete_credentials(conn: &mut DbConn, of: CitizenId) -> QueryResult<usize> {
    let account = || accounts::table.filter(accounts::citizen_id.eq(Some(Id::from(of))));
    let ids: Vec<Id> = account().select(accounts::id).load(conn)?;
    diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq_any(&ids))).execute(conn)?;
    diesel::delete(second_factors::table.filter(second_factors::account_id.eq_any(&ids))).execute(conn)?;
    diesel::delete(account()).execute(conn)
}

/// Forgets what sessions, all of which have ended, tell of the person. That they ended must be known until their last token
/// has run out, so the bare rows go later, as those of others do.
pub fn empty_sessions(conn: &mut DbConn, of: CitizenId) -> QueryResult<usize> {
    let own = || sessions::table.filter(sessions::citizen_id.eq(Some(Id::from(of))));
    let ids: Vec<Id> = own().select(sessions::id).load(conn)?;
    diesel::delete(refresh_tokens::table.filter(refresh_tokens::session_id.eq_any(&ids))).execute(conn)?;
    diesel::update(own()).set(sessions::device.eq(None::<String>)).execute(conn)
}

/// Erases where the citizen is reached.
pub fn delete_contact_details(conn: &mut DbConn, of: CitizenId) -> QueryResult<usize> {
    diesel::update(citizens::table.find(Id::from(of)))
        .set((
            citizens::address.eq(None::<String>),
            citizens::phone.eq(None::<String>),
            citizens::municipality.eq(""),
        ))
        .execute(conn)
}

/// Erases mandates and invitations; what rests on a document stays.
pub fn delete_mandates(conn: &mut DbConn, of: CitizenId) -> QueryResult<usize> {
    let invitations = proxy_invitations::table.filter(proxy_invitations::citizen_id.eq(Id::from(of)));
    diesel::delete(invitations).execute(conn)?;
    let mandates =
        proxies::table.filter(mandates_of(of)).filter(proxies::source.ne(DbText(ProxySource::Register)));
    diesel::delete(mandates).execute(conn)
}

/// Lets the time of the citizen's packages end, so that nobody fetches them any more and housekeeping deletes the files.
pub fn expire_exports(conn: &mut DbConn, of: CitizenId, now: Instant) -> QueryResult<usize> {
    let own = || exports::table.filter(exports::citizen_id.eq(Id::from(of)));
    let waiting = own().filter(exports::state.eq(DbText(ExportState::Waiting)));
    diesel::update(waiting).set(exports::state.eq(DbText(ExportState::Failed))).execute(conn)?;
    diesel::update(own()).set(exports::expires_at.eq(Stored::from(now))).execute(conn)
}

/// Forgets what keeps the citizen's requests from being done twice.
pub fn delete_idempotency_keys(conn: &mut DbConn, of: CitizenId) -> QueryResult<usize> {
    diesel::delete(idempotency_keys::table.filter(idempotency_keys::person_id.eq(Id::from(of)))).execute(conn)
}
