//! Citizens, professionals, who belongs to which unit, and the demo people.

use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{CitizenId, ProfessionalId, UnitId};
use omasote_types::language::{Language, LocalText};
use omasote_types::people::{Citizen, CitizenRef, ContactDetails, Professional, Role};
use omasote_types::sessions::{DemoPersona, PersonId};

use crate::auth::SealedIdentity;
use crate::cursor::Window;
use crate::db::schema::{citizens, demo_personas, memberships, professionals, roles};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored, TextColumn};

impl TextColumn for Language {
    fn as_text(self) -> &'static str {
        self.code()
    }

    fn from_text(text: &str) -> Option<Self> {
        Self::from_code(text)
    }
}

impl TextColumn for Role {
    fn as_text(self) -> &'static str {
        match self {
            Self::Editor => "editor",
            Self::Administrator => "administrator",
            Self::PrivacyOfficer => "privacy_officer",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_text() == text)
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = citizens, check_for_backend(MultiBackend))]
struct CitizenRow {
    id: Id,
    given_name: String,
    family_name: String,
    birth_date: NaiveDate,
    municipality: String,
    language: DbText<Language>,
    address: Option<String>,
    phone: Option<String>,
    non_disclosed_since: Option<Stored>,
}

impl From<CitizenRow> for Citizen {
    fn from(row: CitizenRow) -> Self {
        Self {
            id: row.id.into(),
            given_name: row.given_name,
            family_name: row.family_name,
            birth_date: row.birth_date,
            language: row.language.0,
            is_non_disclosed: row.non_disclosed_since.is_some(),
            contact: ContactDetails {
                address: row.address,
                municipality: Some(row.municipality).filter(|name| !name.is_empty()),
                phone: row.phone,
            },
        }
    }
}

/// What names a citizen in lists.
#[derive(Queryable, Selectable)]
#[diesel(table_name = citizens, check_for_backend(MultiBackend))]
pub(in crate::repos) struct CitizenNames {
    given_name: String,
    family_name: String,
    birth_date: NaiveDate,
    language: DbText<Language>,
    restricted_since: Option<Stored>,
}

impl CitizenNames {
    /// Since when the processing of the citizen's data is restricted.
    pub(in crate::repos) fn restricted_since(&self) -> Option<Instant> {
        self.restricted_since.map(Instant::from)
    }

    pub(in crate::repos) fn named(self, id: CitizenId) -> CitizenRef {
        CitizenRef {
            id,
            name: full_name(&self.given_name, &self.family_name),
            given_name: self.given_name,
            birth_date: self.birth_date,
            language: self.language.0,
        }
    }
}

#[derive(Insertable)]
#[diesel(table_name = citizens)]
struct NewCitizenRow<'a> {
    id: Id,
    given_name: &'a str,
    family_name: &'a str,
    birth_date: NaiveDate,
    municipality: &'a str,
    language: DbText<Language>,
    identity_code_hash: Vec<u8>,
    identity_code_sealed: Vec<u8>,
    created_at: Stored,
    address: Option<&'a str>,
    phone: Option<&'a str>,
    non_disclosed_since: Option<Stored>,
    restricted_since: Option<Stored>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = professionals, check_for_backend(MultiBackend))]
struct ProfessionalRow {
    id: Id,
    given_name: String,
    family_name: String,
    title: String,
    absent_until: Option<Stored>,
}

impl From<ProfessionalRow> for Professional {
    fn from(row: ProfessionalRow) -> Self {
        Self {
            id: row.id.into(),
            name: full_name(&row.given_name, &row.family_name),
            title: row.title,
            absent_until: row.absent_until.map(Instant::from),
        }
    }
}

/// Given and family name. Some people have one name only.
pub fn full_name(given: &str, family: &str) -> String {
    format!("{given} {family}").trim().to_owned()
}

/// By what a professional is found and ordered.
pub(super) fn sort_name((given, family): (&str, &str), title: &str) -> String {
    format!("{family} {given} {title}").to_lowercase()
}

/// One citizen.
pub fn find_citizen(conn: &mut DbConn, id: CitizenId) -> QueryResult<Option<Citizen>> {
    let row = citizens::table.find(Id::from(id)).select(CitizenRow::as_select()).first(conn).optional()?;
    Ok(row.map(Citizen::from))
}

/// The citizen whose identity code has one of these hashes, which are of one code by several keys.
pub fn find_citizen_by_hashes(conn: &mut DbConn, hashes: &[Vec<u8>]) -> QueryResult<Option<CitizenId>> {
    let query = citizens::table.filter(citizens::identity_code_hash.eq_any(hashes)).select(citizens::id);
    let id: Option<Id> = query.first(conn).optional()?;
    Ok(id.map(CitizenId::from))
}

