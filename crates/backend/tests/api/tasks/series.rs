//! Series of tasks: to whom they are given, when, and each time once, whatever happens to the server.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use futures_util::future::join;
use omasote_backend::db::{Db, DbUrl, PoolSize};
use omasote_backend::jobs::give_series;
use omasote_backend::live::Bus;
use omasote_backend::repos::tasks::list_all;
use omasote_backend::repos::tasks::series::find;
use omasote_backend::repos::{care, people};
use omasote_backend::services::tasks::series::give_next;
use omasote_client::IdempotencyKey;
use omasote_rules::helsinki::{at_minute, to_local};
use omasote_types::audit::AccessQuery;
use omasote_types::care::Matter;
use omasote_types::data_rights::{ErasedData, WrittenReason};
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::identity_code::IdentityCode;
use omasote_types::ids::{CitizenId, ProfessionalId, QuestionnaireId, TaskSeriesId, UnitId};
use omasote_types::language::Language;
use omasote_types::page::PageQuery;
use omasote_types::people::{Citizen, ContactDetails, Role};
use omasote_types::tasks::{
    FollowUp, NewTaskSeries, Task, TaskCompletion, TaskKind, TaskList, TaskQuery, TaskSeries,
    TaskSeriesCancellation, TaskSeriesState, TaskState, Window,
};

use super::{DAY, refused_fields, to_do, week};
use crate::durability::{free_port, spawn, wait_until_ready};
use crate::harness::{Person, TestApp, code, on_both_engines};

const MANY: usize = 10_000;
const KILLS: usize = 4;
const EIGHT: u16 = 8 * 60;

/// A series for some citizens.
pub(crate) fn series(
    app: &TestApp,
    unit: UnitId,
    citizen_ids: Vec<CitizenId>,
    rule: Option<&str>,
) -> NewTaskSeries {
    let one = to_do(app, unit);
    NewTaskSeries {
        citizen_ids,
        kind: one.kind,
        title: "Mittaa verenpaine".to_owned(),
        text: one.text,
        minutes: one.minutes,
        window: one.window,
        recurrence: rule.map(str::to_owned),
        follow_up: None,
    }
}

/// Makes a series of which an operation can be asked.
pub(crate) async fn of_unit(
    app: &TestApp,
    by: &Person<ProfessionalId>,
    unit: UnitId,
    of: CitizenId,
) -> TaskSeries {
    // Its day is far away: nothing is given in between.
    let today = week(app).from;
    let window = Window { from: today + Days::new(200), to: today + Days::new(206) };
    let new = NewTaskSeries { window, ..series(app, unit, vec![of], None) };
    by.create_task_series(unit, &new, &IdempotencyKey::random()).await.unwrap()
}

/// Citizens whom a unit cares for and who never sign in.
async fn many(app: &TestApp, unit: UnitId, count: usize) -> Vec<CitizenId> {
    let (state, now) = (app.state.clone(), app.state.clock.now());
    let ids: Vec<CitizenId> = (0..count).map(|_| CitizenId::at(now)).collect();
    let made = ids.clone();
    let job = move |tx: &mut omasote_backend::db::Tx<'_>| {
        for (number, id) in ids.iter().enumerate() {
            let birth_date = NaiveDate::from_ymd_opt(1920, 1, 1).unwrap() + Days::new(number as u64);
            let citizen = Citizen {
                id: *id,
                given_name: "Eino".to_owned(),
                family_name: format!("Monista{number}"),
                birth_date,
                language: Language::Fi,
                is_non_disclosed: false,
                contact: ContactDetails::default(),
            };
            let code = IdentityCode::for_testing(birth_date, 901).unwrap();
            people::insert_citizen(tx.conn(), &citizen, state.vault.seal(&code)?, now)?;
        }
        let matter = (unit, Matter::Explicit, *unit.as_uuid());
        care::insert_many(tx.conn(), &ids, matter, now)?;
        Ok(())
    };
    app.state.db.write(job).await.unwrap();
    made
}

async fn give(by: &Person<ProfessionalId>, unit: UnitId, new: &NewTaskSeries) -> TaskSeries {
    by.create_task_series(unit, new, &IdempotencyKey::random()).await.unwrap()
}

/// What is given of the series has been given once to each: so many times.
async fn check_once(db: &Db, of: &[CitizenId], times: usize) {
    for citizen in of.iter().copied() {
        let given = db.read(move |conn| Ok(list_all(conn, citizen)?)).await.unwrap();
        assert_eq!(given.len(), times, "each is given it once each time");
    }
}

