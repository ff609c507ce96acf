//! The access log: what leaves a line, whose it is, and whether it holds.

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use omasote_backend::audit::{Breach, expire, verify};
use omasote_backend::db::DbUrl;
use omasote_backend::jobs::read_changed;
use omasote_client::IdempotencyKey;
use omasote_types::audit::{
    Access, AccessAction, AccessGround, AccessQuery, AuditFlag, AuditLine, AuditSearch,
};
use omasote_types::care::NewEmergencyAccess;
use omasote_types::data_rights::WrittenReason;
use omasote_types::error::ErrorCode;
use omasote_types::ids::{CitizenId, ProfessionalId, UnitId};
use omasote_types::messages::{
    Bulk, BulkAct, InboxQuery, InboxSearch, InstructionAnswer, NewForward, NewGroupThreads, NewMessage,
    NewNote, NewReturn, NewThread, Take, ThreadVisibility, Understanding,
};
use omasote_types::page::{MAX_LIMIT, PageQuery};
use omasote_types::people::{CitizenSearch, Need, Protection, Role};
use omasote_types::proxies::{
    NewProxy, NewProxyInvitation, ProxyAcceptance, ProxyKind, ProxyScope, ProxyUpdate,
};
use omasote_types::sessions::PersonId;
use omasote_types::tasks::{
    CallOutcome, NewTaskCall, TaskCancellation, TaskCompletion, TaskQuery, TaskResponseUpdate, TaskReturn,
    TaskReview, TaskSeriesCancellation, UnitTaskList, UnitTaskQuery,
};

use crate::harness::{Person, TestApp, code, on_both_engines};

/// Operations that show nothing of a citizen's data: figures, ids, one's own account, what is open to all.
const WITHOUT_A_LINE: [&str; 87] = [
    // They say nothing of anybody; what is fetched then leaves lines.
    "hintAppointments",
    "hintAppointment",
    // What a unit usually does about its tasks is about nobody.
    "getFollowUp",
    "saveFollowUp",
    // Series are shown with how many they are given to, not to whom.
    "getTaskSeries",
    "listTaskSeries",
    // Nobody but the writer sees a draft.
    "deleteDraft",
    "getDraft",
    "saveDraft",
    // Templates hold nothing of any citizen.
    "createOwnTemplate",
    "createUnitTemplate",
    "deleteTemplate",
    "listOwnTemplates",
    "listTemplates",
    "updateTemplate",
    // Questionnaires hold nothing of any citizen: what is answered does.
    "createQuestionnaire",
    "exportQuestionnaire",
    "getQuestionnaire",
    "getQuestionnaireVersion",
    "importQuestionnaire",
    "listQuestionnaires",
    "publishQuestionnaire",
    "retireQuestionnaire",
    "updateQuestionnaire",
    // Views hold nothing of any citizen but words somebody looks for.
    "createView",
    "deleteView",
    "listViews",
    // So do guides, which are open to all; what is looked for among them is kept nowhere.
    "createGuide",
    "deleteGuide",
    "getGuide",
    "getKeptGuide",
    "listGuides",
    "listKeptGuides",
    "publishGuide",
    "retireGuide",
    "searchGuides",
    "updateGuide",
    "setAbsence",
    "tellTyping",
    "changePassword",
    "closeAccount",
    "createAccount",
    "getAccount",
    "listAccountEvents",
    "listAccounts",
    "removeSecondFactor",
    "reopenAccount",
    "resetPassword",
    "updateAccount",
    "beginSecondFactor",
    "beginSecondFactorAtSignIn",
    "confirmSecondFactor",
    "countUnread",
    "createClient",
    "createClientSecret",
    "createTokens",
    "endCurrentSession",
    "endEmergencyAccess",
    "endSecondFactor",
    "endSession",
    "getMe",
    // What a unit lets citizens do with their times is of no citizen.
    "getEventSettings",
    "updateEventSettings",
    // How the caller is told, themself.
    "getNotificationSettings",
    "updateNotificationSettings",
    "getSecondFactor",
    "findAppRequest",
    "getUnit",
    "getUnitPromises",
    "getUnitSettings",
    "listClients",
    "listMandateMethods",
    "listOwnEmergencyAccesses",
    "listRepresented",
    "listTopicRouting",
    "listUnitMembers",
    "listSessions",
    "listSignInMethods",
    "listUnits",
    "refreshSession",
    "renewRecoveryCodes",
    "revokeToken",
    "startOidcSignIn",
    "streamUpdates",
    "updateClient",
    "updateUnitService",
    "updateUnitTopics",
];