/// Sealed identity codes, by id, after `after`.
pub fn list_sealed(
    conn: &mut DbConn,
    after: Option<CitizenId>,
    limit: i64,
) -> QueryResult<Vec<(CitizenId, Vec<u8>)>> {
    let mut query =
        citizens::table.select((citizens::id, citizens::identity_code_sealed)).into_boxed::<MultiBackend>();
    if let Some(after) = after {
        query = query.filter(citizens::id.gt(Id::from(after)));
    }
    let rows: Vec<(Id, Vec<u8>)> = query.order(citizens::id.asc()).limit(limit).load(conn)?;
    Ok(rows.into_iter().map(|(id, sealed)| (id.into(), sealed)).collect())
}

/// Puts an identity code sealed anew in the place of `before`, unless somebody else has changed it.
pub fn update_sealed(
    conn: &mut DbConn,
    of: CitizenId,
    before: &[u8],
    anew: &SealedIdentity,
) -> QueryResult<usize> {
    let unchanged = citizens::table.find(Id::from(of)).filter(citizens::identity_code_sealed.eq(before));
    let changes =
        (citizens::identity_code_hash.eq(&anew.hash), citizens::identity_code_sealed.eq(&anew.sealed));
    diesel::update(unchanged).set(changes).execute(conn)
}

/// Adds a citizen.
pub fn insert_citizen(
    conn: &mut DbConn,
    citizen: &Citizen,
    identity: SealedIdentity,
    now: Instant,
) -> QueryResult<usize> {
    let row = NewCitizenRow {
        id: citizen.id.into(),
        given_name: &citizen.given_name,
        family_name: &citizen.family_name,
        birth_date: citizen.birth_date,
        municipality: citizen.contact.municipality.as_deref().unwrap_or_default(),
        language: DbText(citizen.language),
        identity_code_hash: identity.hash,
        identity_code_sealed: identity.sealed,
        created_at: now.into(),
        address: citizen.contact.address.as_deref(),
        phone: citizen.contact.phone.as_deref(),
        non_disclosed_since: citizen.is_non_disclosed.then(|| now.into()),
        restricted_since: None,
    };
    diesel::insert_into(citizens::table).values(row).execute(conn)
}

/// A citizen's identity code, sealed.
pub fn find_sealed_identity(conn: &mut DbConn, id: CitizenId) -> QueryResult<Option<Vec<u8>>> {
    citizens::table.find(Id::from(id)).select(citizens::identity_code_sealed).first(conn).optional()
}

/// The date of birth of a citizen.
pub fn find_birth_date(conn: &mut DbConn, id: CitizenId) -> QueryResult<Option<NaiveDate>> {
    citizens::table.find(Id::from(id)).select(citizens::birth_date).first(conn).optional()
}

/// The names of citizens.
pub fn list_names(conn: &mut DbConn, of: &[CitizenId]) -> QueryResult<Vec<(CitizenId, String)>> {
    let ids: Vec<Id> = of.iter().copied().map(Id::from).collect();
    let query = citizens::table.filter(citizens::id.eq_any(ids));
    let rows: Vec<(Id, String, String)> =
        query.select((citizens::id, citizens::given_name, citizens::family_name)).load(conn)?;
    Ok(rows.into_iter().map(|(id, given, family)| (id.into(), full_name(&given, &family))).collect())
}

/// Citizens, named.
pub fn list_refs(conn: &mut DbConn, of: &[CitizenId]) -> QueryResult<Vec<CitizenRef>> {
    let ids: Vec<Id> = of.iter().copied().map(Id::from).collect();
    let query = citizens::table.filter(citizens::id.eq_any(ids));
    let rows: Vec<(Id, CitizenNames)> = query.select((citizens::id, CitizenNames::as_select())).load(conn)?;
    Ok(rows.into_iter().map(|(id, names)| names.named(id.into())).collect())
}

/// The names of professionals.
pub fn list_professional_names(
    conn: &mut DbConn,
    of: &[ProfessionalId],
) -> QueryResult<Vec<(ProfessionalId, String)>> {
    let ids: Vec<Id> = of.iter().copied().map(Id::from).collect();
    let query = professionals::table.filter(professionals::id.eq_any(ids));
    let rows: Vec<ProfessionalRow> = query.select(ProfessionalRow::as_select()).load(conn)?;
    let named = |row: ProfessionalRow| (row.id.into(), full_name(&row.given_name, &row.family_name));
    Ok(rows.into_iter().map(named).collect())
}

