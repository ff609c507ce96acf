//! The accounts of professionals, which administrators look after; and the password of one's own account. What is done with
//! an account is kept with it.

use omasote_types::accounts::{
    AccountChange, AccountEvent, AccountEventKind, AccountField, AccountQuery, FirstPassword,
    MadeStaffAccount, NewStaffAccount, StaffAccount, StaffAccountUpdate,
};
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::{AccountId, ProfessionalId, UnitId};
use omasote_types::page::{Page, PageQuery};
use omasote_types::people::Role;
use omasote_types::sessions::PersonId;
use omasote_types::{Instant, error::FieldError};
use uuid::Uuid;

use super::oidc::as_kept;
use super::second_factors::forget;
use super::sessions::{self, FIRST_PASSWORD_LASTS, end_all, is_still};
use crate::audit::Call;
use crate::auth::{Actor, passwords};
use crate::cursor::{List, Place, Window};
use crate::db::{DbConn, TextColumn as _, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Duty};
use crate::repos::accounts::{self as repo, NewEvent};
use crate::repos::sessions::{self as local, Account, KnownAccount};
use crate::repos::{oidc, people, units};

/// Lets administrators look after accounts, and nobody else.
///
/// # Errors
/// `role_required`.
pub fn require(conn: &mut DbConn, call: &mut Call) -> Result<ProfessionalId, AppError> {
    policy::require_duty(conn, call, Action::Write, (Duty::Accounts, None))
}

/// The accounts of professionals, by family name.
///
/// # Errors
/// `role_required`, `invalid_cursor`, `invalid_parameter`.
pub fn list_accounts(
    conn: &mut DbConn,
    call: &mut Call,
    query: &AccountQuery,
) -> Result<Page<StaffAccount>, AppError> {
    require(conn, call)?;
    let search = query.search.as_deref().unwrap_or_default();
    if search.chars().nth(omasote_types::accounts::MAX_NAME_CHARACTERS).is_some() || search.contains('\0') {
        return Err(AppError::of(ErrorCode::InvalidParameter).detail("search must be at most 100 characters"));
    }
    let words: Vec<String> = search.split_whitespace().map(str::to_lowercase).collect();
    let window = Window::read(List::Accounts, query.cursor.as_deref(), query.limit)?;
    let accounts = repo::list(conn, (query.state, &words), &window)?;
    Ok(window.page(List::Accounts, accounts, |account| by_id(*account.id.as_uuid())))
}

fn by_id(id: Uuid) -> Place {
    Place { time: Instant::default(), id }
}

/// One account.
///
/// # Errors
/// `role_required`, `not_found`.
pub fn get_account(conn: &mut DbConn, call: &mut Call, id: ProfessionalId) -> Result<StaffAccount, AppError> {
    require(conn, call)?;
    known(conn, id)
}

fn known(conn: &mut DbConn, id: ProfessionalId) -> Result<StaffAccount, AppError> {
    repo::find(conn, id)?.ok_or_else(AppError::not_found)
}

/// What was done with an account, the newest first.
///
/// # Errors
/// `role_required`, `not_found`, `invalid_cursor`, `invalid_parameter`.
pub fn list_account_events(
    conn: &mut DbConn,
    call: &mut Call,
    of: ProfessionalId,
    query: &PageQuery,
) -> Result<Page<AccountEvent>, AppError> {
    require(conn, call)?;
    known(conn, of)?;
    let window = Window::read(List::AccountEvents, query.cursor.as_deref(), query.limit)?;
    let events = repo::list_events(conn, of, &window)?;
    Ok(window.page(List::AccountEvents, events, |event| by_id(*event.id.as_uuid())))
}

/// A password for one sign-in, and its hash, which is slow to make.
#[derive(Clone)]
pub struct DrawnPassword {
    /// The password.
    pub password: String,
    /// Its hash.
    pub hash: String,
}

impl DrawnPassword {
    fn shown(&self, now: Instant) -> FirstPassword {
        FirstPassword { password: self.password.clone(), expires_at: now + FIRST_PASSWORD_LASTS }
    }
}

