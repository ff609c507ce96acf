//! Guides: kept by who leads a unit, content editors and administrators; read by everybody.

use chrono::{Days, NaiveDate};
use omasote_client::{Client, ClientError};
use omasote_rules::guides::{Block, blocks};
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::guides::{
    Guide, GuideContent, GuideQuery, GuideSearch, GuideSource, GuideState, NewGuide,
};
use omasote_types::ids::{GuideId, UnitId};
use omasote_types::language::{Language, LocalText};
use omasote_types::people::Role;
use omasote_types::sessions::App;

use crate::harness::{TestApp, code, on_both_engines};

/// A guide in Finnish.
pub(crate) fn content(app: &TestApp, title: &str) -> GuideContent {
    let finnish = |fi: &str| LocalText { fi: fi.to_owned(), ..LocalText::default() };
    GuideContent {
        title: finnish(title),
        body: finnish("# Näin mittaat\n1. Istu viisi minuuttia.\n2. Aseta mansetti."),
        words: LocalText::default(),
        source: None,
        reviewed_on: today(app),
    }
}

fn today(app: &TestApp) -> NaiveDate {
    app.state.clock.now().date_naive()
}

/// A draft that a unit keeps.
pub(crate) async fn draft_of(app: &TestApp, unit: UnitId, title: &str) -> Guide {
    let new = NewGuide { unit_id: Some(unit), content: content(app, title) };
    app.lead(unit).await.create_guide(&new).await.unwrap()
}

/// A published guide that a unit keeps.
pub(crate) async fn of_unit(app: &TestApp, unit: UnitId, title: &str) -> Guide {
    let draft = draft_of(app, unit, title).await;
    app.lead(unit).await.publish_guide(draft.id, draft.version).await.unwrap()
}

/// Somebody who is not signed in.
fn nobody(app: &TestApp) -> Client {
    Client::new(&app.base, App::Citizen).unwrap()
}

async fn found(by: &Client, words: &str) -> Vec<String> {
    let wanted = GuideSearch { text: words.to_owned(), unit: None, cursor: None, limit: None };
    let page = by.search_guides(&wanted).await.unwrap();
    page.items.into_iter().map(|guide| guide.title.fi).collect()
}

async fn listed(by: &Client, unit: Option<UnitId>) -> Vec<GuideId> {
    let query = GuideQuery { unit, ..GuideQuery::default() };
    by.list_guides(&query).await.unwrap().items.into_iter().map(|guide| guide.id).collect()
}

fn refused_fields(outcome: Result<impl std::fmt::Debug, ClientError>) -> Vec<(String, FieldErrorCode)> {
    let ClientError::Refused(problem) = outcome.unwrap_err() else { panic!("must be refused") };
    assert_eq!(problem.code, ErrorCode::ValidationFailed);
    problem.errors.into_iter().map(|error| (error.field, error.code)).collect()
}

#[test]
fn the_guides_of_the_demo_are_sound_whole_in_every_language_and_alike_in_shape() {
    let county = omasote_demo::county(7, chrono::DateTime::default());
    let of_units = county.units.into_iter().flat_map(|unit| unit.guides);
    let all: Vec<GuideContent> = county.guides.into_iter().chain(of_units).collect();
    assert_eq!(all.len(), 8);
    for content in all {
        content.validate().unwrap();
        let shape = |language| {
            let count = |block: Block| match block {
                Block::Heading(_) => ('#', 1),
                Block::Paragraph(lines) => ('p', lines.len()),
                Block::List(items) => ('-', items.len()),
                Block::Steps(items) => ('1', items.len()),
            };
            blocks(content.body.text(language)).into_iter().map(count).collect::<Vec<_>>()
        };
        assert!(shape(Language::Fi).len() > 4, "{}", content.title.fi);
        for language in [Language::Sv, Language::En] {
            assert!(
                content.has(language) && !content.words.text(language).is_empty(),
                "{}",
                content.title.fi
            );
            assert_eq!(shape(language), shape(Language::Fi), "{} in {}", content.title.fi, language.code());
        }
    }
}

