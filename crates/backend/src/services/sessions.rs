//! Sessions: how they begin, go on and end.

use std::time::Duration;

use omasote_rules::sessions::pause_after_failures;
use omasote_types::Instant;
use omasote_types::audit::{AccessAction, AccessGround};
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::{AccessId, CitizenId, RequestId, SessionId};
use omasote_types::language::Language;
use omasote_types::sessions::{Me, OpenSession, PersonId, SessionInfo, SignInMethods, SignInProvider};
use sha2::{Digest, Sha256};

use super::accounts;
use super::second_factors::{self, Verdict};
use crate::auth::{Actor, RefreshToken, Seal};
use crate::config::SecondFactorRule;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::live::Signal;
use crate::policy::Limits;
use crate::repos::accounts as accounts_repo;
use crate::repos::audit::{self, Line};
pub use crate::repos::sessions::KnownAccount;
use crate::repos::sessions::{self as repo, Failures, Session};
use crate::repos::{mandates, oidc, people, units};

/// How long a refresh token that was exchanged is still taken: two tabs of one browser may ask at the same moment,
/// and an answer may be lost on the way. Later use means that somebody has a copy.
const ROTATION_GRACE: Duration = Duration::from_secs(30);

/// After this long without a new one, failures are forgiven.
const FAILURES_COUNT_FOR: Duration = Duration::from_secs(3600);

/// What is known of a session that is about to be opened.
#[derive(Clone, Debug)]
pub struct Opening {
    /// How long it may last.
    pub life: Duration,
    /// When.
    pub now: Instant,
    /// By which request.
    pub request: RequestId,
    /// From which browser and system.
    pub device: Option<String>,
}

/// A session that was opened or goes on.
#[derive(Clone)]
pub struct Opened {
    /// The session.
    pub session: Session,
    /// When the person last used it.
    pub used_at: Instant,
    /// The refresh token for the browser.
    pub refresh: RefreshToken,
}

/// What came of a refresh token.
#[derive(Clone)]
pub enum Refreshed {
    /// The session goes on.
    GoesOn(Opened),
    /// There is no such session any more.
    Ended,
    /// The token had been exchanged before: the session is ended, for its thief and its owner.
    Reused,
}

/// The ways to sign in.
///
/// # Errors
/// When the database does not answer.
pub fn list_methods(
    conn: &mut DbConn,
    is_demo: bool,
    providers: Vec<SignInProvider>,
) -> Result<SignInMethods, AppError> {
    let demo_personas = if is_demo { people::list_personas(conn)? } else { Vec::new() };
    Ok(SignInMethods { has_local_accounts: true, demo_personas, providers })
}

/// Lets a sign-in be tried, or says how long to wait; finds the account.
///
/// # Errors
/// `too_many_attempts`.
pub fn find_account(
    conn: &mut DbConn,
    username: &str,
    address: &str,
    now: Instant,
) -> Result<Option<KnownAccount>, AppError> {
    hold_back(conn, username, address, now)?;
    Ok(repo::find_account(conn, username)?)
}

/// Says how long to wait after too many failures of an account or an address.
pub(super) fn hold_back(
    conn: &mut DbConn,
    username: &str,
    address: &str,
    now: Instant,
) -> Result<(), AppError> {
    for subject in subjects(username, address) {
        let failures = repo::find_failures(conn, &subject.hash)?;
        let wait = failures.map_or(0, |failures| subject.seconds_to_wait(failures, now));
        if let Ok(seconds @ 1..) = u32::try_from(wait) {
            return Err(AppError::of(ErrorCode::TooManyAttempts).retry_after(seconds));
        }
    }
    Ok(())
}

/// Counts a failed sign-in against the account and the address.
///
/// # Errors
/// When the database does not answer.
pub fn record_failure(tx: &mut Tx<'_>, username: &str, address: &str, now: Instant) -> Result<(), AppError> {
    for subject in subjects(username, address) {
        let before = repo::find_failures(tx.conn(), &subject.hash)?;
        let recent = before.filter(|failures| failures.last_at + FAILURES_COUNT_FOR > now);
        let count = recent.map_or(0, |failures| failures.count).saturating_add(1);
        let failures = Failures { count, last_at: now };
        repo::save_failures(tx.conn(), &subject.hash, failures)?;
    }
    Ok(())
}

