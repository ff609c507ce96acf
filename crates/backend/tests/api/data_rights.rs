//! Restricting the processing of somebody's data, and erasing it: what is closed, what stays open, and what is kept of it.

use omasote_backend::error::AppError;
use omasote_backend::repos::sessions as repo;
use omasote_client::{Client, IdempotencyKey};
use omasote_types::audit::{AccessAction, AccessQuery};
use omasote_types::care::NewEmergencyAccess;
use omasote_types::data_rights::{ErasedData, ErasurePreview, KeepGround, KeptData, WrittenReason};
use omasote_types::error::ErrorCode;
use omasote_types::ids::{AccountId, CitizenId};
use omasote_types::messages::{InboxQuery, NewMessage, NewThread};
use omasote_types::page::PageQuery;
use omasote_types::people::{CitizenSearch, ContactDetails, Role};
use omasote_types::proxies::{NewProxy, NewProxyInvitation, ProxyAcceptance, ProxyKind, ProxyScope};
use omasote_types::sessions::{App, Credentials};

use crate::harness::{Person, code, on_both_engines};

fn because(reason: &str) -> WrittenReason {
    WrittenReason { reason: reason.to_owned() }
}

fn reason() -> WrittenReason {
    because("Asiakas kiistää tietojen oikeellisuuden")
}

async fn mandate(from: &Person<CitizenId>, to: &Person<CitizenId>) {
    let offer = NewProxyInvitation { scopes: vec![ProxyScope::Messages], ends_at: None };
    let invitation = from.create_proxy_invitation(from.id, &offer).await.unwrap();
    to.accept_proxy_invitation(&ProxyAcceptance { code: invitation.code }).await.unwrap();
}

fn counts(preview: &ErasurePreview) -> Vec<(ErasedData, u32)> {
    preview.erased.iter().map(|item| (item.what, item.count)).collect()
}