/// Operations whose line is seen where they are tested: `sessions`, `oidc`, `mandates`, `records`, `scheduling`.
const ELSEWHERE: [&str; 14] = [
    "createRecord",
    "createScheduledMessage",
    "createSession",
    "createTaskRecord",
    "finishMandateVisit",
    "finishOidcSignIn",
    "listAccesses",
    "listRecords",
    "listScheduledMessages",
    "listTaskRecords",
    "listUnitCalls",
    "retryRecord",
    "startMandateVisit",
    "takeBackScheduledMessage",
];

/// Every operation of the contract.
fn operations() -> BTreeSet<String> {
    let document: serde_json::Value =
        serde_json::from_str(omasote_backend::openapi::document_text()).unwrap();
    let paths = document["paths"].as_object().unwrap().values();
    let operations = paths.flat_map(|path| path.as_object().unwrap().values());
    operations.map(|operation| operation["operationId"].as_str().unwrap().to_owned()).collect()
}

type Citizen = Person<omasote_types::ids::CitizenId>;

/// The whole log of a citizen, oldest first, without the lines of reading it here.
async fn log_of(app: &TestApp, citizen: &Citizen) -> Vec<Access> {
    app.seal().await;
    let query = AccessQuery { limit: Some(MAX_LIMIT), ..AccessQuery::default() };
    let mut lines = citizen.list_accesses(citizen.id, &query).await.unwrap().items;
    lines.retain(|line| line.operation != "listAccesses");
    lines.reverse();
    lines
}

async fn verified(app: &TestApp) -> Result<u64, Breach> {
    app.state.db.read(verify).await.unwrap()
}