/// Adds a professional. With a user name they get `drawn` to sign in with the first time.
///
/// # Errors
/// `role_required`, `validation_failed`.
pub fn create_account(
    tx: &mut Tx<'_>,
    call: &mut Call,
    new: &NewStaffAccount,
    drawn: Option<&DrawnPassword>,
) -> Result<MadeStaffAccount, AppError> {
    let (actor, now) = (require(tx.conn(), call)?, call.now());
    new.validate()?;
    let id = ProfessionalId::at(now);
    let (given, family) = (new.given_name.trim(), new.family_name.trim());
    check_free(tx.conn(), new)?;
    check_units(tx.conn(), &new.unit_ids)?;
    people::insert_professional(tx.conn(), id, (given, family), new.title.trim(), now)?;
    for unit in distinct(&new.unit_ids) {
        people::insert_membership(tx.conn(), id, unit, now)?;
    }
    for role in distinct(&new.roles) {
        people::insert_role(tx.conn(), id, role, now)?;
    }
    if let (Some(username), Some(drawn)) = (&new.username, drawn) {
        let account = Account { person: PersonId::Professional(id), password_hash: drawn.hash.clone() };
        let account_id = AccountId::at(now);
        local::insert_account(tx.conn(), account_id, username, &account, now)?;
        repo::set_password(tx.conn(), account_id, &drawn.hash, Some(now))?;
    }
    if let Some(name) = &new.directory_name {
        oidc::insert_directory_account(tx.conn(), id, &as_kept(name), now)?;
    }
    let event = NewEvent { of: id, actor: Some(actor), kind: AccountEventKind::Created, changes: &[], now };
    repo::insert_event(tx.conn(), &event)?;
    let first_password = drawn.filter(|_| new.username.is_some()).map(|drawn| drawn.shown(now));
    Ok(MadeStaffAccount { account: known(tx.conn(), id)?, first_password })
}

/// User names and directory names are nobody else's.
fn check_free(conn: &mut DbConn, new: &NewStaffAccount) -> Result<(), AppError> {
    let mut taken = Vec::new();
    if let Some(username) = &new.username
        && local::is_username_taken(conn, username)?
    {
        taken.push(FieldError { field: "username".to_owned(), code: FieldErrorCode::Taken });
    }
    if let Some(name) = &new.directory_name
        && oidc::is_directory_name_taken(conn, &as_kept(name))?
    {
        taken.push(FieldError { field: "directoryName".to_owned(), code: FieldErrorCode::Taken });
    }
    if taken.is_empty() { Ok(()) } else { Err(taken.into()) }
}

fn check_units(conn: &mut DbConn, ids: &[UnitId]) -> Result<(), AppError> {
    for id in ids {
        if units::find_named(conn, *id)?.is_none() {
            return Err(AppError::field("unitIds", FieldErrorCode::UnknownReference));
        }
    }
    Ok(())
}

fn distinct<T: Copy + PartialEq>(all: &[T]) -> Vec<T> {
    let mut distinct = Vec::with_capacity(all.len());
    for one in all {
        if !distinct.contains(one) {
            distinct.push(*one);
        }
    }
    distinct
}

/// Changes name, title, units or roles.
///
/// # Errors
/// `role_required`, `not_found`, `validation_failed`; `own_account` when administrators give up their own role;
/// `last_administrator`.
pub fn update_account(
    tx: &mut Tx<'_>,
    call: &mut Call,
    id: ProfessionalId,
    update: &StaffAccountUpdate,
) -> Result<StaffAccount, AppError> {
    let (actor, now) = (require(tx.conn(), call)?, call.now());
    let before = known(tx.conn(), id)?;
    update.validate()?;
    let kept = |new: &Option<String>, old: &str| new.as_deref().map_or(old, str::trim).to_owned();
    let given = kept(&update.given_name, &before.given_name);
    let family = kept(&update.family_name, &before.family_name);
    repo::set_names(tx.conn(), id, (&given, &family), &kept(&update.title, &before.title))?;
    if let Some(wanted) = &update.unit_ids {
        check_units(tx.conn(), wanted)?;
        move_to_units(tx.conn(), &before, wanted, now)?;
    }
    if let Some(wanted) = &update.lead_unit_ids {
        lead_units(tx.conn(), id, wanted, now)?;
    }
    if let Some(wanted) = &update.roles {
        if before.roles.contains(&Role::Administrator) && !wanted.contains(&Role::Administrator) {
            spare_administrators(tx.conn(), actor, id)?;
        }
        entrust(tx.conn(), &before, wanted, now)?;
    }
    let after = known(tx.conn(), id)?;
    let changes = changes(&before, &after);
    if !changes.is_empty() {
        let event =
            NewEvent { of: id, actor: Some(actor), kind: AccountEventKind::Changed, changes: &changes, now };
        repo::insert_event(tx.conn(), &event)?;
    }
    Ok(after)
}