on_both_engines! {
    async fn a_lead_writes_a_guide_and_everybody_reads_it_once_it_is_published(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (lead, nobody) = (app.lead(unit.id).await, nobody(&app));
        let draft = draft_of(&app, unit.id, "Verenpaineen mittaaminen").await;
        assert_eq!((draft.state, draft.version), (GuideState::Draft, 1));
        assert_eq!(draft.unit.as_ref().map(|unit| unit.id), Some(unit.id));
        assert_eq!(code(nobody.get_guide(draft.id).await), ErrorCode::NotFound);
        assert_eq!((listed(&nobody, None).await, found(&nobody, "verenpaine").await), (vec![], vec![]));
        assert_eq!(lead.get_kept_guide(draft.id).await.unwrap(), draft);

        let published = lead.publish_guide(draft.id, 1).await.unwrap();
        assert_eq!((published.state, published.version), (GuideState::Published, 2));
        assert_eq!(nobody.get_guide(draft.id).await.unwrap(), published);
        assert_eq!(listed(&nobody, None).await, [draft.id]);

        let better = GuideContent {
            source: Some(GuideSource { name: "Terveyskylä".to_owned(), url: Some("https://www.terveyskyla.fi".to_owned()) }),
            ..content(&app, "Verenpaine kotona")
        };
        let changed = lead.update_guide(draft.id, 2, &better).await.unwrap();
        assert_eq!((changed.version, &changed.content), (3, &better));
        assert_eq!(nobody.get_guide(draft.id).await.unwrap(), changed);
    }

    async fn a_retired_guide_opens_by_its_address_and_is_in_no_list(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (lead, nobody) = (app.lead(unit.id).await, nobody(&app));
        let guide = of_unit(&app, unit.id, "Haavan hoito").await;
        let retired = lead.retire_guide(guide.id, guide.version).await.unwrap();
        assert_eq!(retired.state, GuideState::Retired);
        assert_eq!(nobody.get_guide(guide.id).await.unwrap(), retired);
        assert_eq!((listed(&nobody, None).await, found(&nobody, "haava").await), (vec![], vec![]));
        let kept = lead.list_kept_guides(&GuideQuery { unit: Some(unit.id), ..GuideQuery::default() }).await.unwrap();
        assert_eq!(kept.items.iter().map(|guide| guide.state).collect::<Vec<_>>(), [GuideState::Retired]);
        // It may be taken up again; what was published is never deleted.
        assert_eq!(code(lead.delete_guide(guide.id).await), ErrorCode::Conflict);
        lead.publish_guide(guide.id, retired.version).await.unwrap();
        assert_eq!(listed(&nobody, None).await, [guide.id]);
    }

    async fn a_draft_is_deleted_and_not_retired(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let lead = app.lead(unit.id).await;
        let draft = draft_of(&app, unit.id, "Keskeneräinen").await;
        assert_eq!(code(lead.retire_guide(draft.id, 1).await), ErrorCode::Conflict);
        lead.delete_guide(draft.id).await.unwrap();
        assert_eq!(code(lead.get_kept_guide(draft.id).await), ErrorCode::NotFound);
    }

    async fn who_keeps_what(app: TestApp) {
        let (unit, elsewhere) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon neuvola").await);
        let (lead, other) = (app.lead(unit.id).await, app.lead(elsewhere.id).await);
        let (hanna, aino) = (app.professional(unit.id).await, app.citizen().await);
        let (editor, administrator) = (app.official(Role::Editor).await, app.official(Role::Administrator).await);
        let of = |unit_id| NewGuide { unit_id, content: content(&app, "Ohje") };
        let (of_unit, of_county) = (of(Some(unit.id)), of(None));

        for keeper in [&editor, &administrator] {
            for new in [&of_unit, &of_county] {
                let made = keeper.create_guide(new).await.unwrap();
                assert_eq!(made.unit.map(|unit| unit.id), new.unit_id);
                keeper.publish_guide(made.id, 1).await.unwrap();
            }
        }
        lead.create_guide(&of_unit).await.unwrap();
        for refused in [&other, &hanna] {
            assert_eq!(code(refused.create_guide(&of_unit).await), ErrorCode::RoleRequired);
            assert_eq!(code(refused.create_guide(&of_county).await), ErrorCode::RoleRequired);
        }
        assert_eq!(code(lead.create_guide(&of_county).await), ErrorCode::RoleRequired);
        assert_eq!(code(aino.create_guide(&of_unit).await), ErrorCode::RoleRequired);
        let none = of(Some(UnitId::at(app.state.clock.now())));
        let unknown = refused_fields(administrator.create_guide(&none).await);
        assert_eq!(unknown, [("unitId".to_owned(), FieldErrorCode::UnknownReference)]);

        // Others know of what is published, and of no draft.
        let (draft, published) = (draft_of(&app, unit.id, "Luonnos").await, crate::guides::of_unit(&app, unit.id, "Valmis").await);
        let changed = content(&app, "Muutettu");
        for (id, expected) in [(draft.id, ErrorCode::NotFound), (published.id, ErrorCode::RoleRequired)] {
            assert_eq!(code(other.get_kept_guide(id).await), expected);
            assert_eq!(code(hanna.update_guide(id, 1, &changed).await), expected);
            assert_eq!(code(aino.publish_guide(id, 1).await), expected);
            assert_eq!(code(other.retire_guide(id, 1).await), expected);
            assert_eq!(code(aino.delete_guide(id).await), expected);
        }
        assert_eq!(lead.get_kept_guide(draft.id).await.unwrap(), draft);
        assert_eq!(lead.get_kept_guide(published.id).await.unwrap(), published);
    }

    async fn guides_are_found_by_any_form_of_a_word_in_any_language(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (editor, nobody) = (app.official(Role::Editor).await, nobody(&app));
        let fever = GuideContent {
            title: LocalText { fi: "Flunssa ja kuume".to_owned(), sv: "Feber".to_owned(), en: String::new() },
            body: LocalText { fi: "Lepää ja juo.".to_owned(), sv: "Vila dig.".to_owned(), en: String::new() },
            words: LocalText { fi: "yskä, räkätauti".to_owned(), ..LocalText::default() },
            ..content(&app, "")
        };
        let made = editor.create_guide(&NewGuide { unit_id: None, content: fever }).await.unwrap();
        editor.publish_guide(made.id, 1).await.unwrap();
        of_unit(&app, unit.id, "Verenpaineen mittaaminen 100 %").await;
        for words in ["kuumeeseen", "FEBER", "yskään", "räkätautia lepää", "flunssaa, kuumetta?", "vila"] {
            assert_eq!(found(&nobody, words).await, ["Flunssa ja kuume"], "{words}");
        }
        for words in ["mansetti", "verenpainetta", "paine", "100"] {
            assert_eq!(found(&nobody, words).await, ["Verenpaineen mittaaminen 100 %"], "{words}");
        }
        for words in ["kuume mansetti", "%", "_", "'; drop table guides; --", "murtuma"] {
            assert_eq!(found(&nobody, words).await, [""; 0], "{words}");
        }
        // Of many words the longest ten count, each once.
        let many = format!("{}kuume flunssa yskä lepää juo", "mansetti kuume ".repeat(10));
        assert_eq!(found(&nobody, &many).await, [""; 0]);
        let many = format!("lepää flunssa kuume räkätauti yskä feber vila dig juo ja {}", "x y z v w q ".repeat(5));
        assert_eq!(found(&nobody, &many).await, ["Flunssa ja kuume"]);
        let of_unit = GuideSearch { text: "kuume".to_owned(), unit: Some(unit.id), cursor: None, limit: None };
        assert_eq!(nobody.search_guides(&of_unit).await.unwrap().items, []);
        assert_eq!(listed(&nobody, Some(unit.id)).await.len(), 1);
        let empty = GuideSearch { text: " ".to_owned(), ..of_unit };
        assert_eq!(refused_fields(nobody.search_guides(&empty).await), [("text".to_owned(), FieldErrorCode::Required)]);
    }

    async fn guides_come_page_by_page(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let mut made = Vec::new();
        for number in 0..5 {
            made.push(of_unit(&app, unit.id, &format!("Ohje {number}")).await.id);
        }
        let (nobody, mut seen, mut cursor) = (nobody(&app), Vec::new(), None);
        loop {
            let query = GuideQuery { unit: None, cursor, limit: Some(2) };
            let page = nobody.list_guides(&query).await.unwrap();
            assert!(page.items.len() <= 2);
            seen.extend(page.items.iter().map(|guide| guide.id));
            cursor = page.next_cursor;
            if cursor.is_none() { break; }
        }
        assert_eq!(seen, made);
        let foreign = GuideQuery { cursor: Some("AAAA".to_owned()), ..GuideQuery::default() };
        assert_eq!(code(nobody.list_guides(&foreign).await), ErrorCode::InvalidCursor);
    }

    async fn what_is_wrong_with_a_guide_is_told_by_field_and_nothing_is_kept(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let lead = app.lead(unit.id).await;
        let kept = draft_of(&app, unit.id, "Ohje").await;
        let good = content(&app, "Ohje");
        let source = |url: &str| Some(GuideSource { name: "THL".to_owned(), url: Some(url.to_owned()) });
        let (empty, half) = (LocalText::default(), LocalText { sv: "Anvisning".to_owned(), ..good.title.clone() });
        let cases = [
            (GuideContent { title: empty.clone(), ..good.clone() }, "title.fi", FieldErrorCode::Required),
            (GuideContent { body: empty, ..good.clone() }, "body.fi", FieldErrorCode::Required),
            (GuideContent { title: half, ..good.clone() }, "body.sv", FieldErrorCode::Required),
            (content(&app, &"a".repeat(121)), "title.fi", FieldErrorCode::TooLong),
            (content(&app, "a\0b"), "title.fi", FieldErrorCode::ForbiddenCharacter),
            (GuideContent { source: source("http://thl.fi"), ..good.clone() }, "source.url", FieldErrorCode::InvalidFormat),
            (GuideContent { source: source("javascript:alert(1)"), ..good.clone() }, "source.url", FieldErrorCode::InvalidFormat),
            (GuideContent { reviewed_on: today(&app) + Days::new(2), ..good.clone() }, "reviewedOn", FieldErrorCode::InvalidFormat),
        ];
        for (wrong, field, why) in cases {
            let expected = [(field.to_owned(), why)];
            let new = NewGuide { unit_id: Some(unit.id), content: wrong.clone() };
            assert_eq!(refused_fields(lead.create_guide(&new).await), expected);
            assert_eq!(refused_fields(lead.update_guide(kept.id, 1, &wrong).await), expected);
        }
        let all = lead.list_kept_guides(&GuideQuery { unit: Some(unit.id), ..GuideQuery::default() }).await.unwrap();
        assert_eq!((all.items.len(), lead.get_kept_guide(kept.id).await.unwrap()), (1, kept));
    }

    async fn two_who_change_the_same_guide_do_not_undo_each_others(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (one, other) = (app.lead(unit.id).await, app.official(Role::Editor).await);
        let made = draft_of(&app, unit.id, "Ohje").await;
        let first = one.update_guide(made.id, 1, &content(&app, "Ensin")).await.unwrap();
        assert_eq!(code(other.update_guide(made.id, 1, &content(&app, "Sitten")).await), ErrorCode::PreconditionFailed);
        // What was not seen is not published either.
        assert_eq!(code(other.publish_guide(made.id, 1).await), ErrorCode::PreconditionFailed);
        assert_eq!(one.get_kept_guide(made.id).await.unwrap(), first);
        let published = other.publish_guide(made.id, first.version).await.unwrap();
        assert_eq!(code(one.retire_guide(made.id, first.version).await), ErrorCode::PreconditionFailed);
        assert_eq!(one.get_kept_guide(made.id).await.unwrap(), published);
    }
}
