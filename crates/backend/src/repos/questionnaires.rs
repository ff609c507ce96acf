//! Questionnaires and their published versions.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{ProfessionalId, QuestionnaireId, UnitId};
use omasote_types::language::LocalText;
use omasote_types::questionnaires::{Form, Questionnaire, QuestionnaireSummary, QuestionnaireVersion};

use super::json::{read, write};
use crate::cursor::Window;
use crate::db::schema::{questionnaire_versions, questionnaires};
use crate::db::{DbConn, Id, MultiBackend, Stored};

#[derive(Queryable, Selectable)]
#[diesel(table_name = questionnaires, check_for_backend(MultiBackend))]
struct SummaryRow {
    id: Id,
    unit_id: Option<Id>,
    name: Option<String>,
    version: i32,
    title_fi: String,
    title_sv: String,
    title_en: String,
    published: Option<i32>,
    has_changes: bool,
    retired_at: Option<Stored>,
}

impl From<SummaryRow> for QuestionnaireSummary {
    fn from(row: SummaryRow) -> Self {
        let published = row.published.and_then(|number| u32::try_from(number).ok());
        Self {
            id: row.id.into(),
            unit_id: row.unit_id.map(UnitId::from),
            name: row.name,
            title: LocalText { fi: row.title_fi, sv: row.title_sv, en: row.title_en },
            published: published.filter(|_| row.retired_at.is_none()),
            has_changes: row.has_changes,
            retired_at: row.retired_at.map(Instant::from),
            version: u32::try_from(row.version).unwrap_or_default(),
        }
    }
}

/// What is kept of a questionnaire when it is made.
#[derive(Clone, Debug)]
pub struct NewRow<'a> {
    /// Its id.
    pub id: QuestionnaireId,
    /// Who keeps it; all of the county when none does.
    pub unit: Option<UnitId>,
    /// Its name among those that come with Omasote.
    pub name: Option<&'a str>,
    /// What it says.
    pub form: &'a Form,
}

/// Keeps a new questionnaire, as a draft; says whether there was none of its name.
pub fn insert(conn: &mut DbConn, new: &NewRow<'_>, now: Instant) -> QueryResult<bool> {
    if let Some(name) = new.name {
        let taken = questionnaires::table.filter(questionnaires::name.eq(Some(name)));
        if diesel::select(diesel::dsl::exists(taken)).get_result(conn)? {
            return Ok(false);
        }
    }
    let never: Option<Stored> = None;
    let row = (
        questionnaires::id.eq(Id::from(new.id)),
        questionnaires::unit_id.eq(new.unit.map(Id::from)),
        questionnaires::name.eq(new.name),
        questionnaires::draft.eq(write(new.form)?),
        questionnaires::version.eq(1),
        questionnaires::title_fi.eq(&new.form.title.fi),
        questionnaires::title_sv.eq(&new.form.title.sv),
        questionnaires::title_en.eq(&new.form.title.en),
        questionnaires::published.eq(None::<i32>),
        questionnaires::has_changes.eq(true),
        questionnaires::retired_at.eq(never),
        questionnaires::created_at.eq(Stored::from(now)),
    );
    Ok(diesel::insert_into(questionnaires::table).values(row).execute(conn)? == 1)
}

/// Questionnaires, the one that was made first at the beginning. Those with which other tasks are answered are not among them.
pub fn list(conn: &mut DbConn, window: &Window) -> QueryResult<Vec<QuestionnaireSummary>> {
    let of_tasks = omasote_forms::OF_TASKS.map(|shipped| Some(shipped.name));
    let is_given = questionnaires::name.is_null().or(questionnaires::name.ne_all(of_tasks));
    let mut query = questionnaires::table
        .filter(is_given.assume_not_null())
        .select(SummaryRow::as_select())
        .into_boxed::<MultiBackend>();
    if let Some(after) = window.after {
        query = query.filter(questionnaires::id.gt(Id::from_uuid(after.id)));
    }
    let rows: Vec<SummaryRow> = query.order(questionnaires::id.asc()).limit(window.fetch()).load(conn)?;
    Ok(rows.into_iter().map(QuestionnaireSummary::from).collect())
}

/// A questionnaire with its draft.
pub fn find(conn: &mut DbConn, id: QuestionnaireId) -> QueryResult<Option<Questionnaire>> {
    let found: Option<(SummaryRow, String)> = questionnaires::table
        .find(Id::from(id))
        .select((SummaryRow::as_select(), questionnaires::draft))
        .first(conn)
        .optional()?;
    found.map(|(row, draft)| Ok(Questionnaire { summary: row.into(), form: read(&draft)? })).transpose()
}

