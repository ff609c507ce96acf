//! Following tasks: who waits is reminded once, who has answered never; silence becomes a call that the unit makes.

use chrono::Days;
use omasote_backend::jobs::{give_series, remind_of_tasks};
use omasote_client::IdempotencyKey;
use omasote_types::audit::AccessQuery;
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::{CitizenId, ProfessionalId, TaskId, UnitId};
use omasote_types::notifications::{NotificationUpdate, QuietHours};
use omasote_types::page::PageQuery;
use omasote_types::people::Protection;
use omasote_types::tasks::{
    AnswerSource, CallOutcome, CallWhen, FollowUp, NewTask, NewTaskCall, SilenceKind, Task, TaskCancellation,
    TaskCompletion, TaskQuery, TaskReturn, UnitCall, Window,
};

use super::series::{move_to, series};
use super::{answers, asking, done, refused_fields, to_do, week};
use crate::harness::{Person, TestApp, code, on_both_engines};
use crate::notifications::mailbox::Mailbox;
use crate::notifications::{A_WHILE, by_email, choose, subjects, told};

const NINE: u16 = 9 * 60;
const REMINDER: &str = "Sinulla on tehtävä, joka odottaa";

fn calling(call_when: CallWhen) -> Option<FollowUp> {
    Some(FollowUp { call_when, call_after_days: 2, ..FollowUp::NOTHING })
}

async fn give(
    app: &TestApp,
    by: &Person<ProfessionalId>,
    to: CitizenId,
    unit: UnitId,
    follow_up: Option<FollowUp>,
) -> Task {
    let new = NewTask { follow_up, ..to_do(app, unit) };
    by.create_task(to, &new, &IdempotencyKey::random()).await.unwrap()
}

async fn calls(by: &Person<ProfessionalId>, unit: UnitId) -> Vec<UnitCall> {
    by.list_unit_calls(unit, &PageQuery::default()).await.unwrap().items
}

fn about(calls: &[UnitCall]) -> Vec<TaskId> {
    calls.iter().map(|call| call.task.id).collect()
}

/// Moves the clock to a morning and reminds; what has been told since.
async fn reminded(app: &TestApp, mailbox: &Mailbox, day: chrono::NaiveDate) -> Vec<String> {
    let before = mailbox.got().len();
    move_to(app, day, NINE);
    remind_of_tasks(&app.state).await.unwrap();
    remind_of_tasks(&app.state).await.unwrap();
    let got = told(app, mailbox, before, A_WHILE).await;
    subjects(&got).into_iter().map(str::to_owned).collect()
}