fn tasks_by_day(tasks: &[Task]) -> BTreeMap<NaiveDate, usize> {
    let mut days = BTreeMap::new();
    tasks.iter().for_each(|task| *days.entry(task.window.from).or_default() += 1);
    days
}

/// Moves the clock forward to a minute of a day.
pub(super) fn move_to(app: &TestApp, day: NaiveDate, minute: u16) {
    let ahead = at_minute(day, minute) - app.state.clock.now();
    app.advance(ahead.to_std().unwrap() + Duration::from_secs(2));
}

/// The next change of the clock, in spring and in autumn.
fn changes_of_clock(today: NaiveDate) -> [NaiveDate; 2] {
    let last_sunday = |month: u32| {
        let years = (today.year()..).take(2);
        let last = years.map(|year| {
            let days = (25..=31).filter_map(|day| NaiveDate::from_ymd_opt(year, month, day));
            days.filter(|day| day.weekday() == Weekday::Sun).max().unwrap()
        });
        last.into_iter().find(|day| *day > today + Days::new(3)).unwrap()
    };
    let mut days = [last_sunday(3), last_sunday(10)];
    days.sort_unstable();
    days
}

on_both_engines! {
    async fn a_group_is_given_a_task_once_and_who_gave_it_sees_how_far_it_is(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, eero, hanna) = (app.citizen().await, app.citizen().await, app.professional(unit.id).await);
        for citizen in [&aino, &eero] {
            citizen.begin(unit.topic, "Hei").await;
        }
        let new = series(&app, unit.id, vec![aino.id, eero.id], None);
        let key = IdempotencyKey::random();
        let made = hanna.create_task_series(unit.id, &new, &key).await.unwrap();
        assert_eq!((made.citizens, made.times, made.title.fi.as_str()), (2, 1, "Mittaa verenpaine"));
        assert_eq!(hanna.create_task_series(unit.id, &new, &key).await.unwrap().id, made.id);
        give_series(&app.state).await.unwrap();
        give_series(&app.state).await.unwrap();
        let seen = hanna.get_task_series(made.id).await.unwrap();
        assert_eq!((seen.state, seen.given, seen.answered, seen.next), (TaskSeriesState::Finished, 2, 0, None));
        let task = aino.list_tasks(aino.id, &TaskQuery::default()).await.unwrap().items.remove(0);
        assert_eq!((task.series_id, task.window, task.title.sv.as_str()), (Some(made.id), new.window, "Mittaa verenpaine"));
        aino.complete_task(task.id, &TaskCompletion::default()).await.unwrap();
        let listed = hanna.list_task_series(unit.id, &PageQuery::default()).await.unwrap().items;
        assert_eq!((listed.len(), listed[0].answered), (1, 1));
        // Giving leaves a line for each, as giving by hand does.
        app.seal().await;
        let lines = eero.list_accesses(eero.id, &AccessQuery::default()).await.unwrap().items;
        let (created, given): (Vec<_>, Vec<_>) = lines
            .iter()
            .filter(|line| ["createTask", "createTaskSeries"].contains(&line.operation.as_str()))
            .partition(|line| line.operation == "createTaskSeries");
        assert_eq!((created.len(), given.len(), given[0].title.as_deref()), (1, 1, Some("sairaanhoitaja")));
    }

    async fn a_series_comes_in_the_morning_of_its_days_over_both_changes_of_the_clock(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let today = week(&app).from;
        let sundays = changes_of_clock(today);
        for sunday in sundays {
            let saturday = sunday - Days::new(1);
            let window = Window { from: saturday, to: saturday };
            let rule = Some("FREQ=DAILY;COUNT=3");
            let new = NewTaskSeries { window, ..series(&app, unit.id, vec![aino.id], rule) };
            let made = give(&hanna, unit.id, &new).await;
            assert_eq!((made.times, made.next), (3, Some(window)));
        }
        let mut expected = 0;
        for sunday in sundays {
            for day in [sunday - Days::new(1), sunday, sunday + Days::new(1)] {
                // The first day is given as soon as it has begun, the others are not told of at night.
                move_to(&app, day, EIGHT - 1);
                give_series(&app.state).await.unwrap();
                let is_first = day < sunday;
                expected += usize::from(is_first);
                let aino = app.anew(&aino).await;
                let listed = |list| TaskQuery { list, limit: Some(200), ..TaskQuery::default() };
                assert_eq!(aino.list_tasks(aino.id, &listed(TaskList::ToDo)).await.unwrap().items.len(), expected);
                move_to(&app, day, EIGHT);
                give_series(&app.state).await.unwrap();
                expected += usize::from(!is_first);
                let tasks = aino.list_tasks(aino.id, &listed(TaskList::ToDo)).await.unwrap().items;
                assert_eq!(tasks.len(), expected);
                assert!(tasks_by_day(&tasks).contains_key(&day) && tasks_by_day(&tasks).values().all(|count| *count == 1));
                let newest = tasks.iter().max_by_key(|task| task.given_at).unwrap();
                assert_eq!(to_local(newest.given_at).date(), day);
            }
        }
        assert_eq!(expected, 6);
    }

    async fn a_time_whose_days_are_past_is_left_out_and_the_next_is_given(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let Window { from: today, .. } = week(&app);
        let window = Window { from: today, to: today + Days::new(1) };
        let new = NewTaskSeries { window, ..series(&app, unit.id, vec![aino.id], Some("FREQ=WEEKLY;COUNT=3")) };
        let made = give(&hanna, unit.id, &new).await;
        give_series(&app.state).await.unwrap();
        // The server's own job stands still with its clock: nobody was there in the second week.
        move_to(&app, today + Days::new(14), EIGHT);
        give_series(&app.state).await.unwrap();
        let aino = app.anew(&aino).await;
        let tasks = aino.list_tasks(aino.id, &TaskQuery::default()).await.unwrap().items;
        assert_eq!(tasks_by_day(&tasks).into_keys().collect::<Vec<_>>(), [today, today + Days::new(14)]);
        assert_eq!(app.again(hanna).await.get_task_series(made.id).await.unwrap().state, TaskSeriesState::Finished);
    }

    async fn what_is_wrong_with_a_series_is_told_by_field_and_nothing_is_given(app: TestApp) {
        let (unit, elsewhere) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon neuvola").await);
        let (aino, stranger, hanna) = (app.citizen().await, app.citizen().await, app.professional(unit.id).await);
        let official = app.official(Role::Administrator).await;
        let closed = app.citizen().await;
        for citizen in [&aino, &closed] {
            citizen.begin(unit.topic, "Hei").await;
        }
        let reason = "Pyysi käsittelyn rajoittamista 1.11.2026".to_owned();
        official.restrict_citizen(closed.id, &WrittenReason { reason }).await.unwrap();
        let right = series(&app, unit.id, vec![aino.id], None);
        let nobody = CitizenId::at(app.state.clock.now());
        let Window { from, to } = right.window;
        let rule = |rule: &str| NewTaskSeries { recurrence: Some(rule.to_owned()), ..right.clone() };
        let to_whom = |citizen_ids| NewTaskSeries { citizen_ids, ..right.clone() };
        let nothing = QuestionnaireId::at(app.state.clock.now());
        let kind = TaskKind::Questionnaire { questionnaire_id: nothing };
        let cases = [
            (to_whom(Vec::new()), "citizenIds", FieldErrorCode::Required),
            (to_whom(vec![aino.id, aino.id]), "citizenIds", FieldErrorCode::InvalidFormat),
            (to_whom(vec![aino.id, nobody]), "citizenIds.1", FieldErrorCode::UnknownReference),
            (to_whom(vec![stranger.id, aino.id]), "citizenIds.0", FieldErrorCode::UnknownReference),
            (to_whom(vec![aino.id, closed.id]), "citizenIds.1", FieldErrorCode::UnknownReference),
            (rule("FREQ=HOURLY;COUNT=2"), "recurrence", FieldErrorCode::InvalidFormat),
            (rule("FREQ=DAILY"), "recurrence", FieldErrorCode::InvalidFormat),
            (rule("FREQ=DAILY;COUNT=501"), "recurrence", FieldErrorCode::InvalidFormat),
            (rule("FREQ=DAILY;UNTIL=20990101"), "recurrence", FieldErrorCode::InvalidFormat),
            (rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2"), "recurrence", FieldErrorCode::InvalidFormat),
            (rule("joka maanantai"), "recurrence", FieldErrorCode::InvalidFormat),
            (rule(""), "recurrence", FieldErrorCode::InvalidFormat),
            (rule(&"F".repeat(301)), "recurrence", FieldErrorCode::TooLong),
            (NewTaskSeries { title: " ".to_owned(), ..right.clone() }, "title", FieldErrorCode::Required),
            (NewTaskSeries { window: Window { from: to, to: from }, ..right.clone() }, "window.to", FieldErrorCode::InvalidFormat),
            (
                NewTaskSeries { window: Window { from: from - Days::new(9), to: from - Days::new(2) }, ..right.clone() },
                "window.to",
                FieldErrorCode::InvalidFormat,
            ),
            (NewTaskSeries { kind, title: String::new(), ..right.clone() }, "kind.questionnaireId", FieldErrorCode::UnknownReference),
        ];
        for (wrong, field, why) in cases {
            let outcome = hanna.create_task_series(unit.id, &wrong, &IdempotencyKey::random()).await;
            assert_eq!(refused_fields(outcome), [(field.to_owned(), why)], "{wrong:?}");
        }
        let key = IdempotencyKey::random();
        assert_eq!(code(hanna.create_task_series(elsewhere.id, &right, &key).await), ErrorCode::NotFound);
        assert_eq!(code(aino.create_task_series(unit.id, &right, &key).await), ErrorCode::NotFound);
        give_series(&app.state).await.unwrap();
        assert!(hanna.list_task_series(unit.id, &PageQuery::default()).await.unwrap().items.is_empty());
        assert!(aino.list_tasks(aino.id, &TaskQuery::default()).await.unwrap().items.is_empty());
    }

    async fn a_series_is_called_off_and_what_is_given_stays_unless_it_is_to_go_too(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, eero, hanna) = (app.citizen().await, app.citizen().await, app.professional(unit.id).await);
        for citizen in [&aino, &eero] {
            citizen.begin(unit.topic, "Hei").await;
        }
        let new = series(&app, unit.id, vec![aino.id, eero.id], Some("FREQ=WEEKLY;COUNT=4"));
        let (stays, goes) = (give(&hanna, unit.id, &new).await, give(&hanna, unit.id, &new).await);
        give_series(&app.state).await.unwrap();
        let to_do = aino.list_tasks(aino.id, &TaskQuery::default()).await.unwrap().items;
        let done = to_do.iter().find(|task| task.series_id == Some(goes.id)).unwrap();
        aino.complete_task(done.id, &TaskCompletion::default()).await.unwrap();

        let off = hanna.cancel_task_series(stays.id, &TaskSeriesCancellation::default()).await.unwrap();
        assert_eq!((off.state, off.next), (TaskSeriesState::Cancelled, None));
        let remark = "Mittaus ei ole enää tarpeen.".to_owned();
        let all = TaskSeriesCancellation { remark: remark.clone(), cancels_given: true };
        hanna.cancel_task_series(goes.id, &all).await.unwrap();
        let again = TaskSeriesCancellation::default();
        assert_eq!(code(hanna.cancel_task_series(goes.id, &again).await), ErrorCode::TaskCancelled);
        give_series(&app.state).await.unwrap();
        let left = eero.list_tasks(eero.id, &TaskQuery::default()).await.unwrap().items;
        assert_eq!(left.iter().map(|task| task.series_id).collect::<Vec<_>>(), [Some(stays.id)]);
        let ended = TaskQuery { list: TaskList::Done, ..TaskQuery::default() };
        let ended_of_eero = eero.list_tasks(eero.id, &ended).await.unwrap().items;
        assert_eq!((ended_of_eero[0].state, ended_of_eero[0].remark.as_ref()), (TaskState::Cancelled, Some(&remark)));
        // What was done stays done.
        assert_eq!(aino.get_task(done.id).await.unwrap().state, TaskState::Answered);
        // Nothing more comes of either.
        app.advance(8 * DAY);
        give_series(&app.state).await.unwrap();
        let aino = app.anew(&aino).await;
        assert_eq!(aino.list_tasks(aino.id, &TaskQuery::default()).await.unwrap().items.len(), 1);
    }

    async fn who_is_restricted_or_erased_meanwhile_is_given_nothing_more(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, eero, siiri) = (app.citizen().await, app.citizen().await, app.citizen().await);
        let (hanna, official) = (app.professional(unit.id).await, app.official(Role::Administrator).await);
        for citizen in [&aino, &eero, &siiri] {
            citizen.begin(unit.topic, "Hei").await;
        }
        let Window { from, .. } = week(&app);
        let window = Window { from: from + Days::new(1), to: from + Days::new(3) };
        let to = vec![aino.id, eero.id, siiri.id];
        let new = NewTaskSeries { window, ..series(&app, unit.id, to, None) };
        let made = give(&hanna, unit.id, &new).await;
        let reason = "Pyysi sitä kirjallisesti 1.11.2026".to_owned();
        official.restrict_citizen(aino.id, &WrittenReason { reason: reason.clone() }).await.unwrap();
        let erased = official.erase_citizen(eero.id, &WrittenReason { reason }).await.unwrap();
        assert!(erased.erased.iter().any(|one| one.what == ErasedData::Drafts && one.count == 1));
        move_to(&app, window.from, EIGHT);
        give_series(&app.state).await.unwrap();
        let seen = app.again(hanna).await.get_task_series(made.id).await.unwrap();
        assert_eq!((seen.state, seen.citizens, seen.given), (TaskSeriesState::Finished, 2, 1));
        let siiri = app.anew(&siiri).await;
        assert_eq!(siiri.list_tasks(siiri.id, &TaskQuery::default()).await.unwrap().items.len(), 1);
    }

    async fn ten_thousand_are_given_a_task_in_parts_and_a_second_server_goes_on_where_the_first_stopped(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let hanna = app.professional(unit.id).await;
        let citizens = many(&app, unit.id, MANY).await;
        let new = series(&app, unit.id, citizens.clone(), Some("FREQ=DAILY;COUNT=2"));
        let made = give(&hanna, unit.id, &new).await;
        let now = app.state.clock.now();
        let id = made.id;
        assert!(app.state.db.write(move |tx| give_next(tx, id, now)).await.unwrap());
        let half = hanna.get_task_series(id).await.unwrap();
        assert!(half.given >= 100 && half.state == TaskSeriesState::Going, "in parts");
        // Two servers at once: of each part only one of them is the giver.
        let second = TestApp::start_on(app.database.clone(), &[("demo", "true")]).await;
        let (one, other) = join(give_series(&app.state), give_series(&second.state)).await;
        one.unwrap();
        other.unwrap();
        let whole = hanna.get_task_series(id).await.unwrap();
        assert_eq!((whole.given as usize, whole.citizens as usize), (MANY, MANY));
        check_once(&app.state.db, &citizens, 1).await;
    }

    async fn what_a_killed_server_was_giving_is_given_once_by_the_next(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let hanna = app.professional(unit.id).await;
        let citizens = many(&app, unit.id, 1_000).await;
        app.stopper.stop().await;
        let db = {
            let (url, size) = (DbUrl::parse(&app.database.url).unwrap(), PoolSize { readers: 1, writers: 1 });
            Db::open(&url, size, &Bus::new(uuid::Uuid::new_v4(), Vec::new())).unwrap()
        };
        // Of a day that has had its morning, whatever the clock says now.
        let from = week(&app).from - Days::new(1);
        let new = NewTaskSeries {
            window: Window { from, to: from + Days::new(6) },
            ..series(&app, unit.id, citizens.clone(), None)
        };
        let id = begin(&app, &db, &hanna, (unit.id, new)).await;
        let port = free_port();
        let mut seen = BTreeSet::new();
        let began = Instant::now();
        while !is_finished(&db, id).await {
            assert!(began.elapsed() < Duration::from_secs(120), "it must come to its end");
            let mut server = spawn(&app.database, port);
            wait_until_ready(&format!("http://127.0.0.1:{port}")).await;
            // Four times it is killed as soon as it has given some more; then it may end.
            let before = given(&db, id).await;
            while !is_finished(&db, id).await && (seen.len() >= KILLS || given(&db, id).await == before) {
                assert!(began.elapsed() < Duration::from_secs(120), "it must go on");
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            server.kill().unwrap();
            server.wait().unwrap();
            seen.insert(given(&db, id).await);
        }
        assert!(seen.iter().any(|given| (1..citizens.len() as u32).contains(given)), "a kill met the giving: {seen:?}");
        check_once(&db, &citizens, 1).await;
    }
}

