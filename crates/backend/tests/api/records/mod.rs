//! Saving to the patient record: to a FHIR server that is not ours, and to one that misbehaves. Nothing is lost, nothing is there
//! twice, and nothing is called saved before it is.

mod hostile;
mod trouble;

use std::sync::OnceLock;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use omasote_backend::deliveries::deliver_due;
use omasote_client::IdempotencyKey;
use omasote_types::audit::{AccessAction, AccessGround, AccessQuery};
use omasote_types::care::NewEmergencyAccess;
use omasote_types::error::ErrorCode;
use omasote_types::ids::{CitizenId, MessageId, ProfessionalId, ThreadId};
use omasote_types::messages::{NewMessage, NewNote};
use omasote_types::page::PageQuery;
use omasote_types::records::{NewRecord, NewTaskRecord, Record, RecordKind, RecordState};
use serde_json::{Value, json};

use crate::harness::{Person, TestApp, TestUnit, code, on_both_engines};
use crate::oidc::world::Node;
use hostile::Hostile;

/// Somebody else's identity code.
const HETU: &str = "010594Y9032";
const SUMMARY: &str = "Resepti uusittu. Äiti <b>voi</b> hyvin.\nKontrolli 3 kk.";
/// Longer than the longest pause between two attempts.
const A_PAUSE: Duration = Duration::from_secs(16 * 60);

type Citizen = Person<CitizenId>;
type Professional = Person<ProfessionalId>;

/// The file that the setting names, for a system at `base`.
pub(crate) fn settings(folder: &str, base: &str, more: &str) -> String {
    std::fs::write(format!("{folder}/ehr-secret"), "a secret: that only tests know").unwrap();
    let text = format!(
        "base_url = \"{base}/fhir\"\ntoken_url = \"{base}/token\"\nclient_id = \"omasote\"\n\
         client_secret_file = \"ehr-secret\"\nscopes = [\"system/Patient.read\", \"system/*.write\"]\n\
         launch_url = \"https://ehr.example/launch?patient={{patient}}\"\ntimeout_seconds = 1\n{more}"
    );
    let path = format!("{folder}/ehr.toml");
    std::fs::write(&path, text).unwrap();
    path
}

/// A server like `app`, on its database, connected to a system at `base`.
async fn connected(app: &TestApp, base: &str) -> TestApp {
    let file = settings(&app.database.folder(), base, "");
    TestApp::start_on(app.database.clone(), &[("demo", "true"), ("ehr_file", &file)]).await
}

/// A FHIR server that is not ours; one for all tests, which are of different people. It ends with the tests: then its standard
/// input does.
pub(crate) fn peer() -> &'static str {
    static PEER: OnceLock<Node> = OnceLock::new();
    PEER.get_or_init(|| Node::start("ehr/peer.mjs", &json!({}))).said["base"].as_str().unwrap()
}

pub(crate) async fn control(what: &str, body: Value) -> Value {
    let request = TestApp::http().post(format!("{}/control/{what}", peer()));
    let answer = request.body(body.to_string()).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    serde_json::from_str(&answer.text().await.unwrap()).unwrap()
}

/// What the FHIR server has of one person.
async fn stored(patient: &str) -> Vec<Value> {
    let all = control("store", json!({})).await;
    assert!(!all["addresses"].to_string().contains("1.2.246.21"), "no identity code in an address");
    let of = format!("Patient/{patient}");
    let resources = all["resources"].as_array().unwrap().iter();
    resources
        .filter(|resource| resource["subject"]["reference"] == of || resource["id"] == patient)
        .cloned()
        .collect()
}

fn of_kind<'a>(resources: &'a [Value], kind: &str) -> Vec<&'a Value> {
    resources.iter().filter(|resource| resource["resourceType"] == kind).collect()
}

fn entry(messages: &[MessageId]) -> NewRecord {
    NewRecord { kind: RecordKind::Guidance, summary: SUMMARY.to_owned(), message_ids: messages.to_vec() }
}

async fn save(by: &Professional, of: ThreadId, messages: &[MessageId]) -> Record {
    by.create_record(of, &entry(messages), &IdempotencyKey::random()).await.unwrap()
}

/// A thread of a citizen with an answer; its messages, oldest first.
async fn thread(aino: &Citizen, hanna: &Professional, unit: TestUnit) -> (ThreadId, Vec<MessageId>) {
    let thread = aino.begin(unit.topic, "Saisinko uuden reseptin?").await.id;
    hanna.write(thread, "Resepti on uusittu.").await;
    let mut messages = aino.list_messages(thread, &PageQuery::default()).await.unwrap().items;
    messages.reverse();
    (thread, messages.into_iter().map(|message| message.id).collect())
}

