//! Reply templates.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{ProfessionalId, TemplateId, UnitId};
use omasote_types::language::LocalText;
use omasote_types::templates::{Template, TemplateContent};

use crate::db::schema::templates;
use crate::db::{DbConn, Id, MultiBackend, Stored};

/// Whose a template is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeper {
    /// A unit's: for all who work in it.
    Unit(UnitId),
    /// A professional's own: for nobody else.
    Professional(ProfessionalId),
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = templates, check_for_backend(MultiBackend), treat_none_as_default_value = false)]
struct TemplateRow {
    id: Id,
    unit_id: Option<Id>,
    professional_id: Option<Id>,
    title_fi: String,
    title_sv: String,
    title_en: String,
    body_fi: String,
    body_sv: String,
    body_en: String,
    version: i32,
    created_at: Stored,
}

impl From<TemplateRow> for Template {
    fn from(row: TemplateRow) -> Self {
        let title = LocalText { fi: row.title_fi, sv: row.title_sv, en: row.title_en };
        let body = LocalText { fi: row.body_fi, sv: row.body_sv, en: row.body_en };
        Self {
            id: row.id.into(),
            unit_id: row.unit_id.map(UnitId::from),
            version: u32::try_from(row.version).unwrap_or_default(),
            content: TemplateContent { title, body },
        }
    }
}

/// The templates of a keeper, in the order they were made.
pub fn list(conn: &mut DbConn, of: Keeper) -> QueryResult<Vec<Template>> {
    let rows: Vec<TemplateRow> =
        kept_by(of).order(templates::id.asc()).select(TemplateRow::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Template::from).collect())
}

/// How many templates a keeper has.
pub fn count(conn: &mut DbConn, of: Keeper) -> QueryResult<i64> {
    kept_by(of).count().get_result(conn)
}

/// A template, and whose it is.
pub fn find(conn: &mut DbConn, id: TemplateId) -> QueryResult<Option<(Keeper, Template)>> {
    let row: Option<TemplateRow> =
        templates::table.find(Id::from(id)).select(TemplateRow::as_select()).first(conn).optional()?;
    Ok(row.and_then(|row| Some((keeper(&row)?, row.into()))))
}

/// Adds a template.
pub fn insert(
    conn: &mut DbConn,
    (id, of): (TemplateId, Keeper),
    content: &TemplateContent,
    now: Instant,
) -> QueryResult<Template> {
    let TemplateContent { title, body } = content.clone();
    let (unit_id, professional_id) = match of {
        Keeper::Unit(unit) => (Some(unit.into()), None),
        Keeper::Professional(professional) => (None, Some(professional.into())),
    };
    let row = TemplateRow {
        id: id.into(),
        unit_id,
        professional_id,
        title_fi: title.fi,
        title_sv: title.sv,
        title_en: title.en,
        body_fi: body.fi,
        body_sv: body.sv,
        body_en: body.en,
        version: 1,
        created_at: now.into(),
    };
    diesel::insert_into(templates::table).values(&row).execute(conn)?;
    Ok(row.into())
}

/// Changes a template when it is still of a version; says whether it was.
pub fn update(
    conn: &mut DbConn,
    id: TemplateId,
    version: u32,
    content: &TemplateContent,
) -> QueryResult<bool> {
    let TemplateContent { title, body } = content;
    let version = i32::try_from(version).unwrap_or(i32::MAX);
    let same = templates::table.filter(templates::id.eq(Id::from(id))).filter(templates::version.eq(version));
    let changed = diesel::update(same)
        .set((
            templates::title_fi.eq(&title.fi),
            templates::title_sv.eq(&title.sv),
            templates::title_en.eq(&title.en),
            templates::body_fi.eq(&body.fi),
            templates::body_sv.eq(&body.sv),
            templates::body_en.eq(&body.en),
            templates::version.eq(templates::version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Deletes a template.
pub fn delete(conn: &mut DbConn, id: TemplateId) -> QueryResult<usize> {
    diesel::delete(templates::table.find(Id::from(id))).execute(conn)
}

fn kept_by(of: Keeper) -> templates::BoxedQuery<'static, MultiBackend> {
    let query = templates::table.into_boxed::<MultiBackend>();
    match of {
        Keeper::Unit(unit) => query.filter(templates::unit_id.eq(Id::from(unit))),
        Keeper::Professional(professional) => {
            query.filter(templates::professional_id.eq(Id::from(professional)))
        }
    }
}

/// The table's check keeps one of the two there.
fn keeper(row: &TemplateRow) -> Option<Keeper> {
    let own = row.professional_id.map(|id| Keeper::Professional(id.into()));
    row.unit_id.map(|id| Keeper::Unit(id.into())).or(own)
}
