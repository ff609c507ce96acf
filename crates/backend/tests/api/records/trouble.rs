//! What becomes of an entry when the other system is slow, refuses, half-answers or goes away in the middle, and when this one does.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use omasote_backend::deliveries::deliver_due;
use omasote_client::{Client, IdempotencyKey};
use omasote_types::data_rights::WrittenReason;
use omasote_types::error::ErrorCode;
use omasote_types::ids::{MessageId, RecordId, ThreadId};
use omasote_types::people::Role;
use omasote_types::records::{Record, RecordState, RecordTrouble};
use omasote_types::sessions::{App, PersonId};

use super::hostile::{Hostile, identifier};
use super::{A_PAUSE, Citizen, Professional, connected, entry, is_saved, save, settings, thread, when};
use crate::harness::{TestApp, code, on_both_engines};

/// What passes by itself, what it is called meanwhile, and whether the entry is there before.
const PASSING: [(&str, RecordTrouble); 20] = [
    ("token-500", RecordTrouble::Unreachable),
    ("token-429", RecordTrouble::Unreachable),
    ("token-garbage", RecordTrouble::WrongAnswer),
    ("token-newline", RecordTrouble::WrongAnswer),
    ("token-hangs", RecordTrouble::Unreachable),
    ("patient-500", RecordTrouble::Unreachable),
    ("patient-garbage", RecordTrouble::WrongAnswer),
    ("patient-null", RecordTrouble::WrongAnswer),
    ("patient-other", RecordTrouble::WrongAnswer),
    ("patient-broken", RecordTrouble::Unreachable),
    ("entry-500", RecordTrouble::Unreachable),
    ("entry-429", RecordTrouble::Unreachable),
    ("entry-garbage", RecordTrouble::WrongAnswer),
    ("entry-broken", RecordTrouble::Unreachable),
    ("entry-endless", RecordTrouble::Unreachable),
    ("entry-hangs", RecordTrouble::Unreachable),
    ("lies-empty", RecordTrouble::WrongAnswer),
    ("lies-412", RecordTrouble::WrongAnswer),
    ("stores-some-500", RecordTrouble::Unreachable),
    ("stores-some-broken", RecordTrouble::Unreachable),
];

/// What a person has to look at.
const LASTING: [(&str, RecordTrouble); 7] = [
    ("token-400", RecordTrouble::AccessDenied),
    ("token-401", RecordTrouble::AccessDenied),
    ("patient-403", RecordTrouble::AccessDenied),
    ("entry-401", RecordTrouble::AccessDenied),
    ("entry-403", RecordTrouble::AccessDenied),
    ("entry-422", RecordTrouble::Refused),
    ("patient-elsewhere", RecordTrouble::Refused),
];

/// The other system stores it, and its answer is lost.
const STORED: [&str; 4] = ["stored-broken", "stored-500", "stored-half", "stored-hangs"];

/// A citizen's thread that is to be saved.
struct Matter {
    hostile: Hostile,
    app: TestApp,
    aino: Citizen,
    hanna: Professional,
    of: ThreadId,
    messages: Vec<MessageId>,
}

impl Matter {
    async fn new(app: &TestApp) -> Self {
        let hostile = Hostile::start();
        let app = connected(app, &hostile.base).await;
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let (of, messages) = thread(&aino, &hanna, unit).await;
        Self { hostile, app, aino, hanna, of, messages }
    }

    async fn save(&self) -> Record {
        save(&self.hanna, self.of, &self.messages).await
    }

    async fn when(&self, is_so: impl Fn(&Record) -> bool) -> Record {
        when(&self.app, &self.hanna, self.of, is_so).await
    }

    /// What the other system has is whole and there once.
    fn assert_once(&self, records: &[RecordId]) {
        let mut wanted: Vec<String> = records.iter().map(ToString::to_string).collect();
        wanted.push(self.of.to_string());
        wanted.extend(self.messages.iter().map(ToString::to_string));
        let mut wanted: Vec<String> = wanted.into_iter().map(|id| format!("urn:uuid:{id}")).collect();
        let store = self.hostile.store();
        let mut there: Vec<&str> = store.iter().map(identifier).collect();
        wanted.sort_unstable();
        there.sort_unstable();
        assert_eq!(there, wanted);
    }
}