fn move_to_units(
    conn: &mut DbConn,
    before: &StaffAccount,
    wanted: &[UnitId],
    now: Instant,
) -> Result<(), AppError> {
    let present: Vec<UnitId> = before.units.iter().map(|unit| unit.id).collect();
    for left in present.iter().filter(|unit| !wanted.contains(unit)) {
        repo::delete_membership(conn, before.id, *left)?;
    }
    for joined in distinct(wanted).into_iter().filter(|unit| !present.contains(unit)) {
        people::insert_membership(conn, before.id, joined, now)?;
    }
    Ok(())
}

/// Who leads a unit works in it.
fn lead_units(
    conn: &mut DbConn,
    id: ProfessionalId,
    wanted: &[UnitId],
    now: Instant,
) -> Result<(), AppError> {
    let account = known(conn, id)?;
    if wanted.iter().any(|wanted| account.units.iter().all(|unit| unit.id != *wanted)) {
        return Err(AppError::field("leadUnitIds", FieldErrorCode::UnknownReference));
    }
    for unit in account.units.iter().map(|unit| unit.id) {
        let (leads, is_wanted) = (account.leads.contains(&unit), wanted.contains(&unit));
        if leads != is_wanted {
            people::set_leads(conn, id, unit, is_wanted.then_some(now))?;
        }
    }
    Ok(())
}

fn entrust(conn: &mut DbConn, before: &StaffAccount, wanted: &[Role], now: Instant) -> Result<(), AppError> {
    for left in before.roles.iter().filter(|role| !wanted.contains(role)) {
        repo::delete_role(conn, before.id, *left)?;
    }
    for given in distinct(wanted).into_iter().filter(|role| !before.roles.contains(role)) {
        people::insert_role(conn, before.id, given, now)?;
    }
    Ok(())
}

/// Somebody is to be an administrator no longer: not by their own hand, and not when nobody would be left.
fn spare_administrators(
    conn: &mut DbConn,
    actor: ProfessionalId,
    of: ProfessionalId,
) -> Result<(), AppError> {
    if actor == of {
        return Err(AppError::of(ErrorCode::OwnAccount));
    }
    // Two who take the role from each other at the same moment: the second waits here, and then counts.
    repo::lock_administrators(conn)?;
    if repo::count_other_administrators(conn, of)? == 0 {
        return Err(AppError::of(ErrorCode::LastAdministrator));
    }
    Ok(())
}

fn changes(before: &StaffAccount, after: &StaffAccount) -> Vec<AccountChange> {
    type Shown = fn(&StaffAccount) -> Vec<String>;
    let fields: [(AccountField, Shown); 5] = [
        (AccountField::Name, |account| vec![people::full_name(&account.given_name, &account.family_name)]),
        (AccountField::Title, |account| vec![account.title.clone()]),
        (AccountField::Units, |account| account.units.iter().map(|unit| unit.name.fi.clone()).collect()),
        (AccountField::Leads, |account| {
            let led = account.units.iter().filter(|unit| account.leads.contains(&unit.id));
            led.map(|unit| unit.name.fi.clone()).collect()
        }),
        (AccountField::Roles, |account| account.roles.iter().map(|role| role.as_text().to_owned()).collect()),
    ];
    let changed = fields.into_iter().filter_map(|(field, shown)| {
        let (before, after) = (shown(before), shown(after));
        (before != after).then_some(AccountChange { field, before, after })
    });
    changed.collect()
}

/// Closes an account: the person cannot sign in any more, and their sessions end at once. They stay in records.
///
/// # Errors
/// `role_required`, `not_found`, `own_account`, `last_administrator`; `conflict` when it is closed.
pub fn close_account(tx: &mut Tx<'_>, call: &mut Call, id: ProfessionalId) -> Result<StaffAccount, AppError> {
    let (actor, now) = (require(tx.conn(), call)?, call.now());
    let account = known(tx.conn(), id)?;
    if actor == id {
        return Err(AppError::of(ErrorCode::OwnAccount));
    }
    if account.closed_at.is_some() {
        return Err(AppError::of(ErrorCode::Conflict).detail("the account is closed"));
    }
    if account.roles.contains(&Role::Administrator) {
        spare_administrators(tx.conn(), actor, id)?;
    }
    repo::set_closed(tx.conn(), id, Some(now))?;
    end_all(tx, PersonId::Professional(id), None, now)?;
    note(tx, actor, id, AccountEventKind::Closed, now)
}