/// How long a password for one sign-in is good.
pub(super) const FIRST_PASSWORD_LASTS: Duration = Duration::from_secs(7 * 24 * 3600);

/// Refuses a password for one sign-in whose time is over.
///
/// # Errors
/// `first_password_expired`.
pub fn check_first_password(account: &KnownAccount, now: Instant) -> Result<(), AppError> {
    match account.one_time_since {
        Some(since) if since + FIRST_PASSWORD_LASTS < now => {
            Err(AppError::of(ErrorCode::FirstPasswordExpired))
        }
        _ => Ok(()),
    }
}

/// Weighs the new password that came with a sign-in, before anything is asked for beside it.
///
/// # Errors
/// `password_change_required` when there must be one, `validation_failed` when there must not or it is too common;
/// `first_password_expired`.
pub fn check_new_password(
    account: &KnownAccount,
    new_password: Option<&str>,
    now: Instant,
) -> Result<(), AppError> {
    check_first_password(account, now)?;
    match (account.one_time_since, new_password) {
        (None, None) => Ok(()),
        (None, Some(_)) => Err(AppError::field("newPassword", FieldErrorCode::InvalidFormat)
            .detail("the password need not be changed at this sign-in")),
        (Some(_), None) => Err(AppError::of(ErrorCode::PasswordChangeRequired)),
        (Some(_), Some(new)) => accounts::check_password(new),
    }
}

/// Forgets the failed sign-ins of an account that is erased.
///
/// # Errors
/// When the database does not answer.
pub(super) fn forget_failures(tx: &mut Tx<'_>, username: &str) -> Result<(), AppError> {
    repo::delete_failures(tx.conn(), &hash("username", username))?;
    Ok(())
}

/// What is known of a sign-in with a local account whose password was right.
#[derive(Clone)]
pub struct AfterPassword {
    /// The account.
    pub account: KnownAccount,
    /// The hash of the password that is chosen with this sign-in.
    pub new_password_hash: Option<String>,
    /// The code that came along.
    pub code: Option<String>,
    /// From where.
    pub address: String,
    /// Whether an account must have a second factor.
    pub rule: SecondFactorRule,
}

/// Opens a session after a local sign-in, and forgets the account's failures; or tells what is still missing. A wrong code is
/// counted, so it is an answer and not an error, which would take the count back.
///
/// # Errors
/// `too_many_attempts`.
pub fn open_after_password(
    tx: &mut Tx<'_>,
    seal: &Seal,
    proven: &AfterPassword,
    opening: &Opening,
) -> Result<Result<Opened, ErrorCode>, AppError> {
    let AfterPassword { account, new_password_hash, code, address, rule } = proven;
    if !is_still(tx, account)? {
        return Ok(Err(ErrorCode::WrongCredentials));
    }
    let verdict = second_factors::check(tx, seal, account, code.as_deref(), address, opening.now)?;
    let missing = match (verdict, rule) {
        (Verdict::Right, _) | (Verdict::NotOn, SecondFactorRule::Optional) => None,
        (Verdict::NotOn, SecondFactorRule::Required) => Some(ErrorCode::SecondFactorSetupRequired),
        (Verdict::Missing, _) => Some(ErrorCode::SecondFactorRequired),
        (Verdict::Wrong, _) => Some(ErrorCode::WrongCredentials),
    };
    if let Some(missing) = missing {
        return Ok(Err(missing));
    }
    repo::delete_failures(tx.conn(), &hash("username", &account.username))?;
    if let Some(chosen) = new_password_hash {
        accounts::keep_own_password(tx, account, chosen, opening.now)?;
    }
    open(tx, account.account.person, opening, "createSession").map(Ok)
}

/// Whether the account is open and its password is the one that was proven: it may have been changed meanwhile.
pub(super) fn is_still(tx: &mut Tx<'_>, proven: &KnownAccount) -> Result<bool, AppError> {
    let now = repo::find_account_of(tx.conn(), proven.account.person)?;
    Ok(now.is_some_and(|now| now.account.password_hash == proven.account.password_hash))
}

