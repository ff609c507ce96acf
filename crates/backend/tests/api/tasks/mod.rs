//! Tasks: given by a unit, done by the citizen or for them, looked at by the unit.

mod follow_up;
mod kinds;
pub(crate) mod of_event;
pub(crate) mod series;

use std::time::Duration;

use chrono::Days;
use omasote_client::{ClientError, IdempotencyKey};
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::{CitizenId, QuestionnaireId, UnitId};
use omasote_types::proxies::ProxyScope;
use omasote_types::questionnaires::{Answer, Answers, Severity};
use omasote_types::tasks::{
    AnswerSource, NewTask, TaskCancellation, TaskCompletion, TaskKind, TaskList, TaskQuery,
    TaskResponseUpdate, TaskReturn, TaskReview, TaskState, UnitTaskList, UnitTaskQuery, Window,
};

use serde_json::{Value, json};

use crate::harness::{Person, TestApp, code, on_both_engines};
use crate::questionnaires::{form, published, shipped};

const DAY: Duration = Duration::from_secs(24 * 3600);

/// From today for a week.
pub(crate) fn week(app: &TestApp) -> Window {
    let today = omasote_rules::helsinki::to_local(app.state.clock.now()).date();
    Window { from: today, to: today + Days::new(6) }
}

/// Something to do.
pub(crate) fn to_do(app: &TestApp, unit_id: UnitId) -> NewTask {
    NewTask {
        unit_id,
        kind: TaskKind::ToDo {},
        title: "Varaa aika laboratorioon".to_owned(),
        text: "Ole syömättä 12 tuntia ennen koetta.".to_owned(),
        minutes: Some(5),
        window: week(app),
        follow_up: None,
    }
}

/// A questionnaire to answer.
pub(crate) fn asking(app: &TestApp, unit_id: UnitId, questionnaire_id: QuestionnaireId) -> NewTask {
    let kind = TaskKind::Questionnaire { questionnaire_id };
    NewTask { kind, title: String::new(), ..to_do(app, unit_id) }
}

/// An answer to the form of `questionnaires::form`.
pub(crate) fn answers(text: &str) -> Answers {
    [("syy", Answer::Text(text.to_owned()))].into_iter().collect()
}

pub(crate) fn done(answers: Answers) -> TaskCompletion {
    TaskCompletion { answers: Some(answers), ..TaskCompletion::default() }
}

/// A body that an operation takes.
pub(crate) fn body(app: &TestApp, (unit, citizen): (UnitId, CitizenId), operation: &str) -> Option<Value> {
    Some(match operation {
        "createQuestionnaire" => json!({ "form": form("Toinen") }),
        "importQuestionnaire" => {
            json!({ "resourceType": "Questionnaire", "title": "Kolmas", "language": "fi" })
        }
        "updateQuestionnaire" => json!(form("Esitiedot")),
        "createTask" => json!(to_do(app, unit)),
        "saveTaskResponse" => {
            json!({ "answers": answers("Särkyä"), "writtenAt": app.state.clock.now() })
        }
        "completeTask" => json!({ "answers": answers("Särkyä") }),
        "createTaskSeries" => json!(series::series(app, unit, vec![citizen], None)),
        "saveFollowUp" => json!({ "callWhen": "unanswered", "callAfterDays": 3 }),
        "recordTaskCall" => json!({ "outcome": "not_reached" }),
        "createEventTask" => json!(of_event::before_visit()),
        "reviewTask" | "cancelTask" | "cancelTaskSeries" => json!({}),
        "sendTaskBack" => json!({ "remark": "Kerro lisää", "window": week(app) }),
        _ => return None,
    })
}

fn refused_fields(outcome: Result<impl std::fmt::Debug, ClientError>) -> Vec<(String, FieldErrorCode)> {
    let ClientError::Refused(problem) = outcome.unwrap_err() else { panic!("must be refused") };
    assert_eq!(problem.code, ErrorCode::ValidationFailed);
    problem.errors.into_iter().map(|error| (error.field, error.code)).collect()
}

/// Those that a unit's list shows.
async fn listed(
    who: &Person<omasote_types::ids::ProfessionalId>,
    unit: UnitId,
    list: UnitTaskList,
) -> Vec<omasote_types::ids::TaskId> {
    let query = UnitTaskQuery { list, ..UnitTaskQuery::default() };
    let page = who.list_unit_tasks(unit, &query).await.unwrap();
    page.items.into_iter().map(|task| task.id).collect()
}

