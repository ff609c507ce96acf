//! Guides.

use chrono::NaiveDate;
use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::guides::{Guide, GuideContent, GuideSource, GuideState, GuideSummary};
use omasote_types::ids::{GuideId, LinkedId, UnitId};
use omasote_types::language::{Language, LocalText};
use omasote_types::units::UnitRef;

use super::messages::{Target, words_of};
use crate::cursor::Window;
use crate::db::schema::{guides, units};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored, TextColumn};

impl TextColumn for GuideState {
    fn as_text(self) -> &'static str {
        self.code()
    }

    fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == text)
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = guides, check_for_backend(MultiBackend))]
struct SummaryRow {
    id: Id,
    state: DbText<GuideState>,
    title_fi: String,
    title_sv: String,
    title_en: String,
    reviewed_on: NaiveDate,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(
    table_name = guides,
    check_for_backend(MultiBackend),
    treat_none_as_default_value = false,
    treat_none_as_null = true
)]
struct ContentRow {
    title_fi: String,
    title_sv: String,
    title_en: String,
    body_fi: String,
    body_sv: String,
    body_en: String,
    words_fi: String,
    words_sv: String,
    words_en: String,
    source_name: Option<String>,
    source_url: Option<String>,
    reviewed_on: NaiveDate,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = units, check_for_backend(MultiBackend))]
struct KeeperNames {
    id: Id,
    name_fi: String,
    name_sv: String,
    name_en: String,
}

impl From<KeeperNames> for UnitRef {
    fn from(row: KeeperNames) -> Self {
        let name = LocalText { fi: row.name_fi, sv: row.name_sv, en: row.name_en };
        Self { id: row.id.into(), name }
    }
}

type NamedSummary = (SummaryRow, Option<KeeperNames>);

fn to_summary((row, keeper): NamedSummary) -> GuideSummary {
    GuideSummary {
        id: row.id.into(),
        unit: keeper.map(UnitRef::from),
        state: row.state.0,
        title: LocalText { fi: row.title_fi, sv: row.title_sv, en: row.title_en },
        reviewed_on: row.reviewed_on,
    }
}

impl From<ContentRow> for GuideContent {
    fn from(row: ContentRow) -> Self {
        let url = row.source_url;
        Self {
            title: LocalText { fi: row.title_fi, sv: row.title_sv, en: row.title_en },
            body: LocalText { fi: row.body_fi, sv: row.body_sv, en: row.body_en },
            words: LocalText { fi: row.words_fi, sv: row.words_sv, en: row.words_en },
            source: row.source_name.map(|name| GuideSource { name, url }),
            reviewed_on: row.reviewed_on,
        }
    }
}

impl From<GuideContent> for ContentRow {
    fn from(content: GuideContent) -> Self {
        let GuideContent { title, body, words, source, reviewed_on } = content;
        let (source_name, source_url) = source.map_or((None, None), |source| (Some(source.name), source.url));
        Self {
            title_fi: title.fi,
            title_sv: title.sv,
            title_en: title.en,
            body_fi: body.fi,
            body_sv: body.sv,
            body_en: body.en,
            words_fi: words.fi,
            words_sv: words.sv,
            words_en: words.en,
            source_name,
            source_url,
            reviewed_on,
        }
    }
}

/// By which words a guide is found: those of all its texts.
fn searched(content: &GuideContent) -> String {
    let GuideContent { title, body, words, .. } = content;
    let texts = Language::ALL
        .map(|language| format!("{} {} {}", title.text(language), words.text(language), body.text(language)));
    words_of(&texts.join(" "))
}

/// Guides as lists show them, those that were made first at the beginning, boxed so that filters can be added.
macro_rules! summaries {
    ($window:expr) => {{
        let mut query = guides::table
            .left_join(units::table)
            .select((SummaryRow::as_select(), Option::<KeeperNames>::as_select()))
            .order(guides::id.asc())
            .limit($window.fetch())
            .into_boxed::<MultiBackend>();
        if let Some(after) = $window.after {
            query = query.filter(guides::id.gt(Id::from_uuid(after.id)));
        }
        query
    }};
}

/// The published guides, of a unit or all.
pub fn list(conn: &mut DbConn, of: Option<UnitId>, window: &Window) -> QueryResult<Vec<GuideSummary>> {
    find_by_words(conn, of, &[], window)
}

/// The published guides that have all of the words, or words that hold them.
pub fn find_by_words(
    conn: &mut DbConn,
    of: Option<UnitId>,
    words: &[String],
    window: &Window,
) -> QueryResult<Vec<GuideSummary>> {
    let mut query = summaries!(window).filter(guides::state.eq(DbText(GuideState::Published)));
    if let Some(unit) = of {
        query = query.filter(guides::unit_id.eq(Id::from(unit)));
    }
    for word in words {
        // Words are letters and digits, so nothing in them stands for something else.
        query = query.filter(guides::searched.like(format!("%{word}%")));
    }
    let rows: Vec<NamedSummary> = query.load(conn)?;
    Ok(rows.into_iter().map(to_summary).collect())
}

