//! The accounts of professionals as administrators see them, and what was done with them.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::accounts::{
    AccountChange, AccountEvent, AccountEventKind, AccountState, StaffAccount, StaffSignIn,
};
use omasote_types::ids::{AccountEventId, AccountId, ProfessionalId, UnitId};
use omasote_types::language::LocalText;
use omasote_types::people::Role;
use omasote_types::units::UnitRef;

use super::json;
use super::people::{full_name, sort_name};
use crate::cursor::Window;
use crate::db::schema::{
    account_events, accounts, clients, directory_accounts, memberships, professionals, roles, second_factors,
    units,
};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored, TextColumn};

impl TextColumn for AccountEventKind {
    fn as_text(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Changed => "changed",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
            Self::PasswordReset => "password_reset",
            Self::PasswordChanged => "password_changed",
            Self::SecondFactorRemoved => "second_factor_removed",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        let all = [
            Self::Created,
            Self::Changed,
            Self::Closed,
            Self::Reopened,
            Self::PasswordReset,
            Self::PasswordChanged,
            Self::SecondFactorRemoved,
        ];
        all.into_iter().find(|kind| kind.as_text() == text)
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = professionals, check_for_backend(MultiBackend))]
struct StaffRow {
    id: Id,
    given_name: String,
    family_name: String,
    title: String,
    last_sign_in_at: Option<Stored>,
    closed_at: Option<Stored>,
}

/// Accounts in a state that have every one of `words` (small letters) in name, title or user name; by family name.
pub fn list(
    conn: &mut DbConn,
    (state, words): (AccountState, &[String]),
    window: &Window,
) -> QueryResult<Vec<StaffAccount>> {
    let mut query = professionals::table.filter(not(is_system())).into_boxed::<MultiBackend>();
    query = match state {
        AccountState::Open => query.filter(professionals::closed_at.is_null()),
        AccountState::Closed => query.filter(professionals::closed_at.is_not_null()),
    };
    for word in words {
        let pattern = format!("%{}%", word.replace(['\\', '%', '_'], ""));
        let by_username = accounts::table
            .filter(accounts::professional_id.eq(professionals::id.nullable()))
            .filter(accounts::username.like(pattern.clone()));
        query = query.filter(professionals::sort_name.like(pattern).or(exists(by_username)));
    }
    if let Some(after) = window.after {
        let id = Id::from_uuid(after.id);
        let last: Option<String> =
            professionals::table.find(id).select(professionals::sort_name).first(conn).optional()?;
        let last = last.unwrap_or_default();
        let same_name = professionals::sort_name.eq(last.clone()).and(professionals::id.gt(id));
        query = query.filter(professionals::sort_name.gt(last).or(same_name));
    }
    let query = query.order((professionals::sort_name.asc(), professionals::id.asc())).limit(window.fetch());
    let rows: Vec<StaffRow> = query.select(StaffRow::as_select()).load(conn)?;
    completed(conn, rows)
}

/// Whether a professional is a unit's system, which is looked after as a program and never signs in.
#[diesel::dsl::auto_type(no_type_alias)]
fn is_system() -> _ {
    exists(clients::table.filter(clients::professional_id.eq(professionals::id.nullable())))
}

/// One account.
pub fn find(conn: &mut DbConn, id: ProfessionalId) -> QueryResult<Option<StaffAccount>> {
    let person = professionals::table.find(Id::from(id)).filter(not(is_system()));
    let rows = person.select(StaffRow::as_select()).load(conn)?;
    Ok(completed(conn, rows)?.pop())
}

type SignInRow = (Id, String, Option<Stored>, Option<Stored>);
type DirectoryRow = (Id, String, Option<Stored>);