/// Keeps a series without a server.
async fn begin(
    app: &TestApp,
    db: &Db,
    by: &Person<ProfessionalId>,
    (unit, new): (UnitId, NewTaskSeries),
) -> TaskSeriesId {
    use omasote_backend::repos::tasks::series::{Plan, insert};
    let (id, by, now) = (TaskSeriesId::at(app.state.clock.now()), by.id, app.state.clock.now());
    let plan =
        Plan { times: 1, questionnaire: None, first_day: new.window.from, follow_up: FollowUp::NOTHING };
    db.write(move |tx| Ok(insert(tx.conn(), id, (unit, by), (&new, plan), now)?)).await.unwrap();
    id
}

async fn is_finished(db: &Db, id: TaskSeriesId) -> bool {
    let kept = db.read(move |conn| Ok(find(conn, id)?)).await.unwrap().unwrap();
    kept.series.state == TaskSeriesState::Finished
}

async fn given(db: &Db, id: TaskSeriesId) -> u32 {
    let counted = db.read(move |conn| Ok(omasote_backend::repos::tasks::series::count(conn, id)?)).await;
    counted.unwrap().1
}

#[test]
fn the_changes_of_the_clock_are_found() {
    let days = changes_of_clock(NaiveDate::from_ymd_opt(2026, 11, 27).unwrap());
    assert_eq!(days.map(|day| day.to_string()), ["2027-03-28", "2027-10-31"]);
}