/// What a unit, or the county, keeps, in whatever state.
pub fn list_kept(conn: &mut DbConn, of: Option<UnitId>, window: &Window) -> QueryResult<Vec<GuideSummary>> {
    let query = match of {
        Some(unit) => summaries!(window).filter(guides::unit_id.eq(Id::from(unit))),
        None => summaries!(window).filter(guides::unit_id.is_null()),
    };
    let rows: Vec<NamedSummary> = query.load(conn)?;
    Ok(rows.into_iter().map(to_summary).collect())
}

/// One guide.
pub fn find(conn: &mut DbConn, id: GuideId) -> QueryResult<Option<Guide>> {
    type Row = (DbText<GuideState>, i32, Stored, ContentRow, Option<KeeperNames>);
    let row: Option<Row> = guides::table
        .left_join(units::table)
        .filter(guides::id.eq(Id::from(id)))
        .select((
            guides::state,
            guides::version,
            guides::changed_at,
            ContentRow::as_select(),
            Option::<KeeperNames>::as_select(),
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(|(state, version, changed_at, content, keeper)| Guide {
        id,
        unit: keeper.map(UnitRef::from),
        version: u32::try_from(version).unwrap_or_default(),
        state: state.0,
        content: content.into(),
        changed_at: changed_at.into(),
    }))
}

/// Adds a guide.
pub fn insert(
    conn: &mut DbConn,
    (id, of, state): (GuideId, Option<UnitId>, GuideState),
    content: &GuideContent,
    now: Instant,
) -> QueryResult<usize> {
    let row = (
        guides::id.eq(Id::from(id)),
        guides::unit_id.eq(of.map(Id::from)),
        guides::state.eq(DbText(state)),
        ContentRow::from(content.clone()),
        guides::searched.eq(searched(content)),
        guides::version.eq(1),
        guides::created_at.eq(Stored::from(now)),
        guides::changed_at.eq(Stored::from(now)),
    );
    diesel::insert_into(guides::table).values(row).execute(conn)
}

/// Changes what a guide says when it is still of a version; says whether it was.
pub fn update(
    conn: &mut DbConn,
    (id, version): (GuideId, u32),
    content: &GuideContent,
    now: Instant,
) -> QueryResult<bool> {
    let version = i32::try_from(version).unwrap_or(i32::MAX);
    let same = guides::table.filter(guides::id.eq(Id::from(id))).filter(guides::version.eq(version));
    let changed = diesel::update(same)
        .set((
            ContentRow::from(content.clone()),
            guides::searched.eq(searched(content)),
            guides::version.eq(guides::version + 1),
            guides::changed_at.eq(Stored::from(now)),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Changes where a guide stands when it is still of a version; says whether it was.
pub fn set_state(
    conn: &mut DbConn,
    (id, version): (GuideId, u32),
    state: GuideState,
    now: Instant,
) -> QueryResult<bool> {
    let version = i32::try_from(version).unwrap_or(i32::MAX);
    let same = guides::table.filter(guides::id.eq(Id::from(id))).filter(guides::version.eq(version));
    let changed = diesel::update(same)
        .set((
            guides::state.eq(DbText(state)),
            guides::version.eq(guides::version + 1),
            guides::changed_at.eq(Stored::from(now)),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Deletes a guide that was never published; says whether it was one.
pub fn delete_draft(conn: &mut DbConn, id: GuideId) -> QueryResult<bool> {
    let draft = guides::table.find(Id::from(id)).filter(guides::state.eq(DbText(GuideState::Draft)));
    Ok(diesel::delete(draft).execute(conn)? == 1)
}

/// What links to guides lead to. Drafts are nothing that one could lead to.
pub(super) fn list_targets(conn: &mut DbConn, ids: &[LinkedId]) -> QueryResult<Vec<Target>> {
    type Row = (Id, DbText<GuideState>, String, String, String);
    let ids: Vec<Id> = ids.iter().map(|id| Id::from(*id)).collect();
    let rows: Vec<Row> = guides::table
        .filter(guides::id.eq_any(ids))
        .filter(guides::state.ne(DbText(GuideState::Draft)))
        .select((guides::id, guides::state, guides::title_fi, guides::title_sv, guides::title_en))
        .load(conn)?;
    let target = |(id, state, fi, sv, en): Row| Target {
        id: id.into(),
        title: LocalText { fi, sv, en },
        starts_at: None,
        citizen: None,
        can_be_sent: state.0 == GuideState::Published,
        is_retired: state.0 == GuideState::Retired,
    };
    Ok(rows.into_iter().map(target).collect())
}
