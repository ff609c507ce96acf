//! Telling people outside the apps: once for a burst, by their choice, in their quiet hours not, and never what it is about.

pub(crate) mod mailbox;

use std::time::Duration;

use omasote_backend::deliveries::deliver_due;
use omasote_backend::jobs::tell_missed;
use omasote_types::data_rights::{ErasedData, WrittenReason};
use omasote_types::error::ErrorCode;
use omasote_types::ids::CitizenId;
use omasote_types::messages::ThreadVisibility;
use omasote_types::notifications::{
    Channel, ChannelChoice, NoticeState, NotificationUpdate, QuietHours, Reach,
};
use omasote_types::people::Role;
use omasote_types::proxies::{NewProxyInvitation, ProxyAcceptance, ProxyScope};
use serde_json::Value;

use crate::harness::{Person, TestApp, TestUnit, code, on_both_engines};
use mailbox::Mailbox;

/// Longer than what comes up is gathered.
pub(crate) const A_WHILE: Duration = Duration::from_secs(150);
/// Longer than a burst lasts.
const LATER: Duration = Duration::from_secs(35 * 60);

fn chosen(email: &str, phone: &str, choice: ChannelChoice) -> NotificationUpdate {
    NotificationUpdate {
        email: Some(email.to_owned()),
        phone: Some(phone.to_owned()),
        choice,
        quiet_hours: None,
    }
}

pub(crate) fn by_email(address: &str) -> NotificationUpdate {
    chosen(address, "", ChannelChoice::Email)
}

pub(crate) async fn choose<I>(person: &Person<I>, new: &NotificationUpdate) {
    person.update_notification_settings(new).await.unwrap();
}

