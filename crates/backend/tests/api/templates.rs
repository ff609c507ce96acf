//! Reply templates: a unit's are for all who work in it, one's own for nobody else.

use std::slice;

use omasote_client::ClientError;
use omasote_rules::templates::validate;
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::{TemplateId, UnitId};
use omasote_types::language::{Language, LocalText};
use omasote_types::people::Role;
use omasote_types::templates::{MAX_TEMPLATES, TemplateContent};
use serde_json::Value;

use crate::harness::{TestApp, code, on_both_engines};

/// A template in Finnish.
pub(crate) fn content(title: &str) -> TemplateContent {
    let finnish = |fi: &str| LocalText { fi: fi.to_owned(), ..LocalText::default() };
    TemplateContent {
        title: finnish(title),
        body: finnish("Hei {client_given_name}! Soita numeroon {unit_phone}."),
    }
}

/// A template that a unit has.
pub(crate) async fn of_unit(app: &TestApp, unit: UnitId) -> TemplateId {
    app.lead(unit).await.create_unit_template(unit, &content("Näyteaika")).await.unwrap().id
}

fn refused_fields(outcome: Result<impl std::fmt::Debug, ClientError>) -> Vec<(String, FieldErrorCode)> {
    let ClientError::Refused(problem) = outcome.unwrap_err() else { panic!("must be refused") };
    assert_eq!(problem.code, ErrorCode::ValidationFailed);
    problem.errors.into_iter().map(|error| (error.field, error.code)).collect()
}

#[test]
fn the_templates_of_the_demo_are_sound_and_in_every_language() {
    let county = omasote_demo::county(7, chrono::DateTime::default());
    for unit in county.units {
        assert!((3..=6).contains(&unit.templates.len()), "{}", unit.name.fi);
        for content in unit.templates {
            validate(&content).unwrap();
            assert!(Language::ALL.into_iter().all(|language| content.has(language)), "{}", content.title.fi);
        }
    }
}