/// What care relations, break-glass, proxies and the privacy officer leave in a citizen's log: one line each.
async fn lines_of_trust(app: &TestApp, aino: &Citizen) -> Vec<Access> {
    let before = log_of(app, aino).await.len();
    let unit = app.unit("Sotkamon päivystys").await;
    let (olli, liisa) = (app.professional(unit.id).await, app.citizen().await);
    let (officer, registrar) =
        (app.official(Role::PrivacyOfficer).await, app.official(Role::Administrator).await);
    let reason = "Potilas on tajuton päivystyksessä".to_owned();
    let search = CitizenSearch { identity_code: aino.code() };

    let new = NewEmergencyAccess { identity_code: aino.code(), unit_id: unit.id, reason: reason.clone() };
    let opened = olli.open_emergency_access(&new).await.unwrap();
    olli.search_citizens(&search).await.unwrap();
    olli.reveal_contact_details(aino.id, &Need { reason }).await.unwrap();
    olli.update_protection(aino.id, Protection { is_non_disclosed: true }).await.unwrap();
    aino.list_citizen_emergency_accesses(aino.id).await.unwrap();
    officer.list_emergency_accesses(&PageQuery::default()).await.unwrap();
    olli.end_emergency_access(opened.id).await.unwrap();
    aino.list_care_relations(aino.id).await.unwrap();

    let scopes = vec![ProxyScope::Messages];
    let offer = NewProxyInvitation { scopes: scopes.clone(), ends_at: None };
    let invitation = aino.create_proxy_invitation(aino.id, &offer).await.unwrap();
    let right = liisa.accept_proxy_invitation(&ProxyAcceptance { code: invitation.code }).await.unwrap();
    aino.list_proxies(aino.id).await.unwrap();
    aino.update_proxy(right.id, &ProxyUpdate::default()).await.unwrap();
    aino.end_proxy(right.id).await.unwrap();
    let entry = NewProxy {
        citizen_identity_code: aino.code(),
        proxy_identity_code: liisa.code(),
        kind: ProxyKind::Mandate,
        scopes,
        ends_at: None,
        basis: "Käräjäoikeuden päätös 1.10.2026".to_owned(),
    };
    registrar.create_proxy(&entry).await.unwrap();
    registrar.search_proxies(&search).await.unwrap();
    let thread = aino.begin(unit.topic, "Hei").await;
    aino.set_thread_visibility(thread.id, ThreadVisibility { is_hidden_from_proxies: true }).await.unwrap();
    app.seal().await;
    officer
        .search_accesses(&AuditSearch { identity_code: Some(aino.code()), ..AuditSearch::default() })
        .await
        .unwrap();

    registrar.search_data_rights(&search).await.unwrap();
    let why = WrittenReason { reason: "Asiakas kiistää tietojen oikeellisuuden".to_owned() };
    registrar.restrict_citizen(aino.id, &why).await.unwrap();
    aino.list_data_rights(aino.id).await.unwrap();
    registrar.lift_restriction(aino.id, &why).await.unwrap();
    registrar.preview_erasure(aino.id).await.unwrap();

    aino.create_export(aino.id).await.unwrap();
    let export = crate::exports::ready(app, aino).await;
    let token = app.tokens(aino.person).await.0;
    assert!(crate::exports::fetch(app, &token, &export).await.status().is_success());

    let its = crate::clients::let_in(app, &registrar, aino, "messages:read").await;
    aino.revoke_consent(its.consent).await.unwrap();
    registrar.erase_citizen(aino.id, &why).await.unwrap();
    // It ended her session.
    let aino = &app.anew(aino).await;

    let mut lines = log_of(app, aino).await.split_off(before);
    // The packing is asked after until it is done.
    lines.dedup_by(|one, before| one.operation == "listExports" && before.operation == "listExports");
    let by_office = |line: &&Access| line.ground == AccessGround::Office;
    assert!(lines.iter().filter(by_office).all(|line| line.title.is_some() && line.unit.is_none()));
    let operations: Vec<&str> = lines.iter().map(|line| line.operation.as_str()).collect();
    let expected = [
        "openEmergencyAccess",
        "searchCitizens",
        "revealContactDetails",
        "updateProtection",
        "listCitizenEmergencyAccesses",
        "listEmergencyAccesses",
        "listCareRelations",
        "createProxyInvitation",
        "acceptProxyInvitation",
        "listProxies",
        "updateProxy",
        "endProxy",
        "createProxy",
        "searchProxies",
        "createThread",
        "setThreadVisibility",
        "searchAccesses",
        "searchDataRights",
        "restrictCitizen",
        "listDataRights",
        "liftRestriction",
        "previewErasure",
        "createExport",
        "listExports",
        "createDemoSession",
        "getExportFile",
        "createConsent",
        "listConsents",
        "revokeConsent",
        "eraseCitizen",
        "createDemoSession",
    ];
    assert_eq!(operations, expected);
    lines
}

/// Changes the database past the server, as who owns it could.
fn tamper(app: &TestApp, sqlite: &str, postgres: &str) {
    let mut conn = DbUrl::parse(&app.database.url).unwrap().connect().unwrap();
    let statement = if app.database.url.starts_with("sqlite") { sqlite } else { postgres };
    conn.batch_execute(statement).unwrap();
}

/// What [`do_tasks`] leaves.
const LINES_OF_TASKS: [(&str, AccessAction, AccessGround); 24] = [
    ("createTask", AccessAction::Write, AccessGround::Unit),
    ("listTasks", AccessAction::Read, AccessGround::Own),
    ("getTask", AccessAction::Read, AccessGround::Own),
    ("startTask", AccessAction::Write, AccessGround::Own),
    ("getTaskResponse", AccessAction::Read, AccessGround::Own),
    ("saveTaskResponse", AccessAction::Write, AccessGround::Own),
    ("completeTask", AccessAction::Write, AccessGround::Own),
    ("sendTaskBack", AccessAction::Write, AccessGround::Unit),
    ("completeTask", AccessAction::Write, AccessGround::Own),
    ("listTaskScores", AccessAction::Read, AccessGround::Unit),
    ("exportTaskResponse", AccessAction::Read, AccessGround::Unit),
    ("reviewTask", AccessAction::Write, AccessGround::Unit),
    ("createTask", AccessAction::Write, AccessGround::Unit),
    ("listUnitTasks", AccessAction::Read, AccessGround::Unit),
    ("findTaskByCode", AccessAction::Read, AccessGround::Unit),
    ("cancelTask", AccessAction::Write, AccessGround::Unit),
    ("listTaskChanges", AccessAction::Read, AccessGround::Own),
    ("recordTaskCall", AccessAction::Write, AccessGround::Unit),
    ("listTaskCalls", AccessAction::Read, AccessGround::Unit),
    ("createEvent", AccessAction::Write, AccessGround::Unit),
    ("createEventTask", AccessAction::Write, AccessGround::Unit),
    ("listEventTasks", AccessAction::Read, AccessGround::Own),
    ("createTaskSeries", AccessAction::Write, AccessGround::Unit),
    ("cancelTaskSeries", AccessAction::Write, AccessGround::Unit),
];