/// What was told of in the time that passes, once nothing is due any more.
pub(crate) async fn told(app: &TestApp, mailbox: &Mailbox, before: usize, time: Duration) -> Vec<Value> {
    app.advance(time);
    // The server's own job may be at it as well: until neither has anything to do.
    for _ in 0..4 {
        deliver_due(&app.state).await.unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    mailbox.got().split_off(before)
}

pub(crate) fn subjects(got: &[Value]) -> Vec<&str> {
    got.iter().map(|mail| mail["headers"]["subject"].as_str().unwrap_or("sms")).collect()
}

async fn reach(app: &TestApp, unit: TestUnit, aino: &Person<CitizenId>) -> Reach {
    let hanna = app.professional(unit.id).await;
    let thread = aino.begin(unit.topic, "Hei").await;
    hanna.get_reach(thread.id).await.unwrap()
}

on_both_engines! {
    async fn a_burst_is_one_mail_without_anything_of_the_matter(app: TestApp) {
        let mailbox = Mailbox::start(&app.database.folder(), false);
        let app = mailbox.connect(&app, false).await;
        let unit = app.unit("Psykiatrian poliklinikka").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        choose(&aino, &by_email("aino@esimerkki.fi")).await;
        let first = told(&app, &mailbox, 0, A_WHILE).await;
        assert_eq!(subjects(&first), ["Omasoten ilmoitukset tulevat tähän osoitteeseen"]);

        let thread = aino.begin(unit.topic, "Masentaa").await.id;
        for text in ["Hei Aino", "Tule huomenna", "Ota lääkelista mukaan"] {
            hanna.write(thread, text).await;
        }
        assert!(told(&app, &mailbox, 1, Duration::from_secs(60)).await.is_empty(), "it is gathered first");
        let got = told(&app, &mailbox, 1, A_WHILE).await;
        assert_eq!(subjects(&got), ["Sinulle on viesti Omasotessa"]);
        let mail = &got[0];
        assert_eq!(mail["to"][0], "aino@esimerkki.fi");
        assert_eq!(mail["headers"]["auto-submitted"], "auto-generated");
        assert_eq!(mail["headers"]["content-language"], "fi");
        let text = mail.to_string();
        for private in ["Psykiatrian", "Masentaa", "lääkelista", "Testinen", "Hanna", &thread.to_string()] {
            assert!(!text.contains(private), "{private} in {text}");
        }
        let reached = hanna.get_reach(thread).await.unwrap();
        assert_eq!((reached.channels.as_slice(), reached.is_connected), ([Channel::Email].as_slice(), true));
        assert_eq!(reached.last.map(|notice| (notice.channel, notice.state)), Some((Channel::Email, NoticeState::Sent)));

        // Soon after the last time there is no other; half an hour later there is, as it is not read yet.
        hanna.write(thread, "Vielä yksi asia").await;
        assert!(told(&app, &mailbox, 2, A_WHILE).await.is_empty());
        assert_eq!(told(&app, &mailbox, 2, LATER).await.len(), 1);
    }

    async fn who_is_given_an_event_is_told_unless_it_is_confirmed_by_then(app: TestApp) {
        let mailbox = Mailbox::start(&app.database.folder(), false);
        let app = mailbox.connect(&app, false).await;
        let unit = app.unit("Psykiatrian poliklinikka").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        choose(&aino, &by_email("aino@esimerkki.fi")).await;
        aino.begin(unit.topic, "Hei").await;
        assert_eq!(told(&app, &mailbox, 0, A_WHILE).await.len(), 1);
        let given = crate::events::of_citizen(&app, &hanna, unit.id, &aino).await;
        let got = told(&app, &mailbox, 1, A_WHILE).await;
        assert_eq!(subjects(&got), ["Sinulla on uutta tietoa ajasta"]);
        assert!(!got[0].to_string().contains("Verenpaine") && !got[0].to_string().contains("Psykiatrian"));
        let aino = app.again(aino).await;
        aino.confirm_event(given).await.unwrap();
        let hanna = app.again(hanna).await;
        let other = crate::events::of_citizen(&app, &hanna, unit.id, &aino).await;
        aino.confirm_event(other).await.unwrap();
        assert!(told(&app, &mailbox, 2, LATER).await.is_empty(), "there is nothing to tell any more");
        let (aino, hanna) = (app.again(aino).await, app.again(hanna).await);
        hanna.cancel_event(other, &<_>::default()).await.unwrap();
        assert_eq!(subjects(&told(&app, &mailbox, 2, LATER).await), ["Sinulla on uutta tietoa ajasta"]);
        drop(aino);
    }

    async fn what_is_read_meanwhile_is_not_told(app: TestApp) {
        let mailbox = Mailbox::start(&app.database.folder(), false);
        let app = mailbox.connect(&app, false).await;
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        choose(&aino, &by_email("aino@esimerkki.fi")).await;
        assert_eq!(told(&app, &mailbox, 0, A_WHILE).await.len(), 1);
        let thread = aino.begin(unit.topic, "Hei").await.id;
        let answer = hanna.write(thread, "Hei Aino").await;
        aino.mark_thread_read(thread, answer.id).await.unwrap();
        assert!(told(&app, &mailbox, 1, A_WHILE).await.is_empty());
        assert_eq!(hanna.get_reach(thread).await.unwrap().last, None, "and it does not count as told");
        // Nobody is told of what they wrote themselves.
        aino.write(thread, "Kiitos").await;
        assert!(told(&app, &mailbox, 1, LATER).await.is_empty());
    }

    async fn until_somebody_chooses_they_are_told_by_the_number_that_is_known(app: TestApp) {
        let mailbox = Mailbox::start(&app.database.folder(), false);
        let app = mailbox.connect(&app, false).await;
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let settings = aino.get_notification_settings().await.unwrap();
        assert_eq!((settings.phone.as_deref(), settings.choice), (Some("+358400000002"), ChannelChoice::Sms));
        assert_eq!((settings.email, settings.connected.as_slice()), (None, Channel::ALL.as_slice()));
        let thread = aino.begin(unit.topic, "Hei").await.id;
        hanna.write(thread, "Hei Aino").await;
        let got = told(&app, &mailbox, 0, A_WHILE).await;
        assert_eq!((got.len(), &got[0]["channel"], &got[0]["to"][0]), (1, &"sms".into(), &"+358400000002".into()));
        assert_eq!((&got[0]["from"], got[0]["key"].as_str().unwrap().len()), (&"Omasote".into(), 36));
        assert!(got[0]["text"].as_str().unwrap().starts_with("Sinulle on uusi viesti Omasotessa."), "{got:?}");

        // By both, by none.
        choose(&aino, &chosen("aino@esimerkki.fi", "040 000 0002", ChannelChoice::Both)).await;
        told(&app, &mailbox, 0, LATER).await;
        let before = mailbox.got().len();
        hanna.write(thread, "Ja vielä").await;
        let mut ways: Vec<String> = told(&app, &mailbox, before, LATER).await.iter().map(|got| got["channel"].to_string()).collect();
        ways.sort();
        assert_eq!(ways, ["\"email\"", "\"sms\""]);
        choose(&aino, &chosen("aino@esimerkki.fi", "040 000 0002", ChannelChoice::None)).await;
        let before = mailbox.got().len();
        hanna.write(thread, "Ja vielä tämä").await;
        assert!(told(&app, &mailbox, before, LATER).await.is_empty());
        assert!(hanna.get_reach(thread).await.unwrap().channels.is_empty());
    }

    async fn nothing_is_sent_in_the_quiet_hours_and_all_after_them(app: TestApp) {
        let mailbox = Mailbox::start(&app.database.folder(), false);
        let app = mailbox.connect(&app, false).await;
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        choose(&aino, &by_email("aino@esimerkki.fi")).await;
        assert_eq!(told(&app, &mailbox, 0, A_WHILE).await.len(), 1);
        let thread = aino.begin(unit.topic, "Hei").await.id;
        hanna.write(thread, "Hei Aino").await;
        // Quiet from a little ago for three hours, chosen after it came up.
        let local = omasote_rules::helsinki::to_local(app.state.clock.now());
        let minute = chrono::Timelike::hour(&local) * 60 + chrono::Timelike::minute(&local);
        let (from_minute, to_minute) = ((minute + 1430) % 1440, (minute + 180) % 1440);
        let quiet = QuietHours { from_minute: from_minute as u16, to_minute: to_minute as u16 };
        choose(&aino, &NotificationUpdate { quiet_hours: Some(quiet), ..by_email("aino@esimerkki.fi") }).await;
        assert!(told(&app, &mailbox, 1, LATER).await.is_empty());
        assert_eq!(told(&app, &mailbox, 1, Duration::from_secs(3 * 3600)).await.len(), 1);
    }

    async fn an_address_that_is_not_good_is_shown_to_the_person_and_the_unit(app: TestApp) {
        let mailbox = Mailbox::start(&app.database.folder(), false);
        let app = mailbox.connect(&app, false).await;
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        choose(&aino, &by_email("gone@esimerkki.fi")).await;
        assert!(told(&app, &mailbox, 0, A_WHILE).await.is_empty());
        let settings = aino.get_notification_settings().await.unwrap();
        assert_eq!(settings.troubles.iter().map(|trouble| trouble.channel).collect::<Vec<_>>(), [Channel::Email]);
        let thread = aino.begin(unit.topic, "Hei").await.id;
        hanna.write(thread, "Hei Aino").await;
        let reach = hanna.get_reach(thread).await.unwrap();
        assert_eq!((reach.channels.len(), reach.troubles.len(), reach.last), (0, 1, None), "and it is not tried again");
        // A new address is.
        choose(&aino, &by_email("aino@esimerkki.fi")).await;
        assert!(aino.get_notification_settings().await.unwrap().troubles.is_empty());
        assert_eq!(told(&app, &mailbox, 0, A_WHILE).await.len(), 1);
        // A number that the gateway does not take.
        choose(&aino, &chosen("", "+358 40 000 0400", ChannelChoice::Sms)).await;
        told(&app, &mailbox, 1, A_WHILE).await;
        assert_eq!(aino.get_notification_settings().await.unwrap().troubles[0].channel, Channel::Sms);
    }

    async fn what_the_mail_server_gets_back_later_is_shown_as_well(app: TestApp) {
        let mailbox = Mailbox::start(&app.database.folder(), false);
        let app = mailbox.connect(&app, false).await;
        let aino = app.citizen().await;
        choose(&aino, &by_email("aino@esimerkki.fi")).await;
        let sent = told(&app, &mailbox, 0, A_WHILE).await;
        let back_to = sent[0]["from"].as_str().unwrap().to_owned();
        assert!(back_to.starts_with("palautuneet+") && back_to.ends_with("@esimerkki.fi"), "{back_to}");
        let report = |action: &str, status: &str| format!(
            "From: MAILER-DAEMON@posti.example\r\nTo: <{back_to}>\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nIt did not arrive.\r\n\
             --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; posti.example\r\n\r\n\
             Final-Recipient: rfc822; aino@esimerkki.fi\r\nAction: {action}\r\nStatus: {status}\r\n\r\n--b--\r\n"
        );
        let post = async |token: &str, report: String| {
            let request = TestApp::http().post(app.url("/operations/bounces")).bearer_auth(token).body(report);
            let answer = request.send().await.unwrap();
            (answer.status().as_u16(), answer.text().await.unwrap())
        };
        let troubles = async || aino.get_notification_settings().await.unwrap().troubles.len();
        let token = "a token for bounces";
        assert_eq!(post("another", report("failed", "5.1.1")).await.0, 404);
        for (text, noted) in [
            (report("delayed", "4.4.7"), false),
            ("no report at all".to_owned(), false),
            (report("failed", "5.1.1").replace(&back_to, "palautuneet@esimerkki.fi"), false),
        ] {
            assert_eq!(post(token, text).await, (200, format!("{{\"noted\":{noted}}}")));
            assert_eq!(troubles().await, 0);
        }
        assert_eq!(post(token, report("failed", "5.1.1")).await, (200, "{\"noted\":true}".to_owned()));
        assert_eq!(troubles().await, 1);
    }

    async fn a_server_that_cannot_just_now_is_asked_again_until_it_has_taken_it(app: TestApp) {
        let mailbox = Mailbox::start(&app.database.folder(), false);
        let app = mailbox.connect(&app, false).await;
        for name in ["later", "dead", "slow", "strict"] {
            let person = app.citizen().await;
            choose(&person, &by_email(&format!("{name}@esimerkki.fi"))).await;
        }
        let busy = app.citizen().await;
        choose(&busy, &chosen("", "+358 40 000 0503", ChannelChoice::Sms)).await;
        app.advance(A_WHILE);
        // "strict" refuses us and not the address, so that it is tried on, and is nobody's fault.
        for _ in 0..20 {
            deliver_due(&app.state).await.unwrap();
            app.advance(Duration::from_secs(16 * 60));
            if mailbox.got().len() >= 4 {
                break;
            }
        }
        let mut to: Vec<String> = mailbox.wait_for(4).await.iter().map(|got| got["to"][0].as_str().unwrap().to_owned()).collect();
        to.sort();
        to.dedup();
        assert_eq!(to, ["+358400000503", "dead@esimerkki.fi", "later@esimerkki.fi", "slow@esimerkki.fi"]);
        assert!(busy.get_notification_settings().await.unwrap().troubles.is_empty());
    }

    async fn mail_goes_by_tls_and_a_sign_in(app: TestApp) {
        let mailbox = Mailbox::start(&app.database.folder(), true);
        let app = mailbox.connect(&app, true).await;
        choose(&app.citizen().await, &by_email("aino@esimerkki.fi")).await;
        // A busy machine may need more than one try.
        for _ in 0..20 {
            app.advance(LATER);
            deliver_due(&app.state).await.unwrap();
            if !mailbox.got().is_empty() {
                break;
            }
        }
        let got = mailbox.wait_for(1).await;
        assert_eq!((&got[0]["tls"], &got[0]["login"]), (&true.into(), &true.into()));
    }

    async fn who_acts_for_another_is_told_unless_it_is_hidden(app: TestApp) {
        let mailbox = Mailbox::start(&app.database.folder(), false);
        let app = mailbox.connect(&app, false).await;
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, liisa, hanna) = (app.citizen().await, app.citizen().await, app.professional(unit.id).await);
        choose(&aino, &chosen("", "", ChannelChoice::None)).await;
        choose(&liisa, &by_email("liisa@esimerkki.fi")).await;
        let invitation = NewProxyInvitation { scopes: vec![ProxyScope::Messages], ends_at: None };
        let code = aino.create_proxy_invitation(aino.id, &invitation).await.unwrap().code;
        liisa.accept_proxy_invitation(&ProxyAcceptance { code }).await.unwrap();
        told(&app, &mailbox, 0, A_WHILE).await;
        let before = mailbox.got().len();

        let thread = aino.begin(unit.topic, "Hei").await.id;
        aino.set_thread_visibility(thread, ThreadVisibility { is_hidden_from_proxies: true }).await.unwrap();
        hanna.write(thread, "Hei Aino").await;
        assert!(told(&app, &mailbox, before, A_WHILE).await.is_empty());
        assert_eq!(hanna.get_reach(thread).await.unwrap().told_proxies, 0);
        aino.set_thread_visibility(thread, ThreadVisibility { is_hidden_from_proxies: false }).await.unwrap();
        hanna.write(thread, "Ja vielä").await;
        let got = told(&app, &mailbox, before, LATER).await;
        assert_eq!(subjects(&got), ["Henkilölle, jonka puolesta asioit, on viesti Omasotessa"]);
        assert!(!got[0].to_string().contains("Testinen"));
        assert_eq!(hanna.get_reach(thread).await.unwrap().told_proxies, 1);
    }

    async fn a_missed_promise_is_told_to_the_citizen_and_the_lead(app: TestApp) {
        let mailbox = Mailbox::start(&app.database.folder(), false);
        let app = mailbox.connect(&app, false).await;
        let unit = app.promising_unit(60).await;
        let (aino, bo, lead) = (app.citizen().await, app.citizen().await, app.lead(unit.id).await);
        let other = app.professional(unit.id).await;
        choose(&aino, &by_email("aino@esimerkki.fi")).await;
        choose(&bo, &chosen("", "", ChannelChoice::None)).await;
        choose(&lead, &by_email("lead@esimerkki.fi")).await;
        choose(&other, &by_email("hanna@esimerkki.fi")).await;
        assert_eq!(told(&app, &mailbox, 0, A_WHILE).await.len(), 3);
        aino.begin(unit.topic, "Hei").await;
        bo.begin(unit.topic, "Hei").await;
        app.advance(Duration::from_secs(90 * 60));
        tell_missed(&app.state).await.unwrap();
        let got = told(&app, &mailbox, 3, A_WHILE).await;
        let mut by: Vec<(&str, &str)> = got.iter().map(|mail| (mail["to"][0].as_str().unwrap(), mail["headers"]["subject"].as_str().unwrap())).collect();
        by.sort_unstable();
        assert_eq!(by, [
            ("aino@esimerkki.fi", "Vastaus sinulle viivästyy"),
            ("lead@esimerkki.fi", "Vastauksia myöhässä: Kuhmon vastaanotto"),
        ]);
        let to_lead = got.iter().find(|mail| mail["to"][0] == "lead@esimerkki.fi").unwrap().to_string();
        assert!(to_lead.contains("Niitä on nyt 2.") && !to_lead.contains("Testinen"), "{to_lead}");
    }

    async fn bad_settings_are_refused_and_nothing_is_kept(app: TestApp) {
        let aino = app.citizen().await;
        let before = aino.get_notification_settings().await.unwrap();
        assert!(before.connected.is_empty(), "this server tells nobody");
        for bad in [
            by_email(""),
            by_email("aino@esimerkki.fi\r\nBcc: muut@esimerkki.fi"),
            chosen("", "123", ChannelChoice::None),
            NotificationUpdate { quiet_hours: Some(QuietHours { from_minute: 60, to_minute: 60 }), ..by_email("a@b.fi") },
        ] {
            assert_eq!(code(aino.update_notification_settings(&bad).await), ErrorCode::ValidationFailed);
        }
        assert_eq!(aino.get_notification_settings().await.unwrap(), before);
        let kept = aino.update_notification_settings(&chosen(" aino@esimerkki.fi ", "(040) 123-4567", ChannelChoice::Both)).await.unwrap();
        assert_eq!((kept.email.as_deref(), kept.phone.as_deref()), (Some("aino@esimerkki.fi"), Some("+358401234567")));
        assert_eq!(app.citizen().await.get_notification_settings().await.unwrap().email, None, "of nobody else");
        let unit = app.unit("Kuhmon vastaanotto").await;
        assert!(!reach(&app, unit, &aino).await.is_connected);
    }

    async fn an_erasure_takes_the_settings_and_the_notices(app: TestApp) {
        let mailbox = Mailbox::start(&app.database.folder(), false);
        let app = mailbox.connect(&app, false).await;
        let (aino, admin) = (app.citizen().await, app.official(Role::Administrator).await);
        choose(&aino, &by_email("aino@esimerkki.fi")).await;
        let preview = admin.preview_erasure(aino.id).await.unwrap();
        assert!(preview.erased.iter().any(|item| item.what == ErasedData::Notifications), "{preview:?}");
        let reason = WrittenReason { reason: "Pyyntö 26.11.2026, päätös 12".to_owned() };
        admin.erase_citizen(aino.id, &reason).await.unwrap();
        assert!(told(&app, &mailbox, 0, A_WHILE).await.is_empty());
        let again = app.anew(&aino).await;
        assert_eq!(again.get_notification_settings().await.unwrap().email, None);
    }
}
