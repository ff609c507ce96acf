//! Files that are sent with messages: uploading, sending, fetching, who may, and what becomes of those that are not sent.

mod pictures;
mod scanner;

use std::path::PathBuf;
use std::time::Duration;

use omasote_client::{ClientResult, IdempotencyKey};
use omasote_types::attachments::{Attachment, MediaType, PlaceQuery};
use omasote_types::data_rights::{ErasedData, ErasedItem, KeptData, WrittenReason};
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::{AttachmentId, CitizenId, ThreadId};
use omasote_types::messages::{Message, NewMessage, NewThread, ThreadVisibility};
use omasote_types::page::PageQuery;
use omasote_types::people::Role;
use omasote_types::proxies::{NewProxyInvitation, ProxyAcceptance, ProxyScope};
use omasote_types::sessions::PersonId;

use crate::harness::{Person, TestApp, code, on_both_engines};

type Citizen = Person<CitizenId>;

/// A document of no words.
pub(crate) fn document() -> Vec<u8> {
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n\
      trailer<</Root 1 0 R>>\n%%EOF\n"
        .to_vec()
}

/// Uploads a file for a new thread of one's own.
pub(crate) async fn upload(by: &Citizen, name: &str, content: Vec<u8>) -> ClientResult<Attachment> {
    by.create_attachment(by.id, PlaceQuery::default(), name, content).await
}

pub(crate) fn taking(files: &[AttachmentId]) -> NewMessage {
    NewMessage { attachment_ids: files.to_vec(), ..NewMessage::of("Tässä tiedosto") }
}

async fn send<I>(by: &Person<I>, to: ThreadId, files: &[AttachmentId]) -> ClientResult<Message> {
    by.send_message(to, &taking(files), &IdempotencyKey::random()).await
}

pub(crate) async fn fetch(app: &TestApp, by: PersonId, id: AttachmentId) -> reqwest::Response {
    let token = app.tokens(by).await.0;
    TestApp::http()
        .get(app.url(&format!("/api/v1/attachments/{id}")))
        .bearer_auth(token)
        .send()
        .await
        .unwrap()
}

/// What is kept in the file store.
pub(crate) fn kept(app: &TestApp) -> Vec<PathBuf> {
    let folder = std::path::Path::new(&app.database.folder()).join("files/attachments");
    std::fs::read_dir(folder).map_or_else(|_| Vec::new(), |all| all.map(|one| one.unwrap().path()).collect())
}