/// Protects a citizen's contact details since a moment, or no longer (`None`).
pub fn set_non_disclosed(conn: &mut DbConn, id: CitizenId, since: Option<Instant>) -> QueryResult<usize> {
    diesel::update(citizens::table.find(Id::from(id)))
        .set(citizens::non_disclosed_since.eq(since.map(Stored::from)))
        .execute(conn)
}

/// One professional.
pub fn find_professional(conn: &mut DbConn, id: ProfessionalId) -> QueryResult<Option<Professional>> {
    let query = professionals::table.find(Id::from(id)).select(ProfessionalRow::as_select());
    Ok(query.first(conn).optional()?.map(Professional::from))
}

/// Adds a professional.
pub fn insert_professional(
    conn: &mut DbConn,
    id: ProfessionalId,
    (given_name, family_name): (&str, &str),
    title: &str,
    now: Instant,
) -> QueryResult<usize> {
    let row = (
        professionals::id.eq(Id::from(id)),
        professionals::given_name.eq(given_name),
        professionals::family_name.eq(family_name),
        professionals::title.eq(title),
        professionals::created_at.eq(Stored::from(now)),
        professionals::sort_name.eq(sort_name((given_name, family_name), title)),
        professionals::last_sign_in_at.eq(None::<Stored>),
        professionals::closed_at.eq(None::<Stored>),
    );
    diesel::insert_into(professionals::table).values(row).execute(conn)
}

/// Adds a professional to a unit.
pub fn insert_membership(
    conn: &mut DbConn,
    who: ProfessionalId,
    unit: UnitId,
    now: Instant,
) -> QueryResult<usize> {
    let row = (
        memberships::professional_id.eq(Id::from(who)),
        memberships::unit_id.eq(Id::from(unit)),
        memberships::created_at.eq(Stored::from(now)),
        memberships::leads_since.eq(None::<Stored>),
    );
    diesel::insert_into(memberships::table).values(row).execute(conn)
}

/// The title of a professional who belongs to a unit; none when they do not.
pub fn find_title_of_member(
    conn: &mut DbConn,
    who: ProfessionalId,
    unit: UnitId,
) -> QueryResult<Option<String>> {
    let membership = memberships::table.find((Id::from(who), Id::from(unit)));
    membership.inner_join(professionals::table).select(professionals::title).first(conn).optional()
}

/// A professional is away until a moment, or back again (`None`).
pub fn set_absent(conn: &mut DbConn, who: ProfessionalId, until: Option<Instant>) -> QueryResult<usize> {
    diesel::update(professionals::table.find(Id::from(who)))
        .set(professionals::absent_until.eq(until.map(Stored::from)))
        .execute(conn)
}

/// The title of a professional who leads a unit; none when they do not.
pub fn find_title_of_lead(
    conn: &mut DbConn,
    who: ProfessionalId,
    unit: UnitId,
) -> QueryResult<Option<String>> {
    let membership = memberships::table.find((Id::from(who), Id::from(unit)));
    let leading = membership.filter(memberships::leads_since.is_not_null());
    leading.inner_join(professionals::table).select(professionals::title).first(conn).optional()
}

/// The units a professional leads.
pub fn list_led_unit_ids(conn: &mut DbConn, who: ProfessionalId) -> QueryResult<Vec<UnitId>> {
    let own = memberships::table.filter(memberships::professional_id.eq(Id::from(who)));
    let led = own.filter(memberships::leads_since.is_not_null()).order(memberships::unit_id.asc());
    let ids: Vec<Id> = led.select(memberships::unit_id).load(conn)?;
    Ok(ids.into_iter().map(UnitId::from).collect())
}

/// Makes a member the lead of a unit since a moment, or a lead no longer (`None`).
pub fn set_leads(
    conn: &mut DbConn,
    who: ProfessionalId,
    unit: UnitId,
    since: Option<Instant>,
) -> QueryResult<usize> {
    diesel::update(memberships::table.find((Id::from(who), Id::from(unit))))
        .set(memberships::leads_since.eq(since.map(Stored::from)))
        .execute(conn)
}

/// What a professional is entrusted with.
pub fn list_roles(conn: &mut DbConn, of: ProfessionalId) -> QueryResult<Vec<Role>> {
    let query = roles::table.filter(roles::professional_id.eq(Id::from(of))).order(roles::role.asc());
    let found: Vec<DbText<Role>> = query.select(roles::role).load(conn)?;
    Ok(found.into_iter().map(|role| role.0).collect())
}

/// Entrusts a professional with a role.
pub fn insert_role(conn: &mut DbConn, of: ProfessionalId, role: Role, now: Instant) -> QueryResult<usize> {
    let row = (
        roles::professional_id.eq(Id::from(of)),
        roles::role.eq(DbText(role)),
        roles::created_at.eq(Stored::from(now)),
    );
    diesel::insert_into(roles::table).values(row).execute(conn)
}