/// The newest entry of a thread, when it is so.
async fn when(app: &TestApp, by: &Professional, of: ThreadId, is_so: impl Fn(&Record) -> bool) -> Record {
    let mut last = None;
    for _ in 0..400 {
        deliver_due(&app.state).await.unwrap();
        let record = by.list_records(of).await.unwrap().records.remove(0);
        if is_so(&record) {
            return record;
        }
        last = Some(record);
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("it never became so: {last:?}");
}

fn is_saved(record: &Record) -> bool {
    record.state == RecordState::Saved
}

on_both_engines! {
    async fn a_conversation_is_saved_once_to_a_fhir_server_that_is_not_ours(app: TestApp) {
        let app = connected(&app, peer()).await;
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let patient = control("patient", json!({ "code": aino.code() })).await["id"].as_str().unwrap().to_owned();
        let (of, mut messages) = thread(&aino, &hanna, unit).await;
        messages.push(aino.write(of, "Kiitos, ei muuta").await.id);
        let told = NewMessage { instructions: vec!["Mittaa verenpaine".to_owned()], ..NewMessage::of("Toimi näin") };
        messages.push(hanna.send_message(of, &told, &IdempotencyKey::random()).await.unwrap().id);
        hanna.create_note(of, &NewNote { text: "vain meille, ei kenellekään muulle".to_owned() }).await.unwrap();

        let before = hanna.list_records(of).await.unwrap();
        assert!(before.is_connected && before.records.is_empty() && before.patient_url.is_none());
        let chosen = [messages[0], messages[1], messages[3]];
        let made = save(&hanna, of, &chosen).await;
        assert_eq!((made.state, made.saved_at, made.by.unwrap().id), (RecordState::Waiting, None, hanna.id));
        let saved = when(&app, &hanna, of, is_saved).await;
        assert_eq!((saved.id, saved.message_ids.as_slice(), saved.trouble), (made.id, chosen.as_slice(), None));
        let stamp = aino.get_thread(of).await.unwrap().recorded_at;
        assert!(saved.saved_at.is_some() && stamp == saved.saved_at);

        let there = stored(&patient).await;
        let written = serde_json::to_string(&there).unwrap();
        assert!(!written.contains("vain meille"), "notes never go out");
        assert!(!written.contains("ei muuta"), "what was not chosen stays here");
        let (parts, documents) = (of_kind(&there, "Communication"), of_kind(&there, "DocumentReference"));
        assert_eq!((parts.len(), documents.len()), (4, 1));
        let header = parts.iter().find(|part| part.get("payload").is_none()).unwrap();
        assert_eq!(hostile::identifier(header), format!("urn:uuid:{of}"));
        let place = |part: &Value| format!("Communication/{}", part["id"].as_str().unwrap());
        let part = |id: MessageId| {
            parts.iter().find(|part| hostile::identifier(part) == format!("urn:uuid:{id}")).unwrap()
        };
        for id in chosen {
            assert_eq!(part(id)["partOf"][0]["reference"], place(header));
        }
        assert_eq!(part(messages[0])["payload"][0]["contentString"], "Saisinko uuden reseptin?");
        assert_eq!(part(messages[3])["payload"][1]["contentString"], "Mittaa verenpaine");
        assert_eq!(part(messages[1])["inResponseTo"][0]["reference"], place(part(messages[0])));
        let document = documents[0];
        let summary = document["content"][0]["attachment"]["data"].as_str().unwrap();
        assert_eq!(STANDARD.decode(summary).unwrap(), SUMMARY.as_bytes());
        assert_eq!(document["type"]["coding"][0]["code"], "guidance");
        assert_eq!(document["context"]["related"].as_array().unwrap().len(), 4);

        let address = hanna.list_records(of).await.unwrap().patient_url.unwrap();
        assert_eq!(address, format!("https://ehr.example/launch?patient={patient}"));

        // The next entry of the same thread finds thread and messages there.
        save(&hanna, of, &messages).await;
        when(&app, &hanna, of, |record| is_saved(record) && record.id != made.id).await;
        let there = stored(&patient).await;
        let counts = (of_kind(&there, "Communication").len(), of_kind(&there, "DocumentReference").len());
        assert_eq!(counts, (5, 2));
        let entries: Vec<Value> = there
            .iter()
            .map(|resource| {
                let kind = resource["resourceType"].as_str().unwrap();
                json!({ "fullUrl": format!("{kind}/{}", resource["id"].as_str().unwrap()), "resource": resource })
            })
            .collect();
        let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": entries });
        assert_eq!(crate::exports::kinds_in(&bundle.to_string()), "Communication DocumentReference Patient");
    }

    async fn what_was_answered_is_saved_once_with_a_summary(app: TestApp) {
        let app = connected(&app, peer()).await;
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let patient = control("patient", json!({ "code": aino.code() })).await["id"].as_str().unwrap().to_owned();
        aino.begin(unit.topic, "Hei").await;
        let asking = crate::tasks::asking(&app, unit.id, crate::questionnaires::published(&app).await);
        let task = hanna.create_task(aino.id, &asking, &IdempotencyKey::random()).await.unwrap().id;
        let new = NewTaskRecord { kind: RecordKind::Assessment, summary: SUMMARY.to_owned() };
        let key = IdempotencyKey::random();
        assert_eq!(code(hanna.create_task_record(task, &new, &key).await), ErrorCode::TaskNotAnswered);
        aino.complete_task(task, &crate::tasks::done(crate::tasks::answers("Särkyä selässä"))).await.unwrap();
        let empty = NewTaskRecord { summary: " ".to_owned(), ..new.clone() };
        assert_eq!(code(hanna.create_task_record(task, &empty, &key).await), ErrorCode::ValidationFailed);

        let made = hanna.create_task_record(task, &new, &key).await.unwrap();
        assert_eq!(hanna.create_task_record(task, &new, &key).await.unwrap().id, made.id);
        assert_eq!((made.state, made.message_ids.len()), (RecordState::Waiting, 0));
        let mut saved = made;
        for _ in 0..400 {
            deliver_due(&app.state).await.unwrap();
            saved = hanna.list_task_records(task).await.unwrap().records.remove(0);
            if is_saved(&saved) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        assert!(is_saved(&saved), "{saved:?}");

        let there = stored(&patient).await;
        let (answers, documents) = (of_kind(&there, "QuestionnaireResponse"), of_kind(&there, "DocumentReference"));
        assert_eq!((answers.len(), documents.len()), (1, 1));
        assert_eq!(answers[0]["identifier"]["value"], format!("urn:uuid:{task}"));
        assert_eq!(answers[0]["item"][0]["answer"][0]["valueString"], "Särkyä selässä");
        let place = format!("QuestionnaireResponse/{}", answers[0]["id"].as_str().unwrap());
        assert_eq!(documents[0]["context"]["related"][0]["reference"], place);
        assert_eq!(documents[0]["description"], "Esitiedot");

        // Saved again, the answers are there already and the summary is another.
        hanna.create_task_record(task, &new, &IdempotencyKey::random()).await.unwrap();
        for _ in 0..400 {
            deliver_due(&app.state).await.unwrap();
            if hanna.list_task_records(task).await.unwrap().records.iter().all(is_saved) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        let there = stored(&patient).await;
        assert_eq!((of_kind(&there, "QuestionnaireResponse").len(), of_kind(&there, "DocumentReference").len()), (1, 2));
        let kinds: Vec<_> = there.iter().map(|resource| resource["resourceType"].as_str().unwrap()).collect();
        assert!(!kinds.contains(&"Communication"));

        app.seal().await;
        let query = AccessQuery { limit: Some(200), ..AccessQuery::default() };
        let lines = aino.list_accesses(aino.id, &query).await.unwrap().items;
        for operation in ["createTaskRecord", "listTaskRecords", "deliverRecord"] {
            assert!(lines.iter().any(|line| line.operation == operation), "{operation}");
        }
        let files = crate::exports::unpacked(&app, &aino).await;
        let all = &files.iter().find(|(known, _)| known == "all.json").unwrap().1;
        let all: Value = serde_json::from_str(all).unwrap();
        assert_eq!(all["tasks"][0]["records"][0]["summary"], SUMMARY);
    }

    async fn only_the_unit_that_has_the_matter_saves_and_only_what_is_in_it(app: TestApp) {
        let hostile = Hostile::start();
        let app = connected(&app, &hostile.base).await;
        let (unit, elsewhere) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon neuvola").await);
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let (of, messages) = thread(&aino, &hanna, unit).await;
        let (_, others) = thread(&app.citizen().await, &hanna, unit).await;
        let stranger = app.professional(elsewhere.id).await;
        let key = IdempotencyKey::random();
        let new = entry(&messages);

        assert_eq!(code(stranger.create_record(of, &new, &key).await), ErrorCode::NotFound);
        let reason = "Potilas on tajuton päivystyksessä".to_owned();
        let glass = NewEmergencyAccess { identity_code: aino.code(), unit_id: elsewhere.id, reason };
        stranger.open_emergency_access(&glass).await.unwrap();
        assert_eq!(code(stranger.create_record(of, &new, &key).await), ErrorCode::NotAllowed);
        assert!(stranger.list_records(of).await.unwrap().records.is_empty());
        assert_eq!(code(aino.create_record(of, &new, &key).await), ErrorCode::NotAllowed);
        assert_eq!(code(aino.list_records(of).await), ErrorCode::NotAllowed);
        for wrong in [
            entry(&others),
            entry(&[]),
            NewRecord { summary: " \n".to_owned(), ..new.clone() },
            NewRecord { summary: "a\0b".to_owned(), ..new.clone() },
        ] {
            assert_eq!(code(hanna.create_record(of, &wrong, &key).await), ErrorCode::ValidationFailed);
        }
        assert!(hanna.list_records(of).await.unwrap().records.is_empty() && hostile.sent().is_empty());

        let first = hanna.create_record(of, &new, &key).await.unwrap();
        let again = hanna.create_record(of, &new, &key).await.unwrap();
        assert_eq!((first.id, hanna.list_records(of).await.unwrap().records.len()), (again.id, 1));
        when(&app, &hanna, of, is_saved).await;
        assert_eq!(code(hanna.retry_record(first.id).await), ErrorCode::Conflict);
        assert_eq!(code(stranger.retry_record(first.id).await), ErrorCode::NotAllowed);
    }

    async fn without_a_system_nothing_is_taken_for_saving(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let (of, messages) = thread(&aino, &hanna, unit).await;
        assert!(!hanna.list_records(of).await.unwrap().is_connected);
        let refused = hanna.create_record(of, &entry(&messages), &IdempotencyKey::random()).await;
        assert_eq!(code(refused), ErrorCode::NotConnected);
        assert!(hanna.list_records(of).await.unwrap().records.is_empty());
    }

    async fn the_access_log_tells_who_had_it_saved_and_that_it_left(app: TestApp) {
        let hostile = Hostile::start();
        let app = connected(&app, &hostile.base).await;
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let (of, messages) = thread(&aino, &hanna, unit).await;
        hostile.know(0);
        let record = save(&hanna, of, &messages).await;
        when(&app, &hanna, of, |record| record.state == RecordState::Failed).await;
        hostile.know(1);
        hanna.retry_record(record.id).await.unwrap();
        when(&app, &hanna, of, is_saved).await;

        app.seal().await;
        let query = AccessQuery { limit: Some(200), ..AccessQuery::default() };
        let lines = aino.list_accesses(aino.id, &query).await.unwrap().items;
        let mut told: Vec<_> = lines
            .iter()
            .filter(|line| line.operation.ends_with("Record") || line.operation == "listRecords")
            .map(|line| (line.operation.as_str(), line.action, line.ground, line.title.as_deref().unwrap()))
            .collect();
        told.reverse();
        told.dedup();
        let read = ("listRecords", AccessAction::Read, AccessGround::Unit, "sairaanhoitaja");
        let by_hand = |operation| (operation, AccessAction::Write, AccessGround::Unit, "sairaanhoitaja");
        let left = ("deliverRecord", AccessAction::Write, AccessGround::Unit, "järjestelmä");
        assert!(told.contains(&read));
        told.retain(|line| *line != read);
        assert_eq!(told, [by_hand("createRecord"), left, by_hand("retryRecord"), left]);
    }

    async fn what_was_saved_is_in_what_the_citizen_takes_away_and_counted_at_an_erasure(app: TestApp) {
        let hostile = Hostile::start();
        let app = connected(&app, &hostile.base).await;
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let (of, messages) = thread(&aino, &hanna, unit).await;
        save(&hanna, of, &messages).await;
        when(&app, &hanna, of, is_saved).await;
        let files = crate::exports::unpacked(&app, &aino).await;
        let file = |name: &str| &files.iter().find(|(known, _)| known == name).unwrap().1;
        let all: Value = serde_json::from_str(file("all.json")).unwrap();
        let record = &all["matters"][0]["records"][0];
        assert_eq!((&record["summary"], &record["state"]), (&json!(SUMMARY), &json!("saved")));
        assert!(record.get("by").is_none());
        assert!(file("lue-minut.html").contains("Äiti &lt;b&gt;voi&lt;/b&gt; hyvin."));

        let administrator = app.official(omasote_types::people::Role::Administrator).await;
        let kept = administrator.preview_erasure(aino.id).await.unwrap().kept;
        let entries = kept.iter().find(|item| item.what == omasote_types::data_rights::KeptData::RecordEntries);
        assert_eq!(entries.unwrap().count, 1);
    }
}