/// Opens a session of a demo person.
///
/// # Errors
/// `not_found` outside demo mode and for others than demo people.
pub fn open_demo(
    tx: &mut Tx<'_>,
    is_demo: bool,
    person: PersonId,
    opening: &Opening,
) -> Result<Opened, AppError> {
    if !is_demo || !people::is_persona(tx.conn(), person)? {
        return Err(AppError::not_found());
    }
    open(tx, person, opening, "createDemoSession")
}

/// Opens a session of somebody who has proved who they are; a citizen's leaves a line in the access log.
pub(super) fn open(
    tx: &mut Tx<'_>,
    person: PersonId,
    opening: &Opening,
    operation: &str,
) -> Result<Opened, AppError> {
    let now = opening.now;
    if let PersonId::Professional(id) = person
        && !accounts_repo::note_sign_in(tx.conn(), id, now)?
    {
        return Err(AppError::not_found().note("the account is closed"));
    }
    let session = Session { id: SessionId::at(now), person, ends_at: now + opening.life };
    repo::insert(tx.conn(), &session, opening.device.as_deref(), None, now)?;
    if let PersonId::Citizen(citizen) = person {
        audit::insert(tx.conn(), &sign_in_line(citizen, session.id, opening, operation))?;
    }
    hand_out(tx, session, now, now)
}

fn sign_in_line(citizen: CitizenId, session: SessionId, opening: &Opening, operation: &str) -> Line {
    Line {
        id: AccessId::at(opening.now),
        at: opening.now,
        actor: Some(PersonId::Citizen(citizen)),
        title: None,
        unit: None,
        action: AccessAction::SignedIn,
        operation: operation.to_owned(),
        resource: None,
        ground: AccessGround::Own,
        session,
        request: opening.request,
        subjects: vec![citizen],
        client: None,
        reason: None,
    }
}

/// What is known of a session that is to go on.
#[derive(Clone, Copy, Debug)]
pub struct Renewal {
    /// How long a session lasts without being used.
    pub idle: Duration,
    /// For how long the person has not used it. What a browser does by itself is no use.
    pub unused: Duration,
    /// When.
    pub now: Instant,
}

/// Exchanges a refresh token for the next one. A session that the person has not used for longer than `idle` ends instead.
///
/// # Errors
/// When the database does not answer.
pub fn refresh(tx: &mut Tx<'_>, token: &RefreshToken, renewal: Renewal) -> Result<Refreshed, AppError> {
    let (hash, now) = (token.hash(), renewal.now);
    let Some(known) = repo::find_token(tx.conn(), &hash)? else { return Ok(Refreshed::Ended) };
    if known.holder.is_some() || known.is_session_ended || known.session.ends_at <= now {
        return Ok(Refreshed::Ended);
    }
    if known.rotated_at.is_some_and(|rotated_at| now > rotated_at + ROTATION_GRACE) {
        end(tx, known.session.id, now)?;
        return Ok(Refreshed::Reused);
    }
    // A use that is claimed for later than the session lasted without any is no use of it.
    if known.used_at + renewal.idle < now {
        end(tx, known.session.id, now)?;
        return Ok(Refreshed::Ended);
    }
    let used_at = known.used_at.max(now - renewal.unused);
    repo::note_use(tx.conn(), known.session.id, used_at)?;
    repo::mark_rotated(tx.conn(), &hash, now)?;
    hand_out(tx, known.session, used_at, now).map(Refreshed::GoesOn)
}

pub(super) fn hand_out(
    tx: &mut Tx<'_>,
    session: Session,
    used_at: Instant,
    now: Instant,
) -> Result<Opened, AppError> {
    let refresh = RefreshToken::random()?;
    repo::insert_token(tx.conn(), &refresh.hash(), session.id, now)?;
    Ok(Opened { session, used_at, refresh })
}

/// Ends a session, everywhere and at once; ending an ended one changes nothing.
///
/// # Errors
/// When the database does not answer.
pub fn end(tx: &mut Tx<'_>, id: SessionId, now: Instant) -> Result<(), AppError> {
    if repo::end(tx.conn(), id, now)? {
        oidc::delete_session(tx.conn(), id)?;
        mandates::end_of_session(tx.conn(), id, now)?;
        tx.announce(Signal::SessionEnded(id));
    }
    Ok(())
}