/// Adds to each what other tables know of it.
fn completed(conn: &mut DbConn, rows: Vec<StaffRow>) -> QueryResult<Vec<StaffAccount>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let in_units = list_units(conn, &ids)?;
    let leading: Vec<(Id, Id)> = memberships::table
        .filter(memberships::professional_id.eq_any(&ids).and(memberships::leads_since.is_not_null()))
        .order(memberships::unit_id.asc())
        .select((memberships::professional_id, memberships::unit_id))
        .load(conn)?;
    let with_roles: Vec<(Id, DbText<Role>)> = roles::table
        .filter(roles::professional_id.eq_any(&ids))
        .order(roles::role.asc())
        .select((roles::professional_id, roles::role))
        .load(conn)?;
    let local: Vec<SignInRow> = accounts::table
        .left_join(second_factors::table.on(second_factors::account_id.eq(accounts::id)))
        .filter(accounts::professional_id.eq_any(ids.iter().copied().map(Some).collect::<Vec<_>>()))
        .select((
            accounts::professional_id.assume_not_null(),
            accounts::username,
            accounts::one_time_since,
            second_factors::confirmed_at.nullable(),
        ))
        .load(conn)?;
    let in_directory: Vec<DirectoryRow> = directory_accounts::table
        .filter(directory_accounts::professional_id.eq_any(&ids))
        .select((
            directory_accounts::professional_id,
            directory_accounts::directory_name,
            directory_accounts::linked_at,
        ))
        .load(conn)?;
    let accounts = rows.into_iter().map(|row| StaffAccount {
        units: of_one(&in_units, row.id),
        leads: of_one(&leading, row.id).into_iter().map(UnitId::from).collect(),
        roles: of_one(&with_roles, row.id).into_iter().map(|role| role.0).collect(),
        sign_in: sign_in_of(row.id, &local, &in_directory),
        id: row.id.into(),
        given_name: row.given_name,
        family_name: row.family_name,
        title: row.title,
        last_sign_in_at: row.last_sign_in_at.map(Instant::from),
        closed_at: row.closed_at.map(Instant::from),
    });
    Ok(accounts.collect())
}

fn list_units(conn: &mut DbConn, of: &[Id]) -> QueryResult<Vec<(Id, UnitRef)>> {
    type Row = (Id, (Id, String, String, String));
    let rows: Vec<Row> = memberships::table
        .inner_join(units::table)
        .filter(memberships::professional_id.eq_any(of))
        .order((units::name_fi.asc(), units::id.asc()))
        .select((memberships::professional_id, (units::id, units::name_fi, units::name_sv, units::name_en)))
        .load(conn)?;
    let named = |(professional, (id, fi, sv, en)): Row| {
        (professional, UnitRef { id: id.into(), name: LocalText { fi, sv, en } })
    };
    Ok(rows.into_iter().map(named).collect())
}

fn of_one<T: Clone>(all: &[(Id, T)], id: Id) -> Vec<T> {
    all.iter().filter(|(of, _)| *of == id).map(|(_, one)| one.clone()).collect()
}

fn sign_in_of(id: Id, local: &[SignInRow], in_directory: &[DirectoryRow]) -> StaffSignIn {
    let local = local.iter().find(|(of, ..)| *of == id);
    let directory = in_directory.iter().find(|(of, ..)| *of == id);
    StaffSignIn {
        username: local.map(|(_, username, ..)| username.clone()),
        must_change_password: local.is_some_and(|(_, _, one_time_since, _)| one_time_since.is_some()),
        has_second_factor: local.is_some_and(|(.., confirmed_at)| confirmed_at.is_some()),
        directory_name: directory.map(|(_, name, _)| name.clone()),
        linked_at: directory.and_then(|(.., linked_at)| linked_at.map(Instant::from)),
    }
}

/// Changes name and title.
pub fn set_names(
    conn: &mut DbConn,
    of: ProfessionalId,
    (given_name, family_name): (&str, &str),
    title: &str,
) -> QueryResult<usize> {
    diesel::update(professionals::table.find(Id::from(of)))
        .set((
            professionals::given_name.eq(given_name),
            professionals::family_name.eq(family_name),
            professionals::title.eq(title),
            professionals::sort_name.eq(sort_name((given_name, family_name), title)),
        ))
        .execute(conn)
}

/// Takes a professional out of a unit.
pub fn delete_membership(conn: &mut DbConn, who: ProfessionalId, unit: UnitId) -> QueryResult<usize> {
    diesel::delete(memberships::table.find((Id::from(who), Id::from(unit)))).execute(conn)
}

/// Takes a role from a professional.
pub fn delete_role(conn: &mut DbConn, of: ProfessionalId, role: Role) -> QueryResult<usize> {
    diesel::delete(roles::table.find((Id::from(of), DbText(role)))).execute(conn)
}

/// Lets no other transaction change who is an administrator until this one ends.
pub fn lock_administrators(conn: &mut DbConn) -> QueryResult<usize> {
    let administrators = roles::table.filter(roles::role.eq(DbText(Role::Administrator)));
    diesel::update(administrators).set(roles::created_at.eq(roles::created_at)).execute(conn)
}

/// How many administrators but this one may sign in.
pub fn count_other_administrators(conn: &mut DbConn, than: ProfessionalId) -> QueryResult<i64> {
    roles::table
        .inner_join(professionals::table)
        .filter(roles::role.eq(DbText(Role::Administrator)))
        .filter(roles::professional_id.ne(Id::from(than)))
        .filter(professionals::closed_at.is_null())
        .count()
        .get_result(conn)
}