on_both_engines! {
    async fn a_file_is_uploaded_sent_and_fetched_by_both_sides(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let file = upload(&aino, "../Äidin \"lausunto\".PDF", document()).await.unwrap();
        assert_eq!(file.name, "Äidin _lausunto_.pdf");
        assert_eq!((file.media_type, file.bytes), (MediaType::Pdf, document().len() as u64));
        let new = NewThread {
            topic_id: unit.topic,
            text: "Hei".to_owned(),
            about_access: None,
            attachment_ids: vec![file.id],
            links: Vec::new(),
        };
        let key = IdempotencyKey::random();
        let thread = aino.create_thread(aino.id, &new, &key).await.unwrap();
        assert_eq!(aino.create_thread(aino.id, &new, &key).await.unwrap().id, thread.id, "again is once");

        let at = PlaceQuery { thread: Some(thread.id) };
        let mut answer = Vec::new();
        for name in ["ohje 1.pdf", "ohje 2.pdf"] {
            answer.push(hanna.create_attachment(aino.id, at, name, document()).await.unwrap());
        }
        answer.reverse();
        let ids: Vec<_> = answer.iter().map(|file| file.id).collect();
        assert_eq!(send(&hanna, thread.id, &ids).await.unwrap().attachments, answer, "in the order they are named");
        let messages = aino.list_messages(thread.id, &PageQuery::default()).await.unwrap().items;
        let listed: Vec<_> = messages.iter().map(|message| message.attachments.clone()).collect();
        assert_eq!(listed, [answer.clone(), vec![file.clone()]]);

        for person in [aino.person, hanna.person] {
            for file in [&file, &answer[0]] {
                let response = fetch(&app, person, file.id).await;
                let headers = response.headers().clone();
                assert_eq!(headers["content-type"], "application/pdf");
                assert_eq!(headers["x-content-type-options"], "nosniff");
                assert_eq!(headers["cache-control"], "no-store");
                assert!(headers["content-security-policy"].to_str().unwrap().starts_with("sandbox;"));
                assert_eq!(response.bytes().await.unwrap(), document());
            }
        }
        let named = fetch(&app, aino.person, file.id).await.headers()["content-disposition"].clone();
        let expected = "attachment; filename=\"_idin _lausunto_.pdf\"; filename*=UTF-8''%C3%84idin%20_lausunto_.pdf";
        assert_eq!(named, expected);
    }

    async fn what_is_no_such_file_is_refused_by_its_code_and_nothing_is_kept(app: TestApp) {
        let aino = app.citizen().await;
        let mut large = document();
        large.resize(20 * 1024 * 1024 + 1, b' ');
        let largest = large[..20 * 1024 * 1024].to_vec();
        let cases: [(&str, Vec<u8>, ErrorCode); 9] = [
            ("tyhjä.pdf", Vec::new(), ErrorCode::AttachmentEmpty),
            ("muistio.txt", b"Hei".to_vec(), ErrorCode::AttachmentTypeNotAllowed),
            ("kuva.jpg", b"MZ\x90\0\x03".to_vec(), ErrorCode::AttachmentTypeNotAllowed),
            ("kuva.svg", b"<svg onload='alert(1)'/>".to_vec(), ErrorCode::AttachmentTypeNotAllowed),
            ("sivu.pdf", b"<html>%PDF-1.4".to_vec(), ErrorCode::AttachmentTypeNotAllowed),
            ("kuva.jpg", vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0], ErrorCode::AttachmentBroken),
            ("kuva.png", b"\x89PNG\r\n\x1a\n\0\0".to_vec(), ErrorCode::AttachmentBroken),
            ("kuva.heic", b"\0\0\0\x14ftypheic\0\0\0\0mif1".to_vec(), ErrorCode::AttachmentBroken),
            ("iso.pdf", large, ErrorCode::AttachmentTooLarge),
        ];
        for (name, content, expected) in cases {
            assert_eq!(code(upload(&aino, name, content).await), expected, "{name}");
        }
        assert_eq!(kept(&app), [""; 0].map(PathBuf::from));
        assert_eq!(aino.get_draft(aino.id, PlaceQuery::default()).await.unwrap().attachments, []);
        assert_eq!(upload(&aino, "suurin.pdf", largest).await.unwrap().bytes, 20 * 1024 * 1024);
        assert_eq!(kept(&app).len(), 1);
    }

    async fn only_what_one_has_uploaded_for_the_citizen_and_not_sent_goes_with_a_message(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, onni, hanna) = (app.citizen().await, app.citizen().await, app.professional(unit.id).await);
        let (thread, others) = (aino.begin(unit.topic, "Hei").await, onni.begin(unit.topic, "Hei").await);
        let of_onni = upload(&onni, "oma.pdf", document()).await.unwrap().id;
        let own = upload(&aino, "oma.pdf", document()).await.unwrap().id;
        let at = PlaceQuery { thread: Some(others.id) };
        let for_onni = hanna.create_attachment(onni.id, at, "ohje.pdf", document()).await.unwrap().id;
        let nothing = AttachmentId::at(app.state.clock.now());

        let refused = |sent: ClientResult<Message>| match sent.unwrap_err() {
            omasote_client::ClientError::Refused(problem) => (problem.code, problem.errors[0].clone()),
            other => panic!("{other}"),
        };
        for wrong in [vec![of_onni], vec![nothing], vec![for_onni], vec![own, of_onni]] {
            let (code, error) = refused(send(&aino, thread.id, &wrong).await);
            assert_eq!((code, error.code), (ErrorCode::ValidationFailed, FieldErrorCode::UnknownReference));
            assert_eq!(error.field, "attachmentIds");
        }
        assert_eq!(refused(send(&hanna, thread.id, &[for_onni]).await).1.code, FieldErrorCode::UnknownReference);
        assert_eq!(refused(send(&aino, thread.id, &[own, own]).await).1.code, FieldErrorCode::InvalidFormat);
        assert_eq!(refused(send(&aino, thread.id, &[own; 6]).await).1.code, FieldErrorCode::TooLong);
        assert_eq!(aino.get_thread(thread.id).await.unwrap().message_count, 1, "nothing was sent");

        assert_eq!(send(&aino, thread.id, &[own]).await.unwrap().attachments.len(), 1);
        assert_eq!(refused(send(&aino, thread.id, &[own]).await).1.code, FieldErrorCode::UnknownReference);
        assert_eq!(code(aino.delete_attachment(own).await), ErrorCode::NotFound, "it is sent");
        let elsewhere = PlaceQuery { thread: Some(others.id) };
        assert_eq!(code(aino.create_attachment(aino.id, elsewhere, "a.pdf", document()).await), ErrorCode::NotFound);
        assert_eq!(code(hanna.create_attachment(aino.id, elsewhere, "a.pdf", document()).await), ErrorCode::NotFound);
    }

    async fn what_is_not_sent_is_seen_by_its_uploader_alone_and_taken_back(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, liisa, hanna) = (app.citizen().await, app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let offer = NewProxyInvitation { scopes: vec![ProxyScope::Messages], ends_at: None };
        let invitation = aino.create_proxy_invitation(aino.id, &offer).await.unwrap();
        liisa.accept_proxy_invitation(&ProxyAcceptance { code: invitation.code }).await.unwrap();
        let file = upload(&aino, "oma.pdf", document()).await.unwrap();
        let of_liisa = liisa.create_attachment(aino.id, PlaceQuery::default(), "b.pdf", document()).await.unwrap();
        assert_eq!(fetch(&app, aino.person, file.id).await.status(), 200);
        for (person, id) in [(liisa.person, file.id), (hanna.person, file.id), (aino.person, of_liisa.id)] {
            assert_eq!(fetch(&app, person, id).await.status(), 404);
        }
        assert_eq!(aino.get_draft(aino.id, PlaceQuery::default()).await.unwrap().attachments, std::slice::from_ref(&file));
        assert_eq!(code(liisa.delete_attachment(file.id).await), ErrorCode::NotFound);
        aino.delete_attachment(file.id).await.unwrap();
        assert_eq!(fetch(&app, aino.person, file.id).await.status(), 404);
        assert_eq!(kept(&app).len(), 1, "that of Liisa");
    }

    async fn only_so_many_files_wait_to_be_sent(app: TestApp) {
        let aino = app.citizen().await;
        let mut last = None;
        for _ in 0..20 {
            last = Some(upload(&aino, "a.pdf", document()).await.unwrap().id);
        }
        assert_eq!(code(upload(&aino, "a.pdf", document()).await), ErrorCode::TooManyAttachments);
        aino.delete_attachment(last.unwrap()).await.unwrap();
        upload(&aino, "a.pdf", document()).await.unwrap();
    }

    async fn uploads_that_were_broken_off_leave_nothing_and_do_not_count_for_ever(app: TestApp) {
        let aino = app.citizen().await;
        let token = app.tokens(aino.person).await.0;
        for _ in 0..20 {
            let broken = [Ok(document()), Err(std::io::Error::other("the line broke"))];
            let body = reqwest::Body::wrap_stream(futures_util::stream::iter(broken));
            let url = app.url(&format!("/api/v1/citizens/{}/attachments", aino.id));
            assert!(TestApp::http().post(url).bearer_auth(&token).body(body).send().await.is_err());
        }
        app.advance(Duration::from_secs(2 * 3600));
        upload(&aino, "a.pdf", document()).await.unwrap();
        omasote_backend::jobs::forget_unsent(&app.state).await.unwrap();
        assert_eq!(kept(&app).len(), 1);
    }

    async fn what_is_not_sent_within_a_day_is_forgotten_unless_a_draft_is_kept(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let aino = app.citizen().await;
        let thread = aino.begin(unit.topic, "Hei").await;
        let at = PlaceQuery { thread: Some(thread.id) };
        let sent = upload(&aino, "a.pdf", document()).await.unwrap();
        send(&aino, thread.id, &[sent.id]).await.unwrap();
        let alone = upload(&aino, "b.pdf", document()).await.unwrap();
        let with_draft = aino.create_attachment(aino.id, at, "c.pdf", document()).await.unwrap();
        let draft = crate::drafts::draft("Tässä", app.state.clock.now());
        aino.save_draft(aino.id, at, &draft).await.unwrap();
        omasote_backend::jobs::forget_unsent(&app.state).await.unwrap();
        assert_eq!(kept(&app).len(), 3, "a day has not passed");
        app.advance(Duration::from_secs(25 * 3600));
        omasote_backend::jobs::forget_unsent(&app.state).await.unwrap();
        let statuses = [
            fetch(&app, aino.person, sent.id).await.status().as_u16(),
            fetch(&app, aino.person, with_draft.id).await.status().as_u16(),
            fetch(&app, aino.person, alone.id).await.status().as_u16(),
        ];
        assert_eq!((statuses, kept(&app).len()), ([200, 200, 404], 2));
    }

    async fn a_file_is_seen_by_who_sees_its_thread(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let elsewhere = app.unit("Sotkamon neuvola").await;
        let (aino, liisa, stranger) =
            (app.citizen().await, app.citizen().await, app.professional(elsewhere.id).await);
        let (hanna, administrator) = (app.professional(unit.id).await, app.official(Role::Administrator).await);
        let offer = NewProxyInvitation { scopes: vec![ProxyScope::Messages], ends_at: None };
        let invitation = aino.create_proxy_invitation(aino.id, &offer).await.unwrap();
        liisa.accept_proxy_invitation(&ProxyAcceptance { code: invitation.code }).await.unwrap();
        let thread = aino.begin(unit.topic, "Hei").await;
        let file = upload(&aino, "a.pdf", document()).await.unwrap();
        send(&aino, thread.id, &[file.id]).await.unwrap();
        let status = async |person: PersonId| fetch(&app, person, file.id).await.status().as_u16();
        let everybody = [aino.person, liisa.person, hanna.person, stranger.person, administrator.person];
        for (person, expected) in everybody.into_iter().zip([200, 200, 200, 404, 404]) {
            assert_eq!(status(person).await, expected, "{person:?}");
        }
        aino.set_thread_visibility(thread.id, ThreadVisibility { is_hidden_from_proxies: true }).await.unwrap();
        assert_eq!((status(liisa.person).await, status(aino.person).await), (404, 200));
        let why = WrittenReason { reason: "Asiakas kiistää tietojen oikeellisuuden".to_owned() };
        administrator.restrict_citizen(aino.id, &why).await.unwrap();
        assert_eq!((status(hanna.person).await, status(aino.person).await), (403, 200));
    }

    async fn a_package_of_ones_own_data_holds_the_files(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let aino = app.citizen().await;
        let thread = aino.begin(unit.topic, "Hei").await;
        let file = upload(&aino, "Äidin lausunto.pdf", document()).await.unwrap();
        send(&aino, thread.id, &[file.id]).await.unwrap();
        let unpacked = crate::exports::unpacked(&app, &aino).await;
        let find = |name: &str| &unpacked.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("{name}")).1;
        assert_eq!(find(&format!("attachments/{}/Äidin lausunto.pdf", file.id)).as_bytes(), document());
        let link = format!("href=\"attachments/{}/%C3%84idin%20lausunto.pdf\"", file.id);
        assert!(find("lue-minut.html").contains(&link));
        let all: serde_json::Value = serde_json::from_str(find("all.json")).unwrap();
        assert_eq!(all["matters"][0]["messages"][1]["attachments"][0]["name"], "Äidin lausunto.pdf");
        let bundle = find("fhir-r4-bundle.json");
        assert!(bundle.contains("contentAttachment"));
        assert_eq!(crate::exports::kinds_in(bundle), "Communication Organization Patient");
    }

    async fn an_erasure_erases_what_was_not_sent_and_keeps_what_was(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, administrator) = (app.citizen().await, app.official(Role::Administrator).await);
        let thread = aino.begin(unit.topic, "Hei").await;
        let sent = upload(&aino, "a.pdf", document()).await.unwrap();
        send(&aino, thread.id, &[sent.id]).await.unwrap();
        let unsent = upload(&aino, "b.pdf", document()).await.unwrap();
        let draft = crate::drafts::draft("Hei vielä", app.state.clock.now());
        aino.save_draft(aino.id, PlaceQuery::default(), &draft).await.unwrap();
        let why = WrittenReason { reason: "Asiakas on pyytänyt tietojensa poistamista".to_owned() };
        let done = administrator.erase_citizen(aino.id, &why).await.unwrap();
        for what in [ErasedData::Drafts, ErasedData::UnsentAttachments] {
            assert!(done.erased.contains(&ErasedItem { what, count: 1 }), "{:?}", done.erased);
        }
        assert!(done.kept.iter().any(|kept| kept.what == KeptData::Attachments && kept.count == 1));
        let aino = app.anew(&aino).await;
        assert_eq!(fetch(&app, aino.person, unsent.id).await.status(), 404);
        let left = aino.get_draft(aino.id, PlaceQuery::default()).await.unwrap();
        assert_eq!((left.text.as_str(), left.attachments.len()), ("", 0));
        omasote_backend::jobs::forget_unsent(&app.state).await.unwrap();
        assert_eq!(kept(&app).len(), 1);
        assert_eq!(fetch(&app, aino.person, sent.id).await.status(), 200);
    }
}
