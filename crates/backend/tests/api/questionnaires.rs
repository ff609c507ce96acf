//! Questionnaires: kept as drafts, published as versions that do not change.

use omasote_client::{ClientError, IdempotencyKey};
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::QuestionnaireId;
use omasote_types::language::{Language, LocalText};
use omasote_types::page::PageQuery;
use omasote_types::people::Role;
use omasote_types::questionnaires::{
    Form, Item, ItemKind, NewQuestionnaire, QuestionnaireSummary, Translation, Translations,
};

use serde_json::json;

use crate::harness::{TestApp, code, on_both_engines};

/// A question in Finnish.
pub(crate) fn question(link_id: &str, text: &str, kind: ItemKind) -> Item {
    Item {
        link_id: link_id.to_owned(),
        text: finnish(text),
        help: LocalText::default(),
        is_required: true,
        show_when: None,
        codes: Vec::new(),
        kind,
    }
}

fn finnish(fi: &str) -> LocalText {
    LocalText { fi: fi.to_owned(), ..LocalText::default() }
}

/// A form in Finnish of one question.
pub(crate) fn form(title: &str) -> Form {
    Form {
        title: finnish(title),
        translations: Translations { fi: Translation::Original, ..Translations::default() },
        items: vec![question("syy", "Mitä haluat kertoa?", ItemKind::Text { max_characters: Some(100) })],
        ..Form::default()
    }
}

/// A questionnaire of the county that is published.
pub(crate) async fn published(app: &TestApp) -> QuestionnaireId {
    let editor = app.official(Role::Editor).await;
    let new = NewQuestionnaire { unit_id: None, form: form("Esitiedot") };
    let made = editor.create_questionnaire(&new, &IdempotencyKey::random()).await.unwrap();
    editor.publish_questionnaire(made.summary.id, made.summary.version).await.unwrap();
    made.summary.id
}

/// The questionnaire that comes with Omasote by a name.
pub(crate) async fn shipped(app: &TestApp, name: &str) -> QuestionnaireSummary {
    let editor = app.official(Role::Editor).await;
    let page = editor.list_questionnaires(&PageQuery::default()).await.unwrap();
    page.items.into_iter().find(|one| one.name.as_deref() == Some(name)).unwrap()
}

fn refused_fields(outcome: Result<impl std::fmt::Debug, ClientError>) -> Vec<(String, FieldErrorCode)> {
    let ClientError::Refused(problem) = outcome.unwrap_err() else { panic!("must be refused") };
    assert_eq!(problem.code, ErrorCode::ValidationFailed);
    problem.errors.into_iter().map(|error| (error.field, error.code)).collect()
}