on_both_engines! {
    async fn what_was_there_before_a_restriction_is_closed_to_units_and_open_to_the_citizen(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let liisa = app.citizen().await;
        let administrator = app.official(Role::Administrator).await;
        mandate(&aino, &liisa).await;
        let thread = aino.begin(unit.topic, "Vanha asia").await;
        let search = CitizenSearch { identity_code: aino.code() };
        administrator.restrict_citizen(aino.id, &reason()).await.unwrap();
        assert_eq!(code(administrator.restrict_citizen(aino.id, &reason()).await), ErrorCode::Conflict);

        let restricted = ErrorCode::DataRestricted;
        let everything = PageQuery::default();
        let new = NewMessage::of("Hei");
        assert_eq!(code(hanna.get_citizen(aino.id).await), restricted);
        assert_eq!(code(hanna.search_citizens(&search).await), restricted);
        assert_eq!(code(hanna.list_threads(aino.id, &everything).await), restricted);
        assert_eq!(code(hanna.get_thread(thread.id).await), restricted);
        assert_eq!(code(hanna.list_messages(thread.id, &everything).await), restricted);
        assert_eq!(code(hanna.send_message(thread.id, &new, &IdempotencyKey::random()).await), restricted);
        assert_eq!(code(hanna.close_thread(thread.id).await), restricted);
        let stranger = app.professional(app.unit("Sotkamon neuvola").await.id).await;
        assert_eq!(code(stranger.get_citizen(aino.id).await), ErrorCode::NotFound, "nothing is told to others");

        aino.get_citizen(aino.id).await.unwrap();
        assert_eq!(aino.list_messages(thread.id, &everything).await.unwrap().items.len(), 1);
        assert_eq!(liisa.list_messages(thread.id, &everything).await.unwrap().items.len(), 1, "a proxy sees as the person does");
        aino.create_export(aino.id).await.unwrap();
        let own = aino.list_data_rights(aino.id).await.unwrap();
        assert_eq!(own.in_force().unwrap().reason, reason().reason);
        assert_eq!(own.in_force().unwrap().placed_by, None);
        let seen = administrator.search_data_rights(&search).await.unwrap();
        assert_eq!(seen.in_force().unwrap().placed_by.as_deref(), Some("Hanna Hoitaja"));

        app.seal().await;
        let log = aino.list_accesses(aino.id, &AccessQuery::default()).await.unwrap().items;
        let refused = log.iter().filter(|line| line.action == AccessAction::Refused && line.title.is_some());
        assert_eq!(refused.count(), 8);
        let placed = log.iter().find(|line| line.operation == "restrictCitizen" && line.action == AccessAction::Write);
        assert_eq!(placed.unwrap().reason.as_deref(), Some(reason().reason.as_str()));
    }

    async fn nothing_that_a_citizen_sends_under_a_restriction_is_lost(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let administrator = app.official(Role::Administrator).await;
        let old = aino.begin(unit.topic, "Vanha asia").await;
        administrator.restrict_citizen(aino.id, &reason()).await.unwrap();
        aino.write(old.id, "Lisäys vanhaan asiaan").await;
        let new = aino.begin(unit.topic, "Uusi asia").await;

        let inbox = hanna.list_inbox(unit.id, &InboxQuery::default()).await.unwrap().items;
        let rows: Vec<_> = inbox.iter().map(|thread| (thread.id, thread.is_restricted, thread.excerpt.as_str(), thread.unread_count)).collect();
        assert_eq!(rows, [(old.id, true, "", 2), (new.id, false, "Uusi asia", 1)], "both reach the unit");
        assert_eq!(code(hanna.get_thread(old.id).await), ErrorCode::DataRestricted);
        assert_eq!(hanna.list_messages(new.id, &PageQuery::default()).await.unwrap().items[0].text, "Uusi asia");
        hanna.write(new.id, "Hei Aino").await;
        assert!(aino.get_thread(old.id).await.unwrap().is_restricted);
        assert_eq!(aino.get_thread(old.id).await.unwrap().excerpt, "Lisäys vanhaan asiaan");

        administrator.lift_restriction(aino.id, &because("Tiedot on tarkistettu ja korjattu")).await.unwrap();
        assert_eq!(code(administrator.lift_restriction(aino.id, &reason()).await), ErrorCode::Conflict);
        assert_eq!(hanna.list_messages(old.id, &PageQuery::default()).await.unwrap().items.len(), 2);
        assert!(!hanna.get_thread(old.id).await.unwrap().is_restricted);
        let rights = aino.list_data_rights(aino.id).await.unwrap();
        assert!(rights.in_force().is_none());
        assert_eq!(rights.restrictions[0].lift_reason.as_deref(), Some("Tiedot on tarkistettu ja korjattu"));
    }

    async fn break_glass_opens_what_is_restricted_for_reading(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let administrator = app.official(Role::Administrator).await;
        let thread = aino.begin(unit.topic, "Vanha asia").await;
        administrator.restrict_citizen(aino.id, &reason()).await.unwrap();
        let open = NewEmergencyAccess {
            identity_code: aino.code(),
            unit_id: unit.id,
            reason: "Potilas on tajuton päivystyksessä".to_owned(),
        };
        hanna.open_emergency_access(&open).await.unwrap();
        hanna.get_citizen(aino.id).await.unwrap();
        assert_eq!(hanna.list_threads(aino.id, &PageQuery::default()).await.unwrap().items[0].excerpt, "Vanha asia");
        assert_eq!(hanna.list_messages(thread.id, &PageQuery::default()).await.unwrap().items.len(), 1);
        let new = NewMessage::of("Hei");
        assert_eq!(code(hanna.send_message(thread.id, &new, &IdempotencyKey::random()).await), ErrorCode::NotAllowed);
    }

    async fn an_erasure_takes_what_no_law_keeps_and_tells_what_stayed_and_why(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let (liisa, matti) = (app.citizen().await, app.citizen().await);
        let (administrator, officer) = (app.official(Role::Administrator).await, app.official(Role::PrivacyOfficer).await);
        let thread = aino.begin(unit.topic, "Hei").await;
        hanna.write(thread.id, "Hei Aino").await;
        mandate(&aino, &liisa).await;
        let entry = NewProxy {
            citizen_identity_code: aino.code(),
            proxy_identity_code: matti.code(),
            kind: ProxyKind::Mandate,
            scopes: vec![ProxyScope::Messages],
            ends_at: None,
            basis: "Käräjäoikeuden päätös 1.10.2026".to_owned(),
        };
        administrator.create_proxy(&entry).await.unwrap();
        aino.create_export(aino.id).await.unwrap();
        let export = crate::exports::ready(&app, &aino).await;
        let file = std::path::Path::new(&app.database.folder()).join(format!("files/exports/{}.zip", export.id));
        assert!(file.exists());
        let (person, now) = (aino.person, app.state.clock.now());
        app.state.db.write(move |tx| {
            let password_hash = omasote_backend::auth::passwords::hash("kesäyö ja lämmin sauna")?;
            let account = repo::Account { person, password_hash };
            repo::insert_account(tx.conn(), AccountId::at(now), "aino", &account, now)?;
            Ok::<_, AppError>(())
        }).await.unwrap();
        app.seal().await;

        let preview = administrator.preview_erasure(aino.id).await.unwrap();
        let expected = [
            (ErasedData::Credentials, 1),
            (ErasedData::Sessions, 1),
            (ErasedData::ContactDetails, 3),
            (ErasedData::Mandates, 1),
            (ErasedData::Invitations, 1),
            (ErasedData::Exports, 1),
            (ErasedData::IdempotencyKeys, 1),
            // A professional has written to her.
            (ErasedData::Notifications, 1),
        ];
        assert_eq!(counts(&preview), expected);
        assert_eq!(preview.access_log_years, 12);
        let kept: Vec<_> = preview.kept.iter().map(|item| (item.what, item.ground)).collect();
        assert_eq!(kept[..3], [
            (KeptData::Identity, KeepGround::FindsWhatStays),
            (KeptData::Threads, KeepGround::ClientRecords),
            (KeptData::Messages, KeepGround::ClientRecords),
        ]);
        assert!(kept.contains(&(KeptData::RegisterEntries, KeepGround::AnothersRight)));
        assert!(kept.contains(&(KeptData::AccessLog, KeepGround::LogData)));

        let done = administrator.erase_citizen(aino.id, &because("Asiakas pyysi tietojensa poistamista")).await.unwrap();
        assert_eq!(done.erased, preview.erased);
        assert_eq!(code(aino.get_me().await), ErrorCode::SessionEnded);
        assert!(!file.exists());
        let client = Client::new(&app.base, App::Citizen).unwrap();
        let credentials = Credentials { username: "aino".into(), password: "kesäyö ja lämmin sauna".into(), code: None, new_password: None };
        assert_eq!(code(client.create_session(&credentials).await), ErrorCode::WrongCredentials);
        assert_eq!(code(liisa.get_citizen(aino.id).await), ErrorCode::NotFound, "the mandate is gone");
        matti.get_thread(thread.id).await.unwrap();

        let aino = app.again(aino).await;
        assert_eq!(aino.get_citizen(aino.id).await.unwrap().contact, ContactDetails::default());
        assert_eq!(aino.list_messages(thread.id, &PageQuery::default()).await.unwrap().items.len(), 2, "what stayed is open to her");
        assert!(aino.list_exports(aino.id).await.unwrap().is_empty());
        let own = aino.list_data_rights(aino.id).await.unwrap();
        assert_eq!((own.erasures[0].erased_by.as_deref(), own.erasures[0].erased.len()), (None, 8));
        let search = CitizenSearch { identity_code: aino.code() };
        let record = officer.search_data_rights(&search).await.unwrap();
        assert_eq!(record.erasures[0].erased_by.as_deref(), Some("Hanna Hoitaja"));
        assert_eq!(code(officer.erase_citizen(aino.id, &reason()).await), ErrorCode::RoleRequired);
        assert_eq!(counts(&administrator.preview_erasure(aino.id).await.unwrap()), [(ErasedData::Sessions, 2)]);
    }

    async fn nothing_is_erased_while_the_processing_is_restricted(app: TestApp) {
        let aino = app.citizen().await;
        let administrator = app.official(Role::Administrator).await;
        administrator.restrict_citizen(aino.id, &reason()).await.unwrap();
        assert_eq!(code(administrator.erase_citizen(aino.id, &reason()).await), ErrorCode::DataRestricted);
        assert_eq!(aino.get_citizen(aino.id).await.unwrap().contact.phone.as_deref(), Some("040 000 0002"));
        let short = because("lyhyt");
        assert_eq!(code(administrator.lift_restriction(aino.id, &short).await), ErrorCode::ValidationFailed);
        let nobody = CitizenId::at(app.state.clock.now());
        assert_eq!(code(administrator.erase_citizen(nobody, &reason()).await), ErrorCode::NotFound);
    }

    async fn a_question_of_the_log_still_reaches_the_unit_under_a_restriction(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        app.official(Role::Administrator).await.restrict_citizen(aino.id, &reason()).await.unwrap();
        let new = NewThread { topic_id: unit.topic, text: "Hei".to_owned(), about_access: None, attachment_ids: Vec::new(), links: Vec::new() };
        let begun = aino.create_thread(aino.id, &new, &IdempotencyKey::random()).await.unwrap();
        hanna.close_thread(begun.id).await.unwrap();
        aino.write(begun.id, "Vielä yksi asia").await;
        assert_eq!(hanna.list_messages(begun.id, &PageQuery::default()).await.unwrap().items.len(), 2);
    }
}