on_both_engines! {
    async fn a_citizen_answers_in_parts_on_two_devices_and_the_unit_looks_at_it(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let questionnaire = published(&app).await;
        let key = IdempotencyKey::random();
        let new = asking(&app, unit.id, questionnaire);
        let task = hanna.create_task(aino.id, &new, &key).await.unwrap();
        assert_eq!(hanna.create_task(aino.id, &new, &key).await.unwrap(), task);
        assert_eq!((task.state, task.title.fi.as_str()), (TaskState::Given, "Esitiedot"));
        let to_do = aino.list_tasks(aino.id, &TaskQuery::default()).await.unwrap().items;
        assert_eq!(to_do, std::slice::from_ref(&task));
        assert_eq!(aino.start_task(task.id).await.unwrap().state, TaskState::Started);

        // Half-way on one device; the unit sees that it was begun, and nothing of what is written.
        let written_at = app.state.clock.now();
        let half = TaskResponseUpdate { answers: answers("Päätä sär"), written_at };
        aino.save_task_response(task.id, &half).await.unwrap();
        assert!(hanna.get_task_response(task.id).await.unwrap().answers.is_empty());
        assert_eq!(listed(&hanna, unit.id, UnitTaskList::Open).await, [task.id]);

        // On another device it goes on; what an old device sends late changes nothing.
        app.advance(Duration::from_secs(60));
        let other = app.again(aino).await;
        assert_eq!(other.get_task_response(task.id).await.unwrap().answers, answers("Päätä sär"));
        let more = TaskResponseUpdate { answers: answers("Päätä särkee"), written_at: app.state.clock.now() };
        other.save_task_response(task.id, &more).await.unwrap();
        let late = other.save_task_response(task.id, &half).await.unwrap();
        assert_eq!(late.answers, answers("Päätä särkee"));

        let answered = other.complete_task(task.id, &TaskCompletion::default()).await.unwrap();
        assert_eq!(answered.state, TaskState::Answered);
        assert_eq!(code(other.complete_task(task.id, &done(answers("Toisin"))).await), ErrorCode::TaskAnswered);
        assert_eq!(code(other.save_task_response(task.id, &more).await), ErrorCode::TaskAnswered);
        assert_eq!(listed(&hanna, unit.id, UnitTaskList::ToReview).await, [task.id]);
        let seen = hanna.get_task_response(task.id).await.unwrap();
        assert_eq!((seen.answers, seen.last), (answers("Päätä särkee"), None));

        let review = TaskReview { remark: "Kiitos, katsotaan käynnillä.".to_owned() };
        let reviewed = hanna.review_task(task.id, &review).await.unwrap();
        assert_eq!((reviewed.state, reviewed.remark), (TaskState::Reviewed, Some(review.remark)));
        assert!(listed(&hanna, unit.id, UnitTaskList::ToReview).await.is_empty());
        let done = TaskQuery { list: TaskList::Done, ..TaskQuery::default() };
        assert_eq!(other.list_tasks(other.id, &done).await.unwrap().items.len(), 1);
        let changes = other.list_task_changes(task.id).await.unwrap();
        let states: Vec<_> = changes.iter().map(|change| change.state).collect();
        assert_eq!(states, [TaskState::Given, TaskState::Started, TaskState::Answered, TaskState::Reviewed]);
        assert!(changes[0].by.ends_with(", sairaanhoitaja") && changes.iter().all(|change| change.on_behalf_of.is_none()));
    }

    async fn what_is_missing_or_wrong_in_answers_is_told_by_question(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let new = asking(&app, unit.id, published(&app).await);
        let task = hanna.create_task(aino.id, &new, &IdempotencyKey::random()).await.unwrap();
        let missing = refused_fields(aino.complete_task(task.id, &done(Answers::new())).await);
        assert_eq!(missing, [("answers.syy".to_owned(), FieldErrorCode::Required)]);
        let long = refused_fields(aino.complete_task(task.id, &done(answers(&"a".repeat(101)))).await);
        assert_eq!(long[0].0, "answers.syy");
        let unknown: Answers = [("muu", Answer::YesNo(true))].into_iter().collect();
        let update = TaskResponseUpdate { answers: unknown, written_at: app.state.clock.now() };
        let unknown = refused_fields(aino.save_task_response(task.id, &update).await);
        assert_eq!(unknown, [("answers.muu".to_owned(), FieldErrorCode::UnknownReference)]);
        assert_eq!(aino.get_task(task.id).await.unwrap().state, TaskState::Given);
        assert!(aino.get_task_response(task.id).await.unwrap().answers.is_empty());
    }

    async fn an_answer_that_worries_is_urgent_for_the_unit(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let phq = shipped(&app, "phq-9").await;
        let answered = |ninth: &str| -> Answers {
            let one = |number: usize| {
                let code = if number == 9 { ninth } else { "not-at-all" };
                (format!("phq-{number}"), Answer::One(code.to_owned()))
            };
            (1..=9).map(one).collect()
        };
        let mut tasks = Vec::new();
        for ninth in ["not-at-all", "several-days"] {
            let new = asking(&app, unit.id, phq.id);
            let task = hanna.create_task(aino.id, &new, &IdempotencyKey::random()).await.unwrap();
            app.advance(Duration::from_secs(60));
            tasks.push(aino.complete_task(task.id, &done(answered(ninth))).await.unwrap());
        }
        assert_eq!(tasks.iter().map(|task| task.is_urgent).collect::<Vec<_>>(), [false, true]);
        // The time before is there to compare with.
        let seen = hanna.get_task_response(tasks[1].id).await.unwrap();
        let last = seen.last.unwrap();
        assert_eq!((last.task_id, last.answers), (tasks[0].id, answered("not-at-all")));
        assert!(aino.get_task_response(tasks[1].id).await.unwrap().last.is_none());
        assert!(!hanna.review_task(tasks[1].id, &TaskReview::default()).await.unwrap().is_urgent);

        let scores = hanna.list_task_scores(tasks[0].id).await.unwrap();
        let severities: Vec<_> = scores.iter().map(|one| one.band.as_ref().map(|band| band.severity)).collect();
        // The whole score and that of the first two questions, each time.
        let values: Vec<_> = scores.iter().map(|one| (one.task_id, one.value.to_string(), one.most.to_string())).collect();
        let of = |task: usize, value: &str, most: &str| (tasks[task].id, value.to_owned(), most.to_owned());
        assert_eq!(values, [of(0, "0", "27"), of(0, "0", "6"), of(1, "1", "27"), of(1, "0", "6")]);
        assert_eq!(severities, [Some(Severity::Usual); 4]);
        assert!(scores.iter().all(|one| one.is_screening));
    }

    async fn answers_go_out_as_fhir_once_they_are_sent(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let questionnaire = published(&app).await;
        let task = hanna.create_task(aino.id, &asking(&app, unit.id, questionnaire), &IdempotencyKey::random()).await.unwrap();
        assert_eq!(code(hanna.export_task_response(task.id).await), ErrorCode::TaskNotAnswered);
        let read = |text: String| serde_json::from_str::<Value>(&text).unwrap();
        let update = TaskResponseUpdate { answers: answers("Sär"), written_at: app.state.clock.now() };
        aino.save_task_response(task.id, &update).await.unwrap();
        assert_eq!(read(aino.export_task_response(task.id).await.unwrap())["status"], "in-progress");
        let answered = aino.complete_task(task.id, &done(answers("Särkyä"))).await.unwrap();
        let resource = read(hanna.export_task_response(task.id).await.unwrap());
        assert_eq!(resource["status"], "completed");
        assert_eq!(resource["authored"], answered.answered_at.unwrap().to_rfc3339());
        assert_eq!(resource["identifier"]["value"], format!("urn:uuid:{}", task.id));
        assert_eq!(resource["subject"]["identifier"]["value"], format!("urn:uuid:{}", aino.id));
        assert!(resource["questionnaire"].as_str().unwrap().ends_with(&format!("/questionnaires/{questionnaire}|1")));
        let form = hanna.get_questionnaire_version(questionnaire, 1).await.unwrap().form;
        assert_eq!(omasote_fhir::answers(&form, &resource).unwrap(), answers("Särkyä"));
        let other = hanna.create_task(aino.id, &to_do(&app, unit.id), &IdempotencyKey::random()).await.unwrap();
        assert_eq!(code(hanna.export_task_response(other.id).await), ErrorCode::NotAllowed);
        assert_eq!(code(hanna.list_task_scores(other.id).await), ErrorCode::NotAllowed);
    }

    async fn an_answer_is_sent_back_and_given_anew(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let new = asking(&app, unit.id, published(&app).await);
        let task = hanna.create_task(aino.id, &new, &IdempotencyKey::random()).await.unwrap();
        let back = TaskReturn { remark: "Kerro tarkemmin.".to_owned(), window: week(&app) };
        assert_eq!(code(hanna.send_task_back(task.id, &back).await), ErrorCode::TaskNotAnswered);
        aino.complete_task(task.id, &done(answers("Särkyä"))).await.unwrap();
        app.advance(3 * DAY);
        let (aino, hanna) = (app.again(aino).await, app.again(hanna).await);
        let past = TaskReturn { window: Window { from: back.window.from, to: back.window.from }, ..back.clone() };
        assert_eq!(refused_fields(hanna.send_task_back(task.id, &past).await)[0].0, "window.to");
        let sent_back = hanna.send_task_back(task.id, &back).await.unwrap();
        assert_eq!((sent_back.state, sent_back.remark.as_deref()), (TaskState::SentBack, Some("Kerro tarkemmin.")));
        // What was answered is there to go on from.
        assert_eq!(aino.get_task_response(task.id).await.unwrap().answers, answers("Särkyä"));
        let again = aino.complete_task(task.id, &done(answers("Särkyä selässä"))).await.unwrap();
        assert_eq!((again.state, again.times_sent_back), (TaskState::Answered, 1));
    }

    async fn what_came_on_paper_is_found_by_its_code_and_entered_for_the_citizen(app: TestApp) {
        let (unit, elsewhere) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon neuvola").await);
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let new = asking(&app, unit.id, published(&app).await);
        let task = hanna.create_task(aino.id, &new, &IdempotencyKey::random()).await.unwrap();
        let typed = task.code.to_lowercase().replace('-', "");
        assert_eq!(hanna.find_task_by_code(unit.id, &typed).await.unwrap(), task);
        let stranger = app.professional(elsewhere.id).await;
        assert_eq!(code(stranger.find_task_by_code(elsewhere.id, &task.code).await), ErrorCode::NotFound);
        assert_eq!(code(stranger.find_task_by_code(unit.id, &task.code).await), ErrorCode::NotFound);

        let without = done(answers("Paperilla"));
        assert_eq!(code(hanna.complete_task(task.id, &without).await), ErrorCode::NotAllowed);
        let on_paper = TaskCompletion { source: Some(AnswerSource::Paper), ..without.clone() };
        assert_eq!(code(aino.complete_task(task.id, &on_paper).await), ErrorCode::NotAllowed);
        hanna.complete_task(task.id, &on_paper).await.unwrap();
        let entered = aino.list_task_changes(task.id).await.unwrap().pop().unwrap();
        assert_eq!((entered.source, entered.state), (Some(AnswerSource::Paper), TaskState::Answered));
        assert!(entered.by.ends_with("sairaanhoitaja") && entered.on_behalf_of.is_some());
        assert_eq!(aino.get_task_response(task.id).await.unwrap().answers, answers("Paperilla"));
    }

    async fn who_acts_for_the_citizen_does_tasks_when_the_mandate_covers_them(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, matti, other, hanna) =
            (app.citizen().await, app.citizen().await, app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        crate::proxies::mandate(&aino, &matti, &[ProxyScope::Tasks]).await;
        crate::proxies::mandate(&aino, &other, &[ProxyScope::Messages]).await;
        let task = hanna.create_task(aino.id, &to_do(&app, unit.id), &IdempotencyKey::random()).await.unwrap();
        assert_eq!(code(other.get_task(task.id).await), ErrorCode::OutsideMandate);
        assert_eq!(code(other.list_tasks(aino.id, &TaskQuery::default()).await), ErrorCode::OutsideMandate);
        assert_eq!(matti.list_tasks(aino.id, &TaskQuery::default()).await.unwrap().items.len(), 1);
        matti.complete_task(task.id, &TaskCompletion::default()).await.unwrap();
        let change = aino.list_task_changes(task.id).await.unwrap().pop().unwrap();
        assert!(change.on_behalf_of.is_some() && change.by != change.on_behalf_of.unwrap());
        // What is merely done needs nobody to look at it.
        assert!(listed(&hanna, unit.id, UnitTaskList::ToReview).await.is_empty());
    }

    async fn a_task_waits_for_its_days_and_silence_shows_after_them(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let Window { from, to } = week(&app);
        let window = Window { from: from + Days::new(2), to };
        let new = NewTask { window, ..to_do(&app, unit.id) };
        let task = hanna.create_task(aino.id, &new, &IdempotencyKey::random()).await.unwrap();
        assert_eq!(code(aino.start_task(task.id).await), ErrorCode::TaskTooEarly);
        let opened = hanna.create_task(aino.id, &to_do(&app, unit.id), &IdempotencyKey::random()).await.unwrap();
        aino.start_task(opened.id).await.unwrap();
        app.advance(8 * DAY);
        let (aino, hanna) = (app.again(aino).await, app.again(hanna).await);
        assert_eq!(listed(&hanna, unit.id, UnitTaskList::Silent).await, [task.id]);
        assert_eq!(listed(&hanna, unit.id, UnitTaskList::Late).await, [opened.id]);
        // Late is allowed.
        let late = aino.complete_task(task.id, &TaskCompletion::default()).await.unwrap();
        assert_eq!(late.state, TaskState::Answered);
        let off = TaskCancellation { remark: "Hoidimme asian puhelimessa.".to_owned() };
        assert_eq!(hanna.cancel_task(opened.id, &off).await.unwrap().state, TaskState::Cancelled);
        assert_eq!(code(aino.complete_task(opened.id, &TaskCompletion::default()).await), ErrorCode::TaskCancelled);
    }

    async fn what_is_wrong_with_a_task_is_told_and_nothing_is_given(app: TestApp) {
        let (unit, elsewhere) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon neuvola").await);
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let right = to_do(&app, unit.id);
        let Window { from, to } = right.window;
        let nothing = QuestionnaireId::at(app.state.clock.now());
        let cases = [
            (NewTask { title: " ".to_owned(), ..right.clone() }, "title"),
            (NewTask { text: "a".repeat(2_001), ..right.clone() }, "text"),
            (NewTask { minutes: Some(0), ..right.clone() }, "minutes"),
            (NewTask { window: Window { from: to, to: from }, ..right.clone() }, "window.to"),
            (NewTask { window: Window { from: from - Days::new(9), to: from - Days::new(2) }, ..right.clone() }, "window.to"),
            (NewTask { unit_id: elsewhere.id, ..right.clone() }, "unitId"),
            (asking(&app, unit.id, nothing), "kind.questionnaireId"),
        ];
        for (wrong, field) in cases {
            let outcome = hanna.create_task(aino.id, &wrong, &IdempotencyKey::random()).await;
            assert_eq!(refused_fields(outcome)[0].0, field);
        }
        let stranger = app.citizen().await;
        let outcome = hanna.create_task(stranger.id, &right, &IdempotencyKey::random()).await;
        assert_eq!(code(outcome), ErrorCode::NotFound);
        assert_eq!(code(aino.create_task(aino.id, &right, &IdempotencyKey::random()).await), ErrorCode::NotAllowed);
        assert!(aino.list_tasks(aino.id, &TaskQuery::default()).await.unwrap().items.is_empty());
    }

    async fn lists_of_tasks_go_on_where_they_ended(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let Window { from, to } = week(&app);
        let mut given = Vec::new();
        for days in [3, 1, 2, 1] {
            let new = NewTask { window: Window { from, to: to + Days::new(days) }, ..to_do(&app, unit.id) };
            given.push((days, hanna.create_task(aino.id, &new, &IdempotencyKey::random()).await.unwrap().id));
        }
        given.sort_unstable();
        let (mut found, mut cursor) = (Vec::new(), None);
        loop {
            let query = TaskQuery { cursor, limit: Some(1), ..TaskQuery::default() };
            let page = aino.list_tasks(aino.id, &query).await.unwrap();
            found.extend(page.items.iter().map(|task| task.id));
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(found, given.into_iter().map(|(_, id)| id).collect::<Vec<_>>());
    }
}
