//! Care relations: how they begin and end; break-glass; protected contact details.

use std::time::Duration;

use omasote_types::audit::{AccessGround, AccessQuery};
use omasote_types::care::{Matter, NewEmergencyAccess};
use omasote_types::error::ErrorCode;
use omasote_types::messages::{InboxQuery, ThreadState};
use omasote_types::page::PageQuery;
use omasote_types::people::{CitizenSearch, Need, Protection, Role};

use crate::harness::{code, on_both_engines};

const DAY: Duration = Duration::from_secs(86_400);
const MINUTE: Duration = Duration::from_secs(60);
const REASON: &str = "Potilas on tajuton päivystyksessä";

fn search(code: String) -> CitizenSearch {
    CitizenSearch { identity_code: code }
}

fn closed() -> InboxQuery {
    InboxQuery { state: ThreadState::Closed, ..InboxQuery::default() }
}

on_both_engines! {
    async fn a_thread_opens_a_care_relation_that_ends_ninety_days_after_it_was_closed(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        assert_eq!(code(hanna.get_citizen(aino.id).await), ErrorCode::NotFound);
        assert_eq!(code(hanna.search_citizens(&search(aino.code())).await), ErrorCode::NotFound);
        assert_eq!(aino.list_care_relations(aino.id).await.unwrap(), []);

        let thread = aino.begin(unit.topic, "Hei").await;
        assert_eq!(hanna.search_citizens(&search(aino.code())).await.unwrap().id, aino.id);
        let threads = hanna.list_threads(aino.id, &PageQuery::default()).await.unwrap().items;
        assert_eq!((threads[0].id, threads[0].unread_count), (thread.id, 1));
        let relation = aino.list_care_relations(aino.id).await.unwrap().remove(0);
        assert_eq!((relation.unit.id, relation.matter, relation.open_matters), (unit.id, Matter::Thread, 1));
        assert_eq!(relation.ends_at, None);

        hanna.close_thread(thread.id).await.unwrap();
        let closed_at = app.state.clock.now();
        let relation = aino.list_care_relations(aino.id).await.unwrap().remove(0);
        let ends_in = relation.ends_at.unwrap() - closed_at;
        assert_eq!((relation.open_matters, ends_in.num_hours()), (0, 90 * 24 - 1));
        app.advance(89 * DAY);
        let hanna = app.again(hanna).await;
        assert_eq!(hanna.get_thread(thread.id).await.unwrap().id, thread.id);
        assert_eq!(hanna.list_inbox(unit.id, &closed()).await.unwrap().items.len(), 1);
        app.advance(2 * DAY);
        let (hanna, aino) = (app.again(hanna).await, app.again(aino).await);
        assert_eq!(code(hanna.get_thread(thread.id).await), ErrorCode::NotFound);
        assert_eq!(code(hanna.get_citizen(aino.id).await), ErrorCode::NotFound);
        assert_eq!(hanna.list_inbox(unit.id, &closed()).await.unwrap().items, []);
        assert_eq!(aino.list_care_relations(aino.id).await.unwrap(), []);

        aino.begin(unit.topic, "Vielä yksi asia").await;
        assert_eq!(hanna.get_thread(thread.id).await.unwrap().message_count, 1, "what the unit had before as well");
        assert_eq!(aino.list_care_relations(aino.id).await.unwrap()[0].open_matters, 1);
    }

    async fn a_professional_sees_of_a_citizen_what_their_own_units_have(app: TestApp) {
        let (kuhmo, sotkamo) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon neuvola").await);
        let (aino, hanna) = (app.citizen().await, app.professional(kuhmo.id).await);
        let own = aino.begin(kuhmo.topic, "Kuhmoon").await;
        let other = aino.begin(sotkamo.topic, "Sotkamoon").await;
        let listed = hanna.list_threads(aino.id, &PageQuery::default()).await.unwrap().items;
        assert_eq!(listed.iter().map(|thread| thread.id).collect::<Vec<_>>(), [own.id]);
        assert_eq!(code(hanna.get_thread(other.id).await), ErrorCode::NotFound);
    }

    async fn breaking_the_glass_takes_a_reason_lasts_an_hour_and_is_seen(app: TestApp) {
        let (kuhmo, sotkamo) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon päivystys").await);
        let (aino, olli) = (app.citizen().await, app.professional(sotkamo.id).await);
        let officer = app.official(Role::PrivacyOfficer).await;
        let thread = aino.begin(kuhmo.topic, "Verenohennuslääke vaihtui").await;
        let new = |reason: &str| NewEmergencyAccess {
            identity_code: aino.code(),
            unit_id: sotkamo.id,
            reason: reason.to_owned(),
        };
        for reason in ["", "lyhyt", "   yhdeksän   "] {
            assert_eq!(code(olli.open_emergency_access(&new(reason)).await), ErrorCode::ValidationFailed);
        }
        let elsewhere = NewEmergencyAccess { unit_id: kuhmo.id, ..new(REASON) };
        assert_eq!(code(olli.open_emergency_access(&elsewhere).await), ErrorCode::NotFound);
        assert_eq!(code(olli.get_thread(thread.id).await), ErrorCode::NotFound);

        let opened = olli.open_emergency_access(&new(REASON)).await.unwrap();
        assert_eq!((opened.citizen.id, (opened.ends_at - opened.opened_at).num_minutes()), (aino.id, 60));
        let listed = olli.list_threads(aino.id, &PageQuery::default()).await.unwrap().items;
        assert_eq!(listed[0].id, thread.id);
        let message = olli.list_messages(thread.id, &PageQuery::default()).await.unwrap().items.remove(0);
        olli.mark_thread_read(thread.id, message.id).await.unwrap();
        assert_eq!(code(olli.close_thread(thread.id).await), ErrorCode::NotAllowed);
        assert_eq!(olli.get_thread(thread.id).await.unwrap().unread_count, 1, "the unit has not read it");
        assert_eq!(olli.list_own_emergency_accesses().await.unwrap(), std::slice::from_ref(&opened));
        assert_eq!(aino.list_citizen_emergency_accesses(aino.id).await.unwrap().len(), 1);
        assert_eq!(officer.list_emergency_accesses(&PageQuery::default()).await.unwrap().items, [opened]);

        app.advance(61 * MINUTE);
        assert_eq!(code(olli.get_thread(thread.id).await), ErrorCode::NotFound);
        assert_eq!(olli.list_own_emergency_accesses().await.unwrap(), []);
        app.seal().await;
        let query = AccessQuery { others_only: true, ..AccessQuery::default() };
        let lines = aino.list_accesses(aino.id, &query).await.unwrap().items;
        let broke = lines.iter().find(|line| line.operation == "openEmergencyAccess").unwrap();
        assert_eq!((broke.ground, broke.reason.as_deref()), (AccessGround::Emergency, Some(REASON)));
        assert_eq!(broke.unit.as_ref().unwrap().fi, "Sotkamon päivystys");
    }

    async fn an_emergency_access_can_be_ended_by_its_owner_only(app: TestApp) {
        let unit = app.unit("Sotkamon päivystys").await;
        let (aino, olli, hanna) = (app.citizen().await, app.professional(unit.id).await, app.professional(unit.id).await);
        let new = NewEmergencyAccess { identity_code: aino.code(), unit_id: unit.id, reason: REASON.to_owned() };
        let opened = olli.open_emergency_access(&new).await.unwrap();
        assert_eq!(code(hanna.get_citizen(aino.id).await), ErrorCode::NotFound, "the glass is broken for one");
        assert_eq!(code(hanna.end_emergency_access(opened.id).await), ErrorCode::NotFound);
        assert_eq!(olli.get_citizen(aino.id).await.unwrap().id, aino.id);
        olli.end_emergency_access(opened.id).await.unwrap();
        assert_eq!(code(olli.get_citizen(aino.id).await), ErrorCode::NotFound);
        assert_eq!(code(olli.end_emergency_access(opened.id).await), ErrorCode::NotFound);
        let unknown = NewEmergencyAccess { identity_code: "010594Y9032".to_owned(), ..new.clone() };
        assert_eq!(code(olli.open_emergency_access(&unknown).await), ErrorCode::NotFound);
        let wrong = NewEmergencyAccess { identity_code: "010594Y9033".to_owned(), ..new };
        assert_eq!(code(olli.open_emergency_access(&wrong).await), ErrorCode::ValidationFailed);
    }

    async fn protected_contact_details_are_shown_to_who_writes_down_the_need(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let contact = aino.get_citizen(aino.id).await.unwrap().contact;
        assert_eq!(hanna.get_citizen(aino.id).await.unwrap().contact, contact);
        hanna.update_protection(aino.id, Protection { is_non_disclosed: true }).await.unwrap();

        let seen = hanna.get_citizen(aino.id).await.unwrap();
        assert_eq!((seen.is_non_disclosed, seen.contact), (true, Default::default()));
        assert_eq!(aino.get_citizen(aino.id).await.unwrap().contact, contact);
        let need = |reason: &str| Need { reason: reason.to_owned() };
        assert_eq!(code(hanna.reveal_contact_details(aino.id, &need("lyhyt")).await), ErrorCode::ValidationFailed);
        let revealed = hanna.reveal_contact_details(aino.id, &need("Kotikäynti huomenna klo 9")).await.unwrap();
        assert_eq!(revealed, contact);
        let stranger = app.professional(app.unit("Sotkamon neuvola").await.id).await;
        let refused = stranger.reveal_contact_details(aino.id, &need("Kotikäynti huomenna klo 9")).await;
        assert_eq!(code(refused), ErrorCode::NotFound);
        app.seal().await;
        let lines = aino.list_accesses(aino.id, &AccessQuery::default()).await.unwrap().items;
        let line = lines.iter().find(|line| line.operation == "revealContactDetails" && line.reason.is_some()).unwrap();
        assert_eq!(line.reason.as_deref(), Some("Kotikäynti huomenna klo 9"));
    }
}