/// Everything that is done with a task.
async fn do_tasks(app: &TestApp, aino: &Person<CitizenId>, hanna: &Person<ProfessionalId>, unit: UnitId) {
    let questionnaire = crate::questionnaires::published(app).await;
    let (asking, answers) =
        (crate::tasks::asking(app, unit, questionnaire), crate::tasks::answers("Särkyä selässä"));
    let task = hanna.create_task(aino.id, &asking, &IdempotencyKey::random()).await.unwrap();
    aino.list_tasks(aino.id, &TaskQuery::default()).await.unwrap();
    aino.get_task(task.id).await.unwrap();
    aino.start_task(task.id).await.unwrap();
    aino.get_task_response(task.id).await.unwrap();
    let update = TaskResponseUpdate { answers: answers.clone(), written_at: app.state.clock.now() };
    aino.save_task_response(task.id, &update).await.unwrap();
    aino.complete_task(task.id, &crate::tasks::done(answers)).await.unwrap();
    let back = TaskReturn { remark: "Kerro lisää".to_owned(), window: crate::tasks::week(app) };
    hanna.send_task_back(task.id, &back).await.unwrap();
    aino.complete_task(task.id, &TaskCompletion::default()).await.unwrap();
    hanna.list_task_scores(task.id).await.unwrap();
    hanna.export_task_response(task.id).await.unwrap();
    hanna.review_task(task.id, &TaskReview::default()).await.unwrap();
    let other = crate::tasks::to_do(app, unit);
    let other = hanna.create_task(aino.id, &other, &IdempotencyKey::random()).await.unwrap();
    let open = UnitTaskQuery { list: UnitTaskList::Open, ..UnitTaskQuery::default() };
    hanna.list_unit_tasks(unit, &open).await.unwrap();
    hanna.find_task_by_code(unit, &other.code).await.unwrap();
    hanna.cancel_task(other.id, &TaskCancellation::default()).await.unwrap();
    aino.list_task_changes(other.id).await.unwrap();
    let call = NewTaskCall { outcome: CallOutcome::Reached, note: String::new() };
    hanna.record_task_call(task.id, &call).await.unwrap();
    hanna.list_task_calls(task.id).await.unwrap();
    let event = crate::events::of_citizen(app, hanna, unit, aino).await;
    let new = crate::tasks::of_event::before_visit();
    hanna.create_event_task(event, &new, &IdempotencyKey::random()).await.unwrap();
    aino.list_event_tasks(event).await.unwrap();
    let series = crate::tasks::series::of_unit(app, hanna, unit, aino.id).await;
    hanna.cancel_task_series(series.id, &TaskSeriesCancellation::default()).await.unwrap();
}