/// The questionnaire that comes with Omasote by a name.
pub fn find_shipped(conn: &mut DbConn, name: &str) -> QueryResult<Option<QuestionnaireSummary>> {
    let named = questionnaires::table.filter(questionnaires::name.eq(Some(name)));
    let row: Option<SummaryRow> = named.select(SummaryRow::as_select()).first(conn).optional()?;
    Ok(row.map(QuestionnaireSummary::from))
}

/// Changes the draft when it is still of a version; says whether it was.
pub fn update(conn: &mut DbConn, (id, version): (QuestionnaireId, u32), form: &Form) -> QueryResult<bool> {
    let changed = diesel::update(same(id, version))
        .set((
            questionnaires::draft.eq(write(form)?),
            questionnaires::has_changes.eq(true),
            questionnaires::version.eq(questionnaires::version + 1),
        ))
        .execute(conn)?;
    // Until something is published, the draft names it.
    let unpublished = questionnaires::table.find(Id::from(id)).filter(questionnaires::published.is_null());
    diesel::update(unpublished).set(titled(form)).execute(conn)?;
    Ok(changed == 1)
}

/// Publishes the draft as the version after the last; says which it is, or none when the draft is of another version by now.
pub fn publish(
    conn: &mut DbConn,
    (id, version): (QuestionnaireId, u32),
    form: &Form,
    (by, now): (Option<ProfessionalId>, Instant),
) -> QueryResult<Option<u32>> {
    let last: Option<i32> = questionnaire_versions::table
        .filter(questionnaire_versions::questionnaire_id.eq(Id::from(id)))
        .select(diesel::dsl::max(questionnaire_versions::number))
        .get_result(conn)?;
    let number = last.unwrap_or_default().saturating_add(1);
    let never: Option<Stored> = None;
    let changed = diesel::update(same(id, version))
        .set((
            questionnaires::published.eq(Some(number)),
            questionnaires::has_changes.eq(false),
            questionnaires::retired_at.eq(never),
            questionnaires::draft.eq(write(form)?),
            titled(form),
            questionnaires::version.eq(questionnaires::version + 1),
        ))
        .execute(conn)?;
    if changed == 0 {
        return Ok(None);
    }
    let row = (
        questionnaire_versions::questionnaire_id.eq(Id::from(id)),
        questionnaire_versions::number.eq(number),
        questionnaire_versions::form.eq(write(form)?),
        questionnaire_versions::published_at.eq(Stored::from(now)),
        questionnaire_versions::published_by.eq(by.map(Id::from)),
    );
    diesel::insert_into(questionnaire_versions::table).values(row).execute(conn)?;
    Ok(u32::try_from(number).ok())
}

/// Retires a questionnaire when its draft is still of a version; says whether it was.
pub fn retire(conn: &mut DbConn, (id, version): (QuestionnaireId, u32), now: Instant) -> QueryResult<bool> {
    let changed = diesel::update(same(id, version))
        .set((
            questionnaires::retired_at.eq(Some(Stored::from(now))),
            questionnaires::version.eq(questionnaires::version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// A published version.
pub fn find_version(
    conn: &mut DbConn,
    id: QuestionnaireId,
    number: u32,
) -> QueryResult<Option<QuestionnaireVersion>> {
    let Ok(row_number) = i32::try_from(number) else { return Ok(None) };
    let found: Option<(String, Stored)> = questionnaire_versions::table
        .find((Id::from(id), row_number))
        .select((questionnaire_versions::form, questionnaire_versions::published_at))
        .first(conn)
        .optional()?;
    let version = |(form, published_at): (String, Stored)| {
        let form = read(&form)?;
        Ok(QuestionnaireVersion { questionnaire_id: id, number, published_at: published_at.into(), form })
    };
    found.map(version).transpose()
}

type Same = diesel::dsl::Filter<
    diesel::dsl::Find<questionnaires::table, Id>,
    diesel::dsl::Eq<questionnaires::version, i32>,
>;

fn same(id: QuestionnaireId, version: u32) -> Same {
    let version = i32::try_from(version).unwrap_or(i32::MAX);
    questionnaires::table.find(Id::from(id)).filter(questionnaires::version.eq(version))
}

type Titled<'a> = (
    diesel::dsl::Eq<questionnaires::title_fi, &'a String>,
    diesel::dsl::Eq<questionnaires::title_sv, &'a String>,
    diesel::dsl::Eq<questionnaires::title_en, &'a String>,
);

fn titled(form: &Form) -> Titled<'_> {
    (
        questionnaires::title_fi.eq(&form.title.fi),
        questionnaires::title_sv.eq(&form.title.sv),
        questionnaires::title_en.eq(&form.title.en),
    )
}