/// Takes every role from a professional.
pub fn delete_roles(conn: &mut DbConn, of: ProfessionalId) -> QueryResult<usize> {
    diesel::delete(roles::table.filter(roles::professional_id.eq(Id::from(of)))).execute(conn)
}

/// The units a professional belongs to.
pub fn list_unit_ids(conn: &mut DbConn, of: ProfessionalId) -> QueryResult<Vec<UnitId>> {
    let query = memberships::table.filter(memberships::professional_id.eq(Id::from(of)));
    let ids: Vec<Id> = query.select(memberships::unit_id).load(conn)?;
    Ok(ids.into_iter().map(UnitId::from).collect())
}

/// The professionals of a unit whose accounts are open, by id.
pub fn list_members(conn: &mut DbConn, of: UnitId, window: &Window) -> QueryResult<Vec<Professional>> {
    let mut query = memberships::table
        .inner_join(professionals::table)
        .filter(memberships::unit_id.eq(Id::from(of)))
        .filter(professionals::closed_at.is_null())
        .into_boxed::<MultiBackend>();
    if let Some(after) = window.after {
        query = query.filter(memberships::professional_id.gt(Id::from_uuid(after.id)));
    }
    let query = query.order(memberships::professional_id.asc()).limit(window.fetch());
    let rows: Vec<ProfessionalRow> = query.select(ProfessionalRow::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Professional::from).collect())
}

/// Adds a demo person.
pub fn insert_persona(
    conn: &mut DbConn,
    position: i32,
    person: PersonId,
    description: &LocalText,
) -> QueryResult<usize> {
    let (citizen, professional) = columns_of(person);
    let row = (
        demo_personas::position.eq(position),
        demo_personas::citizen_id.eq(citizen),
        demo_personas::professional_id.eq(professional),
        demo_personas::description_fi.eq(&description.fi),
        demo_personas::description_sv.eq(&description.sv),
        demo_personas::description_en.eq(&description.en),
    );
    diesel::insert_into(demo_personas::table).values(row).execute(conn)
}

/// A person as a pair of columns, one of them null.
pub(super) fn columns_of(person: PersonId) -> (Option<Id>, Option<Id>) {
    match person {
        PersonId::Citizen(id) => (Some(id.into()), None),
        PersonId::Professional(id) => (None, Some(id.into())),
    }
}

/// The person of a pair of columns, of which the tables' checks keep just one null.
pub(super) fn person_of(citizen: Option<Id>, professional: Option<Id>) -> Option<PersonId> {
    let citizen = citizen.map(|id| PersonId::Citizen(id.into()));
    citizen.or_else(|| professional.map(|id| PersonId::Professional(id.into())))
}

type PersonaColumns = (Option<Id>, Option<Id>, String, String, String);
type Names = (Option<String>, Option<String>);

/// The demo people, in their order.
pub fn list_personas(conn: &mut DbConn) -> QueryResult<Vec<DemoPersona>> {
    let rows: Vec<(PersonaColumns, Names, Names)> = demo_personas::table
        .left_join(citizens::table.on(demo_personas::citizen_id.eq(citizens::id.nullable())))
        .left_join(professionals::table.on(demo_personas::professional_id.eq(professionals::id.nullable())))
        .order(demo_personas::position.asc())
        .select((
            (
                demo_personas::citizen_id,
                demo_personas::professional_id,
                demo_personas::description_fi,
                demo_personas::description_sv,
                demo_personas::description_en,
            ),
            (citizens::given_name.nullable(), citizens::family_name.nullable()),
            (professionals::given_name.nullable(), professionals::family_name.nullable()),
        ))
        .load(conn)?;
    let personas = rows.into_iter().filter_map(|((citizen, professional, fi, sv, en), one, other)| {
        let (given, family) = if citizen.is_some() { one } else { other };
        let name = full_name(&given.unwrap_or_default(), &family.unwrap_or_default());
        Some(DemoPersona {
            person: person_of(citizen, professional)?,
            name,
            description: LocalText { fi, sv, en },
        })
    });
    Ok(personas.collect())
}

/// Whether a person is a demo person.
pub fn is_persona(conn: &mut DbConn, person: PersonId) -> QueryResult<bool> {
    let (citizen, professional) = columns_of(person);
    let matching = demo_personas::table
        .filter(demo_personas::citizen_id.eq(citizen).or(demo_personas::professional_id.eq(professional)));
    diesel::select(exists(matching)).get_result(conn)
}