fn spawn(app: &TestApp, file: &str, port: u16) -> Child {
    Command::new(env!("CARGO_BIN_EXE_omasote"))
        .arg("serve")
        .env("OMASOTE_DEMO", "true")
        .env("OMASOTE_LISTEN", format!("127.0.0.1:{port}"))
        .env("OMASOTE_DATABASE_URL", &app.database.url)
        .env("OMASOTE_DATA_DIR", app.database.folder())
        .env("OMASOTE_EHR_FILE", file)
        .env("OMASOTE_LOG", "error")
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

async fn signed_in(base: &str, person: PersonId) -> Client {
    let client = Client::new(base, App::Professional).unwrap();
    for _ in 0..200 {
        if client.create_demo_session(person).await.is_ok() {
            return client;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the server must start within five seconds");
}

on_both_engines! {
    async fn what_passes_is_tried_again_until_it_is_saved_once(app: TestApp) {
        let mut matter = Matter::new(&app).await;
        let mut records = Vec::new();
        for (way, trouble) in PASSING {
            matter.hostile.behave(way);
            let stamp = matter.aino.get_thread(matter.of).await.unwrap().recorded_at;
            let record = matter.save().await;
            let waiting = matter.when(|record| record.trouble.is_some()).await;
            assert_eq!((waiting.state, waiting.trouble, waiting.saved_at), (RecordState::Waiting, Some(trouble), None), "{way}");
            let thread = matter.aino.get_thread(matter.of).await.unwrap();
            assert_eq!(thread.recorded_at, stamp, "nothing is called saved: {way}");

            matter.hostile.behave("");
            // Also later than the other side's longest wish here.
            matter.app.advance(A_PAUSE * 4);
            matter.hanna = matter.app.again(matter.hanna).await;
            matter.when(is_saved).await;
            records.push(record.id);
            matter.assert_once(&records);
            matter.aino = matter.app.again(matter.aino).await;
        }
    }

    async fn an_entry_whose_answer_was_lost_is_found_there_and_not_sent_again(app: TestApp) {
        let matter = Matter::new(&app).await;
        let mut records = Vec::new();
        for way in STORED {
            matter.hostile.behave(way);
            let record = matter.save().await;
            matter.when(is_saved).await;
            records.push(record.id);
            matter.assert_once(&records);
            assert_eq!(matter.hostile.sent().len(), records.len(), "{way}");
        }
    }

    async fn what_was_stored_while_it_could_not_be_read_back_is_not_sent_again(app: TestApp) {
        let matter = Matter::new(&app).await;
        matter.hostile.behave("reading-500");
        let record = matter.save().await;
        // The answer came and is whole: nothing needs to be read back.
        matter.when(is_saved).await;
        matter.assert_once(&[record.id]);
        assert!(!matter.hostile.addresses().iter().any(|address| address.contains("DocumentReference")));
        assert!(!matter.hostile.addresses().iter().any(|address| address.contains(&matter.aino.code())));
    }

    async fn what_lasts_waits_for_a_person_and_is_saved_when_they_say_so(app: TestApp) {
        let matter = Matter::new(&app).await;
        let mut records = Vec::new();
        for (way, trouble) in LASTING {
            matter.hostile.behave(way);
            let record = matter.save().await;
            let failed = matter.when(|record| record.state == RecordState::Failed).await;
            assert_eq!((failed.trouble, failed.saved_at), (Some(trouble), None), "{way}");
            let asked = matter.hostile.addresses().len();
            matter.app.advance(A_PAUSE);
            assert_eq!(deliver_due(&matter.app.state).await.unwrap(), 0, "{way}: not by itself");
            assert_eq!(matter.hostile.addresses().len(), asked, "{way}");

            matter.hostile.behave("");
            let retried = matter.hanna.retry_record(record.id).await.unwrap();
            assert!(retried.state != RecordState::Failed);
            matter.when(is_saved).await;
            records.push(record.id);
            matter.assert_once(&records);
        }
    }

    async fn nobody_and_several_people_are_shown_and_never_guessed(app: TestApp) {
        let matter = Matter::new(&app).await;
        for (people, trouble) in [(0, RecordTrouble::NoPatient), (2, RecordTrouble::SeveralPatients)] {
            matter.hostile.know(people);
            matter.save().await;
            let failed = matter.when(|record| record.state == RecordState::Failed).await;
            assert_eq!(failed.trouble, Some(trouble));
        }
        assert!(matter.hostile.sent().is_empty() && matter.hostile.store().is_empty());
        assert_eq!(matter.hanna.list_records(matter.of).await.unwrap().patient_url, None);
    }

    async fn a_token_is_kept_and_another_taken_when_it_is_not_good_any_more(app: TestApp) {
        let matter = Matter::new(&app).await;
        matter.save().await;
        matter.when(is_saved).await;
        matter.save().await;
        matter.when(is_saved).await;
        assert_eq!(matter.hostile.tokens(), 1);
        // Another has taken a token: ours is not the newest any more.
        TestApp::http().post(format!("{}/token", matter.hostile.base)).send().await.unwrap();
        matter.save().await;
        matter.when(is_saved).await;
        assert_eq!(matter.hostile.tokens(), 3);
    }

    async fn it_is_not_tried_sooner_than_the_other_side_wishes(app: TestApp) {
        let matter = Matter::new(&app).await;
        matter.hostile.behave("entry-429");
        matter.save().await;
        matter.when(|record| record.trouble.is_some()).await;
        matter.hostile.behave("");
        matter.app.advance(A_PAUSE);
        assert_eq!(deliver_due(&matter.app.state).await.unwrap(), 0);
        assert_eq!(matter.hostile.sent().len(), 1);
        matter.app.advance(Duration::from_secs(3600));
        matter.when(is_saved).await;
    }

    async fn after_three_days_a_person_is_asked_and_nothing_is_lost(app: TestApp) {
        let mut matter = Matter::new(&app).await;
        matter.hostile.behave("token-500");
        let record = matter.save().await;
        matter.when(|record| record.trouble.is_some()).await;
        matter.app.advance(Duration::from_secs(3 * 24 * 3600 + 60));
        matter.hanna = matter.app.again(matter.hanna).await;
        let failed = matter.when(|record| record.state == RecordState::Failed).await;
        assert_eq!(failed.trouble, Some(RecordTrouble::Unreachable));
        matter.hostile.behave("");
        matter.hanna.retry_record(record.id).await.unwrap();
        matter.when(is_saved).await;
        matter.assert_once(&[record.id]);
    }

    async fn several_servers_deliver_each_entry_once(app: TestApp) {
        let matter = Matter::new(&app).await;
        let other = connected(&app, &matter.hostile.base).await;
        let mut records = Vec::new();
        for _ in 0..12 {
            records.push(matter.save().await.id);
            let both = (deliver_due(&matter.app.state), deliver_due(&other.state));
            let both = futures_util::future::join(both.0, both.1).await;
            both.0.and(both.1).unwrap();
        }
        for _ in 0..400 {
            let all = matter.hanna.list_records(matter.of).await.unwrap().records;
            if all.iter().all(is_saved) {
                break;
            }
            deliver_due(&other.state).await.unwrap();
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        matter.assert_once(&records);
        assert_eq!(matter.hostile.sent().len(), records.len(), "each was sent once");
    }

    async fn a_server_killed_between_delivery_and_noting_it_sends_again_without_doubling(app: TestApp) {
        let hostile = Hostile::start();
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let (of, messages) = thread(&aino, &hanna, unit).await;
        // It stores, and does not answer; nor does it tell what it has.
        hostile.behave("stored-hangs");
        let port = free_port();
        let file = settings(&app.database.folder(), &hostile.base, "");
        let mut server = spawn(&app, &file, port);
        let client = signed_in(&format!("http://127.0.0.1:{port}"), hanna.person).await;
        let record = client.create_record(of, &entry(&messages), &IdempotencyKey::random()).await.unwrap();
        for _ in 0..800 {
            if !hostile.store().is_empty() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        server.kill().unwrap();
        server.wait().unwrap();
        hostile.behave("");
        assert_eq!(hostile.store().len(), 4, "it was delivered");
        assert_eq!(hanna.list_records(of).await.unwrap().records[0].state, RecordState::Waiting, "nobody knows");

        let next = connected(&app, &hostile.base).await;
        assert_eq!(deliver_due(&next.state).await.unwrap(), 0, "the other server may still be at it");
        next.advance(A_PAUSE);
        let saved = when(&next, &hanna, of, is_saved).await;
        assert_eq!(saved.id, record.id);
        let store = hostile.store();
        assert_eq!(store.len(), 4, "nothing is there twice");
        assert_eq!(hostile.sent().len(), 1, "it was found there");
    }

    async fn what_is_restricted_meanwhile_does_not_leave(app: TestApp) {
        let matter = Matter::new(&app).await;
        let administrator = matter.app.official(Role::Administrator).await;
        matter.hostile.behave("token-500");
        let record = matter.save().await;
        matter.when(|record| record.trouble.is_some()).await;
        let why = WrittenReason { reason: "Asiakas kiistää tietojen oikeellisuuden".to_owned() };
        administrator.restrict_citizen(matter.aino.id, &why).await.unwrap();
        matter.hostile.behave("");
        matter.app.advance(A_PAUSE);
        deliver_due(&matter.app.state).await.unwrap();
        assert_eq!(code(matter.hanna.list_records(matter.of).await), ErrorCode::DataRestricted);
        assert_eq!(code(matter.hanna.retry_record(record.id).await), ErrorCode::DataRestricted);
        administrator.lift_restriction(matter.aino.id, &why).await.unwrap();
        let stopped = matter.when(|record| record.state == RecordState::Failed).await;
        assert_eq!(stopped.trouble, Some(RecordTrouble::Restricted));
        assert!(matter.hostile.sent().is_empty());
        matter.hanna.retry_record(record.id).await.unwrap();
        matter.when(is_saved).await;
        matter.assert_once(&[record.id]);
    }
}