on_both_engines! {
    async fn every_operation_that_touches_a_citizens_data_leaves_one_line(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let everything = PageQuery::default();
        let new = NewThread { topic_id: unit.topic, text: "Hei".to_owned(), about_access: None, attachment_ids: Vec::new(), links: Vec::new() };

        let thread = aino.create_thread(aino.id, &new, &IdempotencyKey::random()).await.unwrap();
        aino.get_citizen(aino.id).await.unwrap();
        aino.list_threads(aino.id, &everything).await.unwrap();
        hanna.list_inbox(unit.id, &InboxQuery::default()).await.unwrap();
        read_changed(&app.state).await.unwrap();
        let search = InboxSearch { text: "hei".to_owned(), cursor: None, limit: None };
        assert_eq!(hanna.search_inbox(unit.id, &search).await.unwrap().items.len(), 1);
        hanna.get_thread(thread.id).await.unwrap();
        let messages = hanna.list_messages(thread.id, &everything).await.unwrap();
        hanna.mark_thread_read(thread.id, messages.items[0].id).await.unwrap();
        hanna.write(thread.id, "Hei Aino").await;
        hanna.take_thread(thread.id, Take::default()).await.unwrap();
        hanna.release_thread(thread.id).await.unwrap();
        hanna.create_note(thread.id, &NewNote { text: "Soitettu".to_owned() }).await.unwrap();
        hanna.list_notes(thread.id).await.unwrap();
        hanna.get_reach(thread.id).await.unwrap();
        let told = NewMessage { instructions: vec!["Mittaa verenpaine".to_owned()], ..NewMessage::of("Hei") };
        let told = hanna.send_message(thread.id, &told, &IdempotencyKey::random()).await.unwrap();
        let answer = InstructionAnswer { answer: Understanding::Understood };
        aino.answer_instruction(told.id, 0, answer).await.unwrap();
        let bulk = Bulk { act: BulkAct::Take, thread_ids: vec![thread.id] };
        hanna.act_on_threads(unit.id, &bulk).await.unwrap();
        let group =
            NewGroupThreads { topic_id: unit.topic, text: "Hei".to_owned(), citizen_ids: vec![aino.id] };
        hanna.create_group_threads(unit.id, &group, &IdempotencyKey::random()).await.unwrap();
        hanna.close_thread(thread.id).await.unwrap();
        aino.reopen_thread(thread.id).await.unwrap();
        aino.list_transfers(thread.id).await.unwrap();
        let elsewhere = app.unit("Sotkamon neuvola").await;
        let reason = "Asia kuuluu neuvolaan".to_owned();
        let forward = NewForward { unit_id: elsewhere.id, reason: reason.clone(), note: None, stays_informed: false };
        hanna.forward_thread(thread.id, &forward).await.unwrap();
        app.professional(elsewhere.id).await.return_thread(thread.id, &NewReturn { reason }).await.unwrap();

        let event_operations = crate::events::every_operation(&app, &hanna, unit.id, &aino).await;
        let of_measurements = crate::measurements::every_operation(&app, &hanna, &aino).await;

        let content = crate::attachments::document();
        let kept = crate::attachments::upload(&aino, "a.pdf", content.clone()).await.unwrap();
        assert!(crate::attachments::fetch(&app, aino.person, kept.id).await.status().is_success());
        aino.delete_attachment(kept.id).await.unwrap();

        do_tasks(&app, &aino, &hanna, unit.id).await;

        let lines = log_of(&app, &aino).await;
        let (own, unit_ground) = (AccessGround::Own, AccessGround::Unit);
        let (read, write) = (AccessAction::Read, AccessAction::Write);
        let expected = [
            ("createDemoSession", AccessAction::SignedIn, own),
            ("createThread", write, own),
            ("getCitizen", read, own),
            ("listThreads", read, own),
            ("listInbox", read, unit_ground),
            ("searchInbox", read, unit_ground),
            ("getThread", read, unit_ground),
            ("listMessages", read, unit_ground),
            ("markThreadRead", read, unit_ground),
            ("sendMessage", write, unit_ground),
            ("takeThread", write, unit_ground),
            ("releaseThread", write, unit_ground),
            ("createNote", write, unit_ground),
            ("listNotes", read, unit_ground),
            ("getReach", read, unit_ground),
            ("sendMessage", write, unit_ground),
            ("answerInstruction", write, own),
            ("actOnThreads", write, unit_ground),
            ("createGroupThreads", write, unit_ground),
            ("closeThread", write, unit_ground),
            ("reopenThread", write, own),
            ("listTransfers", read, own),
            ("forwardThread", write, unit_ground),
            ("returnThread", write, unit_ground),
            ("createAttachment", write, own),
            ("createDemoSession", AccessAction::SignedIn, own),
            ("getAttachment", read, own),
            ("deleteAttachment", write, own),
        ];
        let expected: Vec<_> = expected[..24].iter().chain(&event_operations).chain(&of_measurements).chain(&expected[24..]).chain(&LINES_OF_TASKS).copied().collect();
        let found: Vec<_> = lines.iter().map(|line| (line.operation.as_str(), line.action, line.ground)).collect();
        assert_eq!(found, expected);
        for line in lines.iter().filter(|line| line.ground == unit_ground) {
            assert_eq!(line.title.as_deref(), Some("sairaanhoitaja"));
            let of = if line.operation == "returnThread" { "Sotkamon neuvola" } else { "Kuhmon vastaanotto" };
            assert_eq!(line.unit.as_ref().unwrap().fi, of);
        }
        let others = AccessQuery { others_only: true, ..AccessQuery::default() };
        let others = aino.list_accesses(aino.id, &others).await.unwrap().items;
        assert!(others.iter().all(|line| line.ground == unit_ground) && others.len() == 41);

        let further = lines_of_trust(&app, &aino).await;
        let seen = lines.iter().chain(&further).map(|line| line.operation.as_str());
        let all: BTreeSet<_> = seen.chain(ELSEWHERE).chain(WITHOUT_A_LINE).collect();
        assert_eq!(all, operations().iter().map(String::as_str).collect(), "a new operation: does it leave a line?");
    }

    async fn a_refusal_leaves_a_line_and_shows_nothing(app: TestApp) {
        let (kuhmo, sotkamo) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon vastaanotto").await);
        let (aino, onni) = (app.citizen().await, app.citizen().await);
        let stranger = app.professional(sotkamo.id).await;
        let thread = aino.begin(kuhmo.topic, "Hei").await;
        assert_eq!(code(stranger.get_thread(thread.id).await), ErrorCode::NotFound);
        assert_eq!(code(onni.get_citizen(aino.id).await), ErrorCode::NotFound);
        let new = NewMessage::of("Hei");
        let sent = stranger.send_message(thread.id, &new, &IdempotencyKey::random()).await;
        assert_eq!(code(sent), ErrorCode::NotFound);
        assert_eq!(code(aino.list_notes(thread.id).await), ErrorCode::NotAllowed);

        let lines = log_of(&app, &aino).await;
        let refused = lines.iter().filter(|line| line.action == AccessAction::Refused);
        let refused: Vec<_> = refused.map(|line| (line.operation.as_str(), line.title.as_deref())).collect();
        let title = Some("sairaanhoitaja");
        let expected = [("getThread", title), ("getCitizen", None), ("sendMessage", title), ("listNotes", None)];
        assert_eq!(refused, expected);
        assert_eq!(log_of(&app, &onni).await.len(), 1, "nobody touched Onni's data");
    }

    async fn a_log_is_read_by_the_citizen_alone_and_page_by_page(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, onni, hanna) = (app.citizen().await, app.citizen().await, app.professional(unit.id).await);
        let query = AccessQuery { limit: Some(1), ..AccessQuery::default() };
        assert_eq!(code(onni.list_accesses(aino.id, &query).await), ErrorCode::NotFound);
        assert_eq!(code(hanna.list_accesses(aino.id, &query).await), ErrorCode::NotFound);
        app.seal().await;
        let first = aino.list_accesses(aino.id, &query).await.unwrap();
        assert_eq!(first.items[0].action, AccessAction::Refused);
        let next = AccessQuery { cursor: first.next_cursor, limit: Some(200), ..AccessQuery::default() };
        let rest = aino.list_accesses(aino.id, &next).await.unwrap().items;
        assert_eq!(rest.iter().map(|line| line.action).collect::<Vec<_>>(), [AccessAction::Refused, AccessAction::SignedIn]);
    }

    async fn what_cannot_be_logged_is_not_answered(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let aino = app.citizen().await;
        let thread = aino.begin(unit.topic, "Hei").await;
        tamper(&app, "drop trigger access_log_no_update; alter table access_log rename to gone", "alter table access_log rename to gone");
        let answered = code(aino.get_thread(thread.id).await);
        assert!(matches!(answered, ErrorCode::Unavailable | ErrorCode::Internal), "{answered:?}");
        let sent = aino.send_message(thread.id, &NewMessage::of("Moi"), &IdempotencyKey::random()).await;
        assert!(sent.is_err());
        tamper(&app, "alter table gone rename to access_log", "alter table gone rename to access_log");
        let kept = aino.list_messages(thread.id, &PageQuery::default()).await.unwrap();
        assert_eq!(kept.items.len(), 1, "the message was not stored without its line");
    }

    async fn seals_show_what_was_changed_or_taken_away(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let aino = app.citizen().await;
        let thread = aino.begin(unit.topic, "Hei").await;
        for _ in 0..5 {
            aino.get_thread(thread.id).await.unwrap();
        }
        assert_eq!(app.seal().await, 7);
        app.advance(std::time::Duration::from_secs(86_400));
        assert_eq!(verified(&app).await, Ok(7));
        assert_eq!(app.seal().await, 0);

        let day = i32::try_from((app.state.clock.now().timestamp() / 86_400) - 1).unwrap();
        let change = "update access_log set operation = 'nothing' where id = (select line_id from access_seals where number = 3)";
        let (off, on) = ("alter table access_log disable trigger all;", "; alter table access_log enable trigger all");
        tamper(&app, &format!("drop trigger access_log_no_update; {change}"), &format!("{off}{change}{on}"));
        assert_eq!(verified(&app).await, Err(Breach::Changed { day, number: 3 }));
        let take = "delete from access_log where id = (select line_id from access_seals where number = 2)";
        tamper(&app, &format!("drop trigger access_log_no_delete; {take}"), &format!("{off}{take}{on}"));
        assert_eq!(verified(&app).await, Err(Breach::LineGone { day, number: 2 }));
        let both = "delete from access_seals where number = 2";
        let (off, on) = ("alter table access_seals disable trigger all;", "; alter table access_seals enable trigger all");
        tamper(&app, &format!("drop trigger access_seals_no_delete; {both}"), &format!("{off}{both}{on}"));
        assert_eq!(verified(&app).await, Err(Breach::SealGone { day, number: 3 }));
    }

    async fn the_log_is_only_ever_added_to(app: TestApp) {
        let aino = app.citizen().await;
        aino.get_citizen(aino.id).await.unwrap();
        app.seal().await;
        for table in ["access_log", "access_subjects", "access_seals"] {
            for statement in [format!("delete from {table}"), format!("update {table} set line_id = line_id")] {
                let statement = statement.replace("access_log set line_id = line_id", "access_log set operation = 'x'");
                let mut conn = DbUrl::parse(&app.database.url).unwrap().connect().unwrap();
                let refused = conn.batch_execute(&statement).unwrap_err().to_string();
                assert!(refused.contains("is only ever added to"), "{statement}: {refused}");
            }
        }
        assert_eq!(log_of(&app, &aino).await.len(), 2);
    }

    async fn the_privacy_officer_searches_by_citizen_by_person_and_for_what_stands_out(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, onni, hanna) = (app.citizen().await, app.citizen().await, app.professional(unit.id).await);
        let officer = app.official(Role::PrivacyOfficer).await;
        let thread = aino.begin(unit.topic, "Hei").await;
        onni.begin(unit.topic, "Hei").await;
        hanna.get_thread(thread.id).await.unwrap();
        app.seal().await;
        hanna.close_thread(thread.id).await.unwrap();
        app.advance(std::time::Duration::from_secs(86_400));
        let (hanna, onni) = (app.again(hanna).await, app.again(onni).await);
        let officer = app.again(officer).await;
        hanna.get_thread(thread.id).await.unwrap();
        app.seal().await;

        let by_citizen = AuditSearch { identity_code: Some(aino.code()), ..AuditSearch::default() };
        let lines = officer.search_accesses(&by_citizen).await.unwrap().items;
        assert!(lines.iter().all(|line| line.citizens.iter().any(|citizen| citizen.id == aino.id)));
        let operations: Vec<&str> = lines.iter().map(|line| line.operation.as_str()).collect();
        assert_eq!(operations, ["getThread", "closeThread", "getThread", "createThread", "createDemoSession"]);
        let by_person = AuditSearch { actor: Some(PersonId::Professional(hanna.id)), ..AuditSearch::default() };
        let lines = officer.search_accesses(&by_person).await.unwrap().items;
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| line.actor_name.as_deref() == Some("Hanna Hoitaja")));
        let flagged = AuditSearch { flag: Some(AuditFlag::NoOpenMatter), ..AuditSearch::default() };
        let idle: Vec<AuditLine> = officer.search_accesses(&flagged).await.unwrap().items;
        assert_eq!(idle.iter().map(|line| line.id).collect::<Vec<_>>(), [lines[0].id], "opened after it was closed");
        let one = AuditSearch { line: Some(lines[1].id), ..AuditSearch::default() };
        assert_eq!(officer.search_accesses(&one).await.unwrap().items[0].operation, "closeThread");
        let page = AuditSearch { limit: Some(2), ..by_person };
        let first = officer.search_accesses(&page).await.unwrap();
        let next = AuditSearch { cursor: first.next_cursor, ..page };
        assert_eq!(officer.search_accesses(&next).await.unwrap().items, lines[2..]);
        assert_eq!(code(hanna.search_accesses(&flagged).await), ErrorCode::RoleRequired);
        assert_eq!(code(onni.search_accesses(&flagged).await), ErrorCode::RoleRequired);
    }

    async fn lines_are_let_go_when_their_time_has_passed_and_the_rest_is_still_whole(app: TestApp) {
        let aino = app.citizen().await;
        aino.get_citizen(aino.id).await.unwrap();
        app.seal().await;
        let day = std::time::Duration::from_secs(86_400);
        app.advance(5 * day);
        let aino = app.again(aino).await;
        aino.get_citizen(aino.id).await.unwrap();
        app.seal().await;
        let (now, before) = (app.state.clock.now(), app.state.clock.now() - 2 * day);
        assert_eq!(app.state.db.write(move |tx| expire(tx, before, now)).await.unwrap(), 2);
        assert_eq!(verified(&app).await, Ok(2));
        assert_eq!(log_of(&app, &aino).await.len(), 2);
        assert_eq!(app.state.db.write(move |tx| expire(tx, before, now)).await.unwrap(), 0);
        let refused = DbUrl::parse(&app.database.url).unwrap().connect().unwrap().batch_execute("delete from access_log");
        assert!(refused.is_err(), "the triggers are on again");
    }
}