/// Closes the account of a professional, or opens it again (`None`): both who they are and their local account.
pub fn set_closed(conn: &mut DbConn, of: ProfessionalId, closed_at: Option<Instant>) -> QueryResult<usize> {
    let closed_at = closed_at.map(Stored::from);
    diesel::update(accounts::table.filter(accounts::professional_id.eq(Some(Id::from(of)))))
        .set(accounts::disabled_at.eq(closed_at))
        .execute(conn)?;
    diesel::update(professionals::table.find(Id::from(of)))
        .set(professionals::closed_at.eq(closed_at))
        .execute(conn)
}

/// Notes that a professional signs in; says whether their account is open. Whoever closes it meanwhile waits for this, so
/// that no session is left over.
pub fn note_sign_in(conn: &mut DbConn, of: ProfessionalId, now: Instant) -> QueryResult<bool> {
    let open = professionals::table.find(Id::from(of)).filter(professionals::closed_at.is_null());
    let noted = diesel::update(open).set(professionals::last_sign_in_at.eq(Some(Stored::from(now))));
    Ok(noted.execute(conn)? == 1)
}

/// Whether the account of a professional is open.
pub fn is_open(conn: &mut DbConn, of: ProfessionalId) -> QueryResult<bool> {
    let open = professionals::table.find(Id::from(of)).filter(professionals::closed_at.is_null());
    diesel::select(exists(open)).get_result(conn)
}

/// Sets the password of a local account. `one_time_since` tells that it is good for one sign-in.
pub fn set_password(
    conn: &mut DbConn,
    of: AccountId,
    password_hash: &str,
    one_time_since: Option<Instant>,
) -> QueryResult<usize> {
    diesel::update(accounts::table.find(Id::from(of)))
        .set((
            accounts::password_hash.eq(password_hash),
            accounts::one_time_since.eq(one_time_since.map(Stored::from)),
        ))
        .execute(conn)
}

/// The local account of a professional, closed or not.
pub fn find_local(conn: &mut DbConn, of: ProfessionalId) -> QueryResult<Option<AccountId>> {
    let query = accounts::table.filter(accounts::professional_id.eq(Some(Id::from(of))));
    let id: Option<Id> = query.select(accounts::id).first(conn).optional()?;
    Ok(id.map(AccountId::from))
}

/// Something that was done with an account.
#[derive(Clone, Copy, Debug)]
pub struct NewEvent<'a> {
    /// With whose account.
    pub of: ProfessionalId,
    /// By whom; nobody is known on the command line.
    pub actor: Option<ProfessionalId>,
    /// What.
    pub kind: AccountEventKind,
    /// What changed of what is known of the person.
    pub changes: &'a [AccountChange],
    /// When.
    pub now: Instant,
}

/// Keeps what was done with an account.
pub fn insert_event(conn: &mut DbConn, new: &NewEvent<'_>) -> QueryResult<usize> {
    let changes = json::write(new.changes)?;
    let row = (
        account_events::id.eq(Id::from(AccountEventId::at(new.now))),
        account_events::professional_id.eq(Id::from(new.of)),
        account_events::actor_id.eq(new.actor.map(Id::from)),
        account_events::kind.eq(DbText(new.kind)),
        account_events::changes.eq(changes),
        account_events::at.eq(Stored::from(new.now)),
    );
    diesel::insert_into(account_events::table).values(row).execute(conn)
}

/// What was done with an account, the newest first.
pub fn list_events(conn: &mut DbConn, of: ProfessionalId, window: &Window) -> QueryResult<Vec<AccountEvent>> {
    type Row = (Id, Stored, DbText<AccountEventKind>, String, Option<(String, String)>);
    let mut query = account_events::table
        .left_join(professionals::table.on(account_events::actor_id.eq(professionals::id.nullable())))
        .filter(account_events::professional_id.eq(Id::from(of)))
        .select((
            account_events::id,
            account_events::at,
            account_events::kind,
            account_events::changes,
            (professionals::given_name, professionals::family_name).nullable(),
        ))
        .into_boxed::<MultiBackend>();
    if let Some(after) = window.after {
        query = query.filter(account_events::id.lt(Id::from_uuid(after.id)));
    }
    let rows: Vec<Row> = query.order(account_events::id.desc()).limit(window.fetch()).load(conn)?;
    let events = rows.into_iter().map(|(id, at, kind, changes, actor)| AccountEvent {
        id: id.into(),
        at: at.into(),
        kind: kind.0,
        actor_name: actor.map(|(given, family)| full_name(&given, &family)),
        changes: serde_json::from_str(&changes).unwrap_or_default(),
    });
    Ok(events.collect())
}