/// Ends every session of a person, but `spared`.
///
/// # Errors
/// When the database does not answer.
pub(super) fn end_all(
    tx: &mut Tx<'_>,
    of: PersonId,
    spared: Option<SessionId>,
    now: Instant,
) -> Result<usize, AppError> {
    let open = repo::list_open(tx.conn(), of, now)?.into_iter().map(|session| session.id);
    let ending: Vec<SessionId> = open.filter(|id| Some(*id) != spared).collect();
    for id in &ending {
        end(tx, *id, now)?;
    }
    Ok(ending.len())
}

/// The actor's sessions that go on, the one used last first.
///
/// # Errors
/// When the database does not answer.
pub fn list_open(
    conn: &mut DbConn,
    actor: &Actor,
    idle: Duration,
    now: Instant,
) -> Result<Vec<OpenSession>, AppError> {
    let open = repo::list_open(conn, actor.person, now)?.into_iter();
    let used = open.filter(|session| session.used_at + idle >= now);
    Ok(used
        .map(|session| OpenSession {
            id: session.id,
            opened_at: session.opened_at,
            used_at: session.used_at,
            device: session.device,
            is_current: session.id == actor.session,
        })
        .collect())
}

/// Ends one of the actor's sessions.
///
/// # Errors
/// `not_found`.
pub fn end_own(tx: &mut Tx<'_>, actor: &Actor, id: SessionId, now: Instant) -> Result<(), AppError> {
    let own = repo::list_open(tx.conn(), actor.person, now)?;
    if !own.iter().any(|session| session.id == id) {
        return Err(AppError::not_found());
    }
    end(tx, id, now)
}

/// The signed-in person.
///
/// # Errors
/// `session_ended` when there is no such person any more.
pub fn me(conn: &mut DbConn, actor: &Actor, idle: Duration, limits: Limits) -> Result<Me, AppError> {
    let gone = || AppError::of(ErrorCode::SessionEnded);
    let session = SessionInfo {
        id: actor.session,
        refresh_by: actor.token_expires_at,
        ends_at: actor.session_ends_at,
        idle_seconds: seconds(idle),
    };
    match actor.person {
        PersonId::Citizen(id) => {
            let citizen = people::find_citizen(conn, id)?.ok_or_else(gone)?;
            let name = people::full_name(&citizen.given_name, &citizen.family_name);
            let (language, units) = (citizen.language, Vec::new());
            let roles = Vec::new();
            Ok(Me {
                person: actor.person,
                name,
                language,
                title: None,
                units,
                leads: Vec::new(),
                roles,
                emergency_minutes: None,
                session,
            })
        }
        PersonId::Professional(id) => {
            let professional = people::find_professional(conn, id)?.ok_or_else(gone)?;
            let units = units::list_of_member(conn, id)?;
            let (name, title) = (professional.name, Some(professional.title));
            let (leads, roles) = (people::list_led_unit_ids(conn, id)?, people::list_roles(conn, id)?);
            let (language, emergency_minutes) = (Language::Fi, Some(seconds(limits.emergency) / 60));
            let person = actor.person;
            Ok(Me { person, name, language, title, units, leads, roles, emergency_minutes, session })
        }
    }
}

/// A span in whole seconds.
#[must_use]
pub fn seconds(span: Duration) -> u32 {
    u32::try_from(span.as_secs()).unwrap_or(u32::MAX)
}

/// One who is held back after failures: an account or an address.
struct Subject {
    hash: Vec<u8>,
    free_failures: u32,
}

impl Subject {
    fn seconds_to_wait(&self, failures: Failures, now: Instant) -> i64 {
        let count = u32::try_from(failures.count).unwrap_or(u32::MAX);
        let pause = pause_after_failures(count, self.free_failures);
        (failures.last_at + pause - now).num_seconds()
    }
}

/// Many people may share an address, so it is granted more failures than an account.
fn subjects(username: &str, address: &str) -> [Subject; 2] {
    [
        Subject { hash: hash("username", username), free_failures: 5 },
        Subject { hash: hash("address", address), free_failures: 30 },
    ]
}

fn hash(kind: &str, text: &str) -> Vec<u8> {
    Sha256::digest(format!("{kind}:{text}")).to_vec()
}