/// What docs/operations.md has the database's owner run, for a role of another name.
fn documented_rights(role: &str) -> String {
    let page = include_str!("../../../../docs/operations.md");
    let (_, rest) = page.split_once("```sql\ncreate role").unwrap();
    let (statements, _) = rest.split_once("```").unwrap();
    format!("create role{statements}").replace("omasote_server", role).replace('…', "salasana")
}

#[actix_web::test]
async fn the_role_of_the_server_adds_to_the_log_and_has_no_right_to_change_it() {
    let owner = TestApp::start(omasote_backend::db::Engine::Postgres).await;
    let role = format!("server_{}", uuid::Uuid::new_v4().simple());
    let mut conn = DbUrl::parse(&owner.database.url).unwrap().connect().unwrap();
    conn.batch_execute(&documented_rights(&role)).unwrap();
    let (_, place) = owner.database.url.split_once('@').unwrap();
    let url = format!("postgres://{role}:salasana@{place}");
    let settings = [("demo", "true"), ("database_url", url.as_str())];
    let app = TestApp::start_as_it_is(owner.database.clone(), &settings);

    let unit = owner.unit("Kuhmon vastaanotto").await;
    let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
    let thread = aino.begin(unit.topic, "Hei").await;
    hanna.write(thread.id, "Hei Aino").await;
    assert!(log_of(&app, &aino).await.iter().any(|line| line.operation == "sendMessage"));
    let mut conn = DbUrl::parse(&url).unwrap().connect().unwrap();
    for table in
        ["access_log", "access_subjects", "access_seals", "access_actors", "access_flags", "access_expiries"]
    {
        for statement in [
            format!("delete from {table}"),
            format!("truncate {table}"),
            format!("alter table {table} disable trigger all"),
        ] {
            let refused = conn.batch_execute(&statement).unwrap_err().to_string();
            assert!(
                refused.contains("permission denied") || refused.contains("must be owner"),
                "{statement}: {refused}"
            );
        }
    }
    let refused = conn.batch_execute("update access_log set operation = 'x'").unwrap_err().to_string();
    assert!(refused.contains("permission denied"), "{refused}");
    drop(conn);
    app.stopper.stop().await;
    owner
        .state
        .db
        .write(move |tx| {
            let statement =
                format!("reassign owned by {role} to current_user; drop owned by {role}; drop role {role}");
            Ok(tx.conn().batch_execute(&statement)?)
        })
        .await
        .unwrap();
}