/// Opens a closed account again, as it was.
///
/// # Errors
/// `role_required`, `not_found`; `conflict` when it is open.
pub fn reopen_account(
    tx: &mut Tx<'_>,
    call: &mut Call,
    id: ProfessionalId,
) -> Result<StaffAccount, AppError> {
    let (actor, now) = (require(tx.conn(), call)?, call.now());
    if known(tx.conn(), id)?.closed_at.is_none() {
        return Err(AppError::of(ErrorCode::Conflict).detail("the account is open"));
    }
    repo::set_closed(tx.conn(), id, None)?;
    note(tx, actor, id, AccountEventKind::Reopened, now)
}

fn note(
    tx: &mut Tx<'_>,
    actor: ProfessionalId,
    of: ProfessionalId,
    kind: AccountEventKind,
    now: Instant,
) -> Result<StaffAccount, AppError> {
    repo::insert_event(tx.conn(), &NewEvent { of, actor: Some(actor), kind, changes: &[], now })?;
    known(tx.conn(), of)
}

/// Gives an account a password for one sign-in, and ends its sessions.
///
/// # Errors
/// `role_required`, `not_found`; `own_account`: one's own is changed by oneself; `conflict` when it has no user name.
pub fn reset_password(
    tx: &mut Tx<'_>,
    call: &mut Call,
    id: ProfessionalId,
    drawn: &DrawnPassword,
) -> Result<FirstPassword, AppError> {
    let (actor, now) = (require(tx.conn(), call)?, call.now());
    let account = local_of(tx.conn(), actor, id)?;
    repo::set_password(tx.conn(), account, &drawn.hash, Some(now))?;
    end_all(tx, PersonId::Professional(id), None, now)?;
    note(tx, actor, id, AccountEventKind::PasswordReset, now)?;
    Ok(drawn.shown(now))
}

/// Takes the second factor away from an account whose owner has lost it, and ends its sessions.
///
/// # Errors
/// `role_required`, `not_found`; `own_account`: one's own is ended by oneself; `conflict` when it has no second factor.
pub fn remove_second_factor(
    tx: &mut Tx<'_>,
    call: &mut Call,
    id: ProfessionalId,
) -> Result<StaffAccount, AppError> {
    let (actor, now) = (require(tx.conn(), call)?, call.now());
    let account = local_of(tx.conn(), actor, id)?;
    if !known(tx.conn(), id)?.sign_in.has_second_factor {
        return Err(AppError::of(ErrorCode::Conflict).detail("the account has no second factor"));
    }
    forget(tx, account)?;
    end_all(tx, PersonId::Professional(id), None, now)?;
    note(tx, actor, id, AccountEventKind::SecondFactorRemoved, now)
}

/// The local account of somebody else.
fn local_of(conn: &mut DbConn, actor: ProfessionalId, id: ProfessionalId) -> Result<AccountId, AppError> {
    known(conn, id)?;
    if actor == id {
        return Err(AppError::of(ErrorCode::OwnAccount));
    }
    let account = repo::find_local(conn, id)?;
    account.ok_or_else(|| AppError::of(ErrorCode::Conflict).detail("the account has no user name"))
}

/// Refuses a password that is guessed first.
///
/// # Errors
/// `validation_failed`.
pub fn check_password(new: &str) -> Result<(), AppError> {
    match passwords::is_common(new) {
        true => Err(AppError::field("newPassword", FieldErrorCode::TooCommon)),
        false => Ok(()),
    }
}

/// Changes the password of one's own account after the one before was proven; the other sessions end.
///
/// # Errors
/// `wrong_credentials` when the password was changed meanwhile.
pub fn change_own_password(
    tx: &mut Tx<'_>,
    actor: &Actor,
    proven: &KnownAccount,
    new_hash: &str,
    now: Instant,
) -> Result<(), AppError> {
    if !is_still(tx, proven)? {
        return Err(AppError::of(ErrorCode::WrongCredentials));
    }
    keep_own_password(tx, proven, new_hash, now)?;
    sessions::end_all(tx, actor.person, Some(actor.session), now)?;
    Ok(())
}

/// Keeps the password that its owner has chosen.
pub(super) fn keep_own_password(
    tx: &mut Tx<'_>,
    account: &KnownAccount,
    new_hash: &str,
    now: Instant,
) -> Result<(), AppError> {
    repo::set_password(tx.conn(), account.id, new_hash, None)?;
    if let PersonId::Professional(of) = account.account.person {
        let kind = AccountEventKind::PasswordChanged;
        repo::insert_event(tx.conn(), &NewEvent { of, actor: Some(of), kind, changes: &[], now })?;
    }
    Ok(())
}