on_both_engines! {
    async fn those_that_come_with_omasote_are_there_and_published(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let hanna = app.professional(unit.id).await;
        let page = hanna.list_questionnaires(&PageQuery::default()).await.unwrap();
        let mut names: Vec<_> = page.items.iter().filter_map(|one| one.name.as_deref()).collect();
        names.sort_unstable();
        assert_eq!(names, ["audit", "audit-c", "findrisc", "gad-7", "pain", "phq-9", "pre-visit"]);
        for one in page.items {
            assert_eq!((one.unit_id, one.published, one.has_changes), (None, Some(1), false));
            let version = hanna.get_questionnaire_version(one.id, 1).await.unwrap();
            assert_eq!(version.form.title, one.title);
        }
        // The next start of the same version publishes nothing anew.
        let again = TestApp::start_on(app.database.clone(), &[("demo", "true")]).await;
        assert_eq!(shipped(&again, "phq-9").await.published, Some(1));
    }

    async fn those_that_come_with_omasote_go_out_as_fhir_and_come_back_unchanged(app: TestApp) {
        let editor = app.official(Role::Editor).await;
        for one in editor.list_questionnaires(&PageQuery::default()).await.unwrap().items {
            let resource = TestApp::http().get(app.url(&format!("/api/v1/questionnaires/{}/versions/1/fhir", one.id)));
            let answer = resource.send().await.unwrap();
            assert_eq!(answer.headers()["content-type"], "application/fhir+json; charset=utf-8");
            let resource = answer.text().await.unwrap();
            assert_eq!(editor.export_questionnaire(one.id, 1).await.unwrap(), resource);
            let form = editor.get_questionnaire_version(one.id, 1).await.unwrap().form;
            let back = editor.import_questionnaire(None, resource, &IdempotencyKey::random()).await.unwrap();
            assert_eq!((back.questionnaire.form, back.left_out), (form, Vec::new()));
            let summary = back.questionnaire.summary;
            assert_eq!((summary.published, summary.name), (None, None));
        }
    }

    async fn a_questionnaire_of_others_is_taken_named_as_left_out_or_refused_with_every_reason(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let lead = app.lead(unit.id).await;
        let resource = json!({
            "resourceType": "Questionnaire", "language": "fi", "title": "Uni", "status": "active", "publisher": "Toiset",
            "item": [{ "linkId": "1", "text": "Nukutko hyvin?", "type": "boolean" }],
        });
        let key = IdempotencyKey::random();
        let taken = lead.import_questionnaire(Some(unit.id), resource.to_string(), &key).await.unwrap();
        assert_eq!(taken.questionnaire.form.items[0].kind, ItemKind::YesNo {});
        assert_eq!(taken.questionnaire.summary.unit_id, Some(unit.id));
        let left_out: Vec<_> = taken.left_out.iter().map(|one| (one.link_id.as_str(), one.element.as_str())).collect();
        assert_eq!(left_out, [("", "publisher")]);
        // The same request, done once.
        let again = lead.import_questionnaire(Some(unit.id), resource.to_string(), &key).await.unwrap();
        assert_eq!(again.questionnaire.summary.id, taken.questionnaire.summary.id);

        let many = lead.list_questionnaires(&PageQuery::default()).await.unwrap().items.len();
        let strange = json!({
            "resourceType": "Questionnaire", "language": "fi", "title": "Uni",
            "item": [
                { "linkId": "1", "text": "Liitä kuva", "type": "attachment" },
                { "linkId": "2", "text": "Milloin?", "type": "date", "repeats": true },
            ],
        });
        let outcome = lead.import_questionnaire(Some(unit.id), strange.to_string(), &IdempotencyKey::random()).await;
        let expected = ["items.1.attachment", "items.2.repeats"].map(|field| (field.to_owned(), FieldErrorCode::NotSupported));
        assert_eq!(refused_fields(outcome), expected);
        let key = IdempotencyKey::random();
        let other = lead.import_questionnaire(Some(unit.id), r#"{"resourceType":"Patient"}"#.to_owned(), &key);
        assert_eq!(refused_fields(other.await), [("resourceType".to_owned(), FieldErrorCode::InvalidFormat)]);
        let broken = lead.import_questionnaire(Some(unit.id), "{".to_owned(), &key);
        assert_eq!(code(broken.await), ErrorCode::MalformedBody);
        assert_eq!(lead.list_questionnaires(&PageQuery::default()).await.unwrap().items.len(), many);
    }

    async fn what_the_county_changes_of_them_stays(app: TestApp) {
        let phq = shipped(&app, "phq-9").await;
        let editor = app.official(Role::Editor).await;
        let mut form = editor.get_questionnaire(phq.id).await.unwrap().form;
        form.description.fi.push_str(" Vastaa rauhassa.");
        editor.update_questionnaire(phq.id, phq.version, &form).await.unwrap();
        let again = TestApp::start_on(app.database.clone(), &[("demo", "true")]).await;
        let kept = shipped(&again, "phq-9").await;
        assert!(kept.has_changes && kept.published == Some(1));
    }

    async fn a_version_does_not_change_when_the_draft_does(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (lead, hanna, aino) = (app.lead(unit.id).await, app.professional(unit.id).await, app.citizen().await);
        let new = NewQuestionnaire { unit_id: Some(unit.id), form: form("Esitiedot") };
        let key = IdempotencyKey::random();
        let made = lead.create_questionnaire(&new, &key).await.unwrap();
        assert_eq!(lead.create_questionnaire(&new, &key).await.unwrap(), made);
        let id = made.summary.id;
        assert_eq!((made.summary.published, made.summary.version), (None, 1));
        assert_eq!(code(aino.get_questionnaire_version(id, 1).await), ErrorCode::NotFound);
        let first = lead.publish_questionnaire(id, 1).await.unwrap();
        assert_eq!((first.number, &first.form), (1, &new.form));

        let other = form("Esitiedot ennen käyntiä");
        let changed = lead.update_questionnaire(id, 2, &other).await.unwrap();
        assert!(changed.summary.has_changes && changed.summary.published == Some(1));
        assert_eq!(changed.summary.title.fi, "Esitiedot");
        assert_eq!(code(lead.update_questionnaire(id, 2, &other).await), ErrorCode::PreconditionFailed);
        assert_eq!(code(lead.publish_questionnaire(id, 2).await), ErrorCode::PreconditionFailed);
        let second = lead.publish_questionnaire(id, 3).await.unwrap();
        assert_eq!(second.number, 2);
        // Everybody may read what is published, and what it was.
        assert_eq!(aino.get_questionnaire_version(id, 1).await.unwrap().form, new.form);
        assert_eq!(aino.get_questionnaire_version(id, 2).await.unwrap().form, other);
        assert_eq!(hanna.get_questionnaire(id).await.unwrap().summary.title.fi, "Esitiedot ennen käyntiä");

        let retired = lead.retire_questionnaire(id, 4).await.unwrap();
        assert!(retired.summary.retired_at.is_some() && retired.summary.published.is_none());
        assert_eq!(aino.get_questionnaire_version(id, 2).await.unwrap(), second);
        assert_eq!(lead.publish_questionnaire(id, 5).await.unwrap().number, 3);
    }

    async fn who_keeps_them_changes_them_and_nobody_else(app: TestApp) {
        let (unit, elsewhere) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon neuvola").await);
        let (lead, hanna, stranger) =
            (app.lead(unit.id).await, app.professional(unit.id).await, app.lead(elsewhere.id).await);
        let (editor, aino) = (app.official(Role::Editor).await, app.citizen().await);
        let of_unit = NewQuestionnaire { unit_id: Some(unit.id), form: form("Yksikön") };
        let of_county = NewQuestionnaire { unit_id: None, form: form("Yhteinen") };
        for (who, new) in [(&hanna, &of_unit), (&stranger, &of_unit), (&editor, &of_unit), (&lead, &of_county)] {
            let outcome = who.create_questionnaire(new, &IdempotencyKey::random()).await;
            assert_eq!(code(outcome), ErrorCode::RoleRequired);
        }
        let made = lead.create_questionnaire(&of_unit, &IdempotencyKey::random()).await.unwrap();
        let id = made.summary.id;
        for who in [&hanna, &stranger, &editor] {
            assert_eq!(code(who.update_questionnaire(id, 1, &form("X")).await), ErrorCode::RoleRequired);
            assert_eq!(code(who.publish_questionnaire(id, 1).await), ErrorCode::RoleRequired);
            assert_eq!(code(who.retire_questionnaire(id, 1).await), ErrorCode::RoleRequired);
        }
        assert_eq!(code(aino.list_questionnaires(&PageQuery::default()).await), ErrorCode::RoleRequired);
        assert_eq!(code(aino.get_questionnaire(id).await), ErrorCode::RoleRequired);
        assert_eq!(hanna.get_questionnaire(id).await.unwrap(), made);
    }

    async fn what_is_not_sound_is_kept_as_a_draft_and_not_published(app: TestApp) {
        let editor = app.official(Role::Editor).await;
        let mut unsound = form("Esitiedot");
        unsound.items.push(question("syy", "Toinen samanniminen", ItemKind::YesNo {}));
        unsound.items.push(question("valinta", "Valitse", ItemKind::One { options: Vec::new() }));
        let new = NewQuestionnaire { unit_id: None, form: unsound };
        let made = editor.create_questionnaire(&new, &IdempotencyKey::random()).await.unwrap();
        let refused = refused_fields(editor.publish_questionnaire(made.summary.id, 1).await);
        assert!(refused.contains(&("items.syy".to_owned(), FieldErrorCode::Taken)), "{refused:?}");
        assert!(refused.contains(&("items.valinta".to_owned(), FieldErrorCode::Required)), "{refused:?}");

        let mut half = form("Esitiedot");
        half.translations.sv = Translation::Working;
        half.title.sv = "Förhandsuppgifter".to_owned();
        editor.update_questionnaire(made.summary.id, 1, &half).await.unwrap();
        let refused = refused_fields(editor.publish_questionnaire(made.summary.id, 2).await);
        assert!(!refused.is_empty() && refused.iter().all(|(_, code)| *code == FieldErrorCode::Required), "{refused:?}");
        assert!(half.title.text(Language::Sv).starts_with("För"));

        let mut huge = form("Esitiedot");
        huge.title.fi = "a".repeat(201);
        let new = NewQuestionnaire { unit_id: None, form: huge };
        let refused = refused_fields(editor.create_questionnaire(&new, &IdempotencyKey::random()).await);
        assert_eq!(refused, [("title.fi".to_owned(), FieldErrorCode::TooLong)]);
    }
}