on_both_engines! {
    async fn a_lead_keeps_the_templates_of_the_unit_and_its_members_use_them(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (lead, hanna) = (app.lead(unit.id).await, app.professional(unit.id).await);
        let made = lead.create_unit_template(unit.id, &content("Näyteaika")).await.unwrap();
        assert_eq!((made.unit_id, made.version), (Some(unit.id), 1));
        assert_eq!(hanna.list_templates(unit.id).await.unwrap(), slice::from_ref(&made));

        assert_eq!(code(hanna.create_unit_template(unit.id, &content("Oma")).await), ErrorCode::RoleRequired);
        assert_eq!(code(hanna.update_template(made.id, 1, &content("Oma")).await), ErrorCode::RoleRequired);
        assert_eq!(code(hanna.delete_template(made.id).await), ErrorCode::RoleRequired);
        assert_eq!(hanna.list_templates(unit.id).await.unwrap(), slice::from_ref(&made));

        let changed = lead.update_template(made.id, 1, &content("Laboratorio")).await.unwrap();
        assert_eq!((changed.version, changed.content.title.fi.as_str()), (2, "Laboratorio"));
        assert_eq!(hanna.list_templates(unit.id).await.unwrap(), [changed]);
        lead.delete_template(made.id).await.unwrap();
        assert_eq!(hanna.list_templates(unit.id).await.unwrap(), []);
        assert_eq!(code(lead.delete_template(made.id).await), ErrorCode::NotFound);
    }

    async fn administrators_keep_the_templates_of_any_unit_there_is(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let administrator = app.official(Role::Administrator).await;
        let made = administrator.create_unit_template(unit.id, &content("Näyteaika")).await.unwrap();
        assert_eq!(administrator.list_templates(unit.id).await.unwrap(), [made]);
        let none = UnitId::at(app.state.clock.now());
        assert_eq!(code(administrator.list_templates(none).await), ErrorCode::NotFound);
        assert_eq!(code(administrator.create_unit_template(none, &content("Näyteaika")).await), ErrorCode::NotFound);
    }

    async fn nobody_of_another_unit_knows_of_a_units_templates(app: TestApp) {
        let (unit, elsewhere) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon neuvola").await);
        let (made, stranger) = (of_unit(&app, unit.id).await, app.lead(elsewhere.id).await);
        for refused in [
            code(stranger.list_templates(unit.id).await),
            code(stranger.create_unit_template(unit.id, &content("Oma")).await),
            code(stranger.update_template(made, 1, &content("Oma")).await),
            code(stranger.delete_template(made).await),
        ] {
            assert_eq!(refused, ErrorCode::NotFound);
        }
        assert_eq!(stranger.list_templates(elsewhere.id).await.unwrap(), []);
    }

    async fn nobody_else_sees_or_changes_ones_own_templates(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (lead, hanna) = (app.lead(unit.id).await, app.professional(unit.id).await);
        let (administrator, aino) = (app.official(Role::Administrator).await, app.citizen().await);
        let own = hanna.create_own_template(&content("Lopputervehdys")).await.unwrap();
        assert_eq!((own.unit_id, own.version), (None, 1));
        assert_eq!(hanna.list_own_templates().await.unwrap(), slice::from_ref(&own));
        assert_eq!(hanna.list_templates(unit.id).await.unwrap(), slice::from_ref(&own));

        for other in [&lead, &administrator] {
            assert_eq!(other.list_own_templates().await.unwrap(), []);
            assert_eq!(other.list_templates(unit.id).await.unwrap(), []);
            assert_eq!(code(other.update_template(own.id, 1, &content("X")).await), ErrorCode::NotFound);
            assert_eq!(code(other.delete_template(own.id).await), ErrorCode::NotFound);
        }
        assert_eq!(code(aino.list_own_templates().await), ErrorCode::NotFound);
        assert_eq!(code(aino.create_own_template(&content("X")).await), ErrorCode::NotFound);

        let changed = hanna.update_template(own.id, 1, &content("Terveisin")).await.unwrap();
        assert_eq!(hanna.list_own_templates().await.unwrap(), [changed]);
        hanna.delete_template(own.id).await.unwrap();
        assert_eq!(hanna.list_own_templates().await.unwrap(), []);
    }

    async fn a_units_templates_come_before_ones_own(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let lead = app.lead(unit.id).await;
        let own = lead.create_own_template(&content("Oma")).await.unwrap();
        let shared = lead.create_unit_template(unit.id, &content("Yksikön")).await.unwrap();
        assert_eq!(lead.list_templates(unit.id).await.unwrap(), [shared, own.clone()]);
        assert_eq!(lead.list_own_templates().await.unwrap(), [own]);
    }

    async fn what_is_wrong_with_a_template_is_told_by_field_and_nothing_is_kept(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let lead = app.lead(unit.id).await;
        let text = |fi: &str, sv: &str| LocalText { fi: fi.to_owned(), sv: sv.to_owned(), en: String::new() };
        let of = |title: LocalText, body: LocalText| TemplateContent { title, body };
        let long = "a".repeat(10_001);
        let cases = [
            (of(text("", ""), text("", "")), vec![("title.fi", FieldErrorCode::Required), ("body.fi", FieldErrorCode::Required)]),
            (of(text("Hei", "Hej"), text("Hei", "")), vec![("body.sv", FieldErrorCode::Required)]),
            (of(text("Hei", ""), text("Hei", "Hej")), vec![("title.sv", FieldErrorCode::Required)]),
            (of(text(&long[..101], ""), text("Hei", "")), vec![("title.fi", FieldErrorCode::TooLong)]),
            (of(text("Hei", ""), text(&long, "")), vec![("body.fi", FieldErrorCode::TooLong)]),
            (of(text("Hei", ""), text("a\0b", "")), vec![("body.fi", FieldErrorCode::ForbiddenCharacter)]),
            (of(text("Hei", "Hej"), text("Hei {client_name}", "Hej {asiakas}")), vec![("body.sv", FieldErrorCode::UnknownVariable)]),
        ];
        let kept = lead.create_own_template(&content("Oma")).await.unwrap();
        for (wrong, expected) in cases {
            let expected: Vec<_> = expected.into_iter().map(|(field, code)| (field.to_owned(), code)).collect();
            assert_eq!(refused_fields(lead.create_unit_template(unit.id, &wrong).await), expected);
            assert_eq!(refused_fields(lead.create_own_template(&wrong).await), expected);
            assert_eq!(refused_fields(lead.update_template(kept.id, 1, &wrong).await), expected);
        }
        assert_eq!(lead.list_templates(unit.id).await.unwrap(), [kept]);
    }

    async fn two_who_change_the_same_template_do_not_undo_each_others(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (one, other) = (app.lead(unit.id).await, app.lead(unit.id).await);
        let made = one.create_unit_template(unit.id, &content("Näyteaika")).await.unwrap();
        let first = one.update_template(made.id, made.version, &content("Ensin")).await.unwrap();
        assert_eq!(code(other.update_template(made.id, made.version, &content("Sitten")).await), ErrorCode::PreconditionFailed);
        assert_eq!(other.list_templates(unit.id).await.unwrap(), [first]);
    }

    async fn a_change_names_the_version_it_was_made_from(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (made, lead) = (of_unit(&app, unit.id).await, app.lead(unit.id).await);
        let (token, _) = app.tokens(lead.person).await;
        let body = serde_json::to_string(&content("Toinen")).unwrap();
        for (tag, status) in [(None, 428), (Some("\"7\""), 412), (Some("1"), 412), (Some("\"1\""), 200), (Some("*"), 200)] {
            let address = app.url(&format!("/api/v1/templates/{made}"));
            let mut request = TestApp::http().put(address).bearer_auth(&token).header("omasote-app", "professional");
            if let Some(tag) = tag { request = request.header("if-match", tag); }
            let answer = request.header("content-type", "application/json").body(body.clone()).send().await.unwrap();
            assert_eq!(answer.status().as_u16(), status, "{tag:?}");
            if status == 200 {
                let told = answer.headers()["etag"].to_str().unwrap().to_owned();
                let changed: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
                assert_eq!(told, format!("\"{}\"", changed["version"]));
            }
        }
    }

    async fn a_unit_and_a_person_have_two_hundred_templates_each_at_most(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let lead = app.lead(unit.id).await;
        for number in 0..MAX_TEMPLATES {
            lead.create_unit_template(unit.id, &content(&format!("Pohja {number}"))).await.unwrap();
            lead.create_own_template(&content(&format!("Oma {number}"))).await.unwrap();
        }
        assert_eq!(code(lead.create_unit_template(unit.id, &content("Liikaa")).await), ErrorCode::TooManyTemplates);
        assert_eq!(code(lead.create_own_template(&content("Liikaa")).await), ErrorCode::TooManyTemplates);
        let all = lead.list_templates(unit.id).await.unwrap();
        assert_eq!(all.len(), 400);
        lead.delete_template(all[0].id).await.unwrap();
        lead.create_unit_template(unit.id, &content("Mahtuu")).await.unwrap();
    }
}