on_both_engines! {
    async fn who_has_not_done_a_task_is_reminded_before_its_last_day_and_once_it_is_late(app: TestApp) {
        let mailbox = Mailbox::start(&app.database.folder(), false);
        let app = mailbox.connect(&app, false).await;
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        choose(&aino, &by_email("aino@esimerkki.fi")).await;
        let follow_up = Some(FollowUp { remind_before_days: Some(1), remind_late_days: Some(2), ..FollowUp::NOTHING });
        // Two tasks of the same days are one reminder.
        let first = give(&app, &hanna, aino.id, unit.id, follow_up).await;
        give(&app, &hanna, aino.id, unit.id, follow_up).await;
        aino.start_task(first.id).await.unwrap();
        told(&app, &mailbox, 0, A_WHILE).await;
        let Window { to, .. } = first.window;
        assert!(reminded(&app, &mailbox, to - Days::new(2)).await.is_empty());
        assert_eq!(reminded(&app, &mailbox, to - Days::new(1)).await, [REMINDER]);
        assert!(reminded(&app, &mailbox, to).await.is_empty());
        // One of the two is done: the other is late.
        let aino = app.anew(&aino).await;
        aino.complete_task(first.id, &TaskCompletion::default()).await.unwrap();
        assert_eq!(reminded(&app, &mailbox, to + Days::new(2)).await, [REMINDER]);
        assert!(reminded(&app, &mailbox, to + Days::new(9)).await.is_empty());
    }

    async fn nobody_is_reminded_of_what_is_done_or_called_off_not_even_after_quiet_hours(app: TestApp) {
        let mailbox = Mailbox::start(&app.database.folder(), false);
        let app = mailbox.connect(&app, false).await;
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, eero, hanna) = (app.citizen().await, app.citizen().await, app.professional(unit.id).await);
        for (citizen, address) in [(&aino, "aino@esimerkki.fi"), (&eero, "eero@esimerkki.fi")] {
            citizen.begin(unit.topic, "Hei").await;
            // Until noon nothing is sent.
            let quiet_hours = Some(QuietHours { from_minute: 0, to_minute: 12 * 60 });
            choose(citizen, &NotificationUpdate { quiet_hours, ..by_email(address) }).await;
        }
        // Reminders a day before are what a unit does unless it says otherwise.
        let of_aino = give(&app, &hanna, aino.id, unit.id, None).await;
        let of_eero = give(&app, &hanna, eero.id, unit.id, None).await;
        let Window { to, .. } = of_aino.window;
        move_to(&app, to - Days::new(2), 13 * 60);
        told(&app, &mailbox, 0, A_WHILE).await;
        assert!(reminded(&app, &mailbox, to - Days::new(1)).await.is_empty(), "it is quiet");
        let (aino, hanna) = (app.anew(&aino).await, app.again(hanna).await);
        aino.complete_task(of_aino.id, &TaskCompletion::default()).await.unwrap();
        hanna.cancel_task(of_eero.id, &TaskCancellation::default()).await.unwrap();
        let before = mailbox.got().len();
        move_to(&app, to - Days::new(1), 13 * 60);
        assert!(told(&app, &mailbox, before, A_WHILE).await.is_empty());
        assert!(reminded(&app, &mailbox, to).await.is_empty());
    }

    async fn silence_becomes_a_call_as_was_chosen_and_who_is_not_reached_is_called_again(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let unopened = give(&app, &hanna, aino.id, unit.id, calling(CallWhen::Unopened)).await;
        let opened = give(&app, &hanna, aino.id, unit.id, calling(CallWhen::Unopened)).await;
        let begun = give(&app, &hanna, aino.id, unit.id, calling(CallWhen::Unanswered)).await;
        let answered = give(&app, &hanna, aino.id, unit.id, calling(CallWhen::Unanswered)).await;
        give(&app, &hanna, aino.id, unit.id, None).await;
        for id in [opened.id, begun.id] {
            aino.start_task(id).await.unwrap();
        }
        aino.complete_task(answered.id, &TaskCompletion::default()).await.unwrap();
        let Window { to, .. } = unopened.window;
        move_to(&app, to + Days::new(1), NINE);
        let hanna = app.again(hanna).await;
        assert!(calls(&hanna, unit.id).await.is_empty());
        move_to(&app, to + Days::new(2), NINE);
        let (aino, hanna) = (app.anew(&aino).await, app.again(hanna).await);
        let waiting = calls(&hanna, unit.id).await;
        assert_eq!(about(&waiting), [unopened.id, begun.id]);
        assert_eq!(waiting.iter().map(|call| call.silence).collect::<Vec<_>>(), [SilenceKind::Unopened, SilenceKind::Unanswered]);
        assert_eq!((waiting[0].phone.as_deref(), waiting[0].since), (Some("040 000 0002"), to));

        let said = |outcome| NewTaskCall { outcome, note: "Soitettu aamulla".to_owned() };
        hanna.record_task_call(unopened.id, &said(CallOutcome::NotReached)).await.unwrap();
        let waiting = calls(&hanna, unit.id).await;
        assert_eq!((about(&waiting).len(), waiting[0].made.len()), (2, 1));
        assert!(waiting[0].made[0].by.ends_with(", sairaanhoitaja"));
        let wrong = hanna.record_task_call(unopened.id, &said(CallOutcome::AnswerEntered)).await;
        assert_eq!(code(wrong), ErrorCode::TaskNotAnswered);
        let made = hanna.record_task_call(unopened.id, &said(CallOutcome::Reached)).await.unwrap();
        assert_eq!(made.iter().map(|call| call.outcome).collect::<Vec<_>>(), [CallOutcome::Reached, CallOutcome::NotReached]);
        // Who answers meanwhile needs no call.
        assert_eq!(about(&calls(&hanna, unit.id).await), [begun.id]);
        aino.complete_task(begun.id, &TaskCompletion::default()).await.unwrap();
        assert!(calls(&hanna, unit.id).await.is_empty());
        assert_eq!(hanna.list_task_calls(unopened.id).await.unwrap(), made);
        app.seal().await;
        let lines = aino.list_accesses(aino.id, &AccessQuery::default()).await.unwrap().items;
        for operation in ["listUnitCalls", "recordTaskCall"] {
            assert!(lines.iter().any(|line| line.operation == operation), "{operation}");
        }
        assert_eq!(code(aino.list_task_calls(unopened.id).await), ErrorCode::NotAllowed);
        assert_eq!(code(aino.record_task_call(unopened.id, &said(CallOutcome::Reached)).await), ErrorCode::NotAllowed);
    }

    async fn an_answer_taken_on_the_telephone_is_a_call_and_one_that_is_sent_back_is_silence_anew(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let questionnaire = crate::questionnaires::published(&app).await;
        let new = NewTask { follow_up: calling(CallWhen::Unanswered), ..asking(&app, unit.id, questionnaire) };
        let task = hanna.create_task(aino.id, &new, &IdempotencyKey::random()).await.unwrap();
        let Window { to, .. } = task.window;
        move_to(&app, to + Days::new(2), NINE);
        let hanna = app.again(hanna).await;
        assert_eq!(about(&calls(&hanna, unit.id).await), [task.id]);
        let by_phone = TaskCompletion { source: Some(AnswerSource::Phone), ..done(answers("Puhelimessa")) };
        hanna.complete_task(task.id, &by_phone).await.unwrap();
        let made = hanna.list_task_calls(task.id).await.unwrap();
        assert_eq!(made.iter().map(|call| call.outcome).collect::<Vec<_>>(), [CallOutcome::AnswerEntered]);
        assert!(calls(&hanna, unit.id).await.is_empty());
        let back = TaskReturn { remark: "Kerro lisää".to_owned(), window: week(&app) };
        hanna.send_task_back(task.id, &back).await.unwrap();
        assert!(calls(&hanna, unit.id).await.is_empty());
        move_to(&app, back.window.to + Days::new(2), NINE);
        assert_eq!(about(&calls(&app.again(hanna).await, unit.id).await), [task.id]);
    }

    async fn a_protected_number_is_not_in_the_list(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let task = give(&app, &hanna, aino.id, unit.id, calling(CallWhen::Unopened)).await;
        aino.update_protection(aino.id, Protection { is_non_disclosed: true }).await.unwrap();
        move_to(&app, task.window.to + Days::new(2), NINE);
        let waiting = calls(&app.again(hanna).await, unit.id).await;
        assert_eq!((waiting[0].is_protected, waiting[0].phone.as_deref()), (true, None));
    }

    async fn a_unit_has_its_own_way_and_a_series_may_have_another(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna, lead) = (app.citizen().await, app.professional(unit.id).await, app.lead(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        assert_eq!(hanna.get_follow_up(unit.id).await.unwrap(), FollowUp::default());
        let usual = calling(CallWhen::Unanswered).unwrap();
        assert_eq!(code(hanna.save_follow_up(unit.id, &usual).await), ErrorCode::RoleRequired);
        for wrong in [
            (FollowUp { remind_before_days: Some(0), ..usual }, "remindBeforeDays"),
            (FollowUp { remind_late_days: Some(31), ..usual }, "remindLateDays"),
            (FollowUp { call_after_days: 0, ..usual }, "callAfterDays"),
        ] {
            let refused = refused_fields(lead.save_follow_up(unit.id, &wrong.0).await);
            assert_eq!(refused, [(wrong.1.to_owned(), FieldErrorCode::InvalidFormat)]);
        }
        assert_eq!(lead.save_follow_up(unit.id, &usual).await.unwrap(), usual);
        assert_eq!(hanna.get_follow_up(unit.id).await.unwrap(), usual);
        let as_usual = give(&app, &hanna, aino.id, unit.id, None).await;
        let new = series(&app, unit.id, vec![aino.id], None);
        let given = hanna.create_task_series(unit.id, &new, &IdempotencyKey::random()).await.unwrap();
        assert_eq!(given.follow_up, usual);
        let other = calling(CallWhen::Never);
        let new = omasote_types::tasks::NewTaskSeries { follow_up: other, ..new };
        let quiet = hanna.create_task_series(unit.id, &new, &IdempotencyKey::random()).await.unwrap();
        assert_eq!(Some(quiet.follow_up), other);
        give_series(&app.state).await.unwrap();
        assert_eq!(aino.list_tasks(aino.id, &TaskQuery::default()).await.unwrap().items.len(), 3);
        move_to(&app, as_usual.window.to + Days::new(2), NINE);
        let waiting = calls(&app.again(hanna).await, unit.id).await;
        let series: Vec<_> = waiting.iter().map(|call| call.task.series_id).collect();
        assert_eq!(series, [None, Some(given.id)]);
    }
}
