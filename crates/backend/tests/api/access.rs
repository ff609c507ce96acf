//! Who may what: every operation of the contract by every kind of actor. An operation without its row fails.

use std::collections::BTreeSet;

use omasote_client::IdempotencyKey;
use omasote_types::ids::{CitizenId, ProfessionalId};
use omasote_types::messages::NewMessage;
use omasote_types::page::PageQuery;
use omasote_types::people::Role;
use omasote_types::proxies::{NewProxyInvitation, ProxyAcceptance, ProxyScope, ProxyUpdate};
use omasote_types::sessions::PersonId;
use serde_json::{Value, json};

use crate::harness::{Person, TestApp, TestUnit, on_both_engines};

/// Who asks, in the order of the columns below.
const ACTORS: [&str; 13] = [
    "nobody",
    "expired",
    "other citizen",
    "proxy without the scope",
    "proxy whose time is over",
    "professional of another unit",
    "professional of the unit",
    "editor",
    "administrator",
    "privacy officer",
    "proxy",
    "the citizen",
    "client without the scope",
];

/// Each operation: method, address, and the status each actor gets. Addresses and bodies are of one citizen, a thread of
/// theirs in a unit, and what belongs to it.
#[rustfmt::skip]
const ROWS: &[(&str, &str, &str, [u16; 13])] = &[
    //                                                                        none exp  oth  !scp over unit2 unit ed   adm  off  prox own  client
    ("listSignInMethods",           "GET",    "/sessions/methods",           [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("createSession",               "POST",   "/sessions",                   [401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401]),
    ("createDemoSession",           "POST",   "/sessions/demo",              [404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("refreshSession",              "POST",   "/sessions/refresh",           [401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401]),
    ("beginSecondFactorAtSignIn",   "POST",   "/sessions/second-factor",     [401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401]),
    ("startOidcSignIn",             "GET",    "/sessions/oidc/none/start",   [404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("finishOidcSignIn",            "GET",    "/sessions/oidc/none/callback",[404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404]),
    // None of them has a local account.
    ("getSecondFactor",             "GET",    "/me/second-factor",           [401, 401, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 403]),
    ("beginSecondFactor",           "POST",   "/me/second-factor",           [401, 401, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 403]),
    ("confirmSecondFactor",         "POST",   "/me/second-factor/confirm",   [401, 401, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 403]),
    ("endSecondFactor",             "POST",   "/me/second-factor/end",       [401, 401, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 403]),
    ("renewRecoveryCodes",          "POST",   "/me/second-factor/recovery-codes", [401, 401, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 403]),
    ("listSessions",                "GET",    "/sessions",                   [401, 401, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 403]),
    ("endSession",                  "DELETE", "/sessions/{nothing}",         [401, 401, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 403]),
    ("getMe",                       "GET",    "/me",                         [401, 401, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 403]),
    ("getCitizen",                  "GET",    "/citizens/{citizen}",         [401, 401, 404, 200, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("searchCitizens",              "POST",   "/citizens/search",            [401, 401, 404, 200, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("revealContactDetails",        "POST",   "/citizens/{citizen}/contact-details", [401, 401, 404, 404, 404, 404, 200, 404, 404, 404, 404, 200, 403]),
    ("updateProtection",            "PUT",    "/citizens/{citizen}/protection",      [401, 401, 404, 404, 404, 404, 204, 404, 404, 404, 404, 204, 403]),
    ("listUnits",                   "GET",    "/units",                      [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("getUnit",                     "GET",    "/units/{unit}",               [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("listUnitMembers",             "GET",    "/units/{unit}/members",       [401, 401, 404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("listInbox",                   "GET",    "/units/{unit}/inbox",         [401, 401, 404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("searchInbox",                 "POST",   "/units/{unit}/inbox/search",  [401, 401, 404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 403]),
    // Of the leads: `units`.
    ("getUnitSettings",             "GET",    "/units/{unit}/settings",      [401, 401, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403]),
    ("updateUnitService",           "PUT",    "/units/{unit}/service",       [401, 401, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403]),
    ("updateUnitTopics",            "PUT",    "/units/{unit}/topics",        [401, 401, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403]),
    ("listTopicRouting",            "GET",    "/units/{unit}/topics/routing",[401, 401, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403]),
    ("getUnitPromises",             "GET",    "/units/{unit}/promises",      [401, 401, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403]),
    // Of a unit; one's own: `templates`.
    ("listTemplates",               "GET",    "/units/{unit}/templates",     [401, 401, 404, 404, 404, 404, 200, 404, 200, 404, 404, 404, 403]),
    ("createUnitTemplate",          "POST",   "/units/{unit}/templates",     [401, 401, 404, 404, 404, 404, 403, 404, 201, 404, 404, 404, 403]),
    ("listOwnTemplates",            "GET",    "/me/templates",               [401, 401, 404, 404, 404, 200, 200, 200, 200, 200, 404, 404, 403]),
    ("createOwnTemplate",           "POST",   "/me/templates",               [401, 401, 404, 404, 404, 201, 201, 201, 201, 201, 404, 404, 403]),
    ("updateTemplate",              "PUT",    "/templates/{template}",       [401, 401, 404, 404, 404, 404, 403, 404, 200, 404, 404, 404, 403]),
    ("deleteTemplate",              "DELETE", "/templates/{template}",       [401, 401, 404, 404, 404, 404, 403, 404, 204, 404, 404, 404, 403]),
    // Of the county; a unit's: `questionnaires`.
    ("listQuestionnaires",          "GET",    "/questionnaires",             [401, 401, 403, 403, 403, 200, 200, 200, 200, 200, 403, 403, 403]),
    ("createQuestionnaire",         "POST",   "/questionnaires",             [401, 401, 403, 403, 403, 403, 403, 201, 201, 403, 403, 403, 403]),
    ("getQuestionnaire",            "GET",    "/questionnaires/{questionnaire}", [401, 401, 403, 403, 403, 200, 200, 200, 200, 200, 403, 403, 403]),
    ("updateQuestionnaire",         "PUT",    "/questionnaires/{questionnaire}", [401, 401, 403, 403, 403, 403, 403, 200, 200, 403, 403, 403, 403]),
    ("publishQuestionnaire",        "POST",   "/questionnaires/{questionnaire}/publish", [401, 401, 403, 403, 403, 403, 403, 201, 201, 403, 403, 403, 403]),
    ("importQuestionnaire",         "POST",   "/questionnaires/import",      [401, 401, 403, 403, 403, 403, 403, 201, 201, 403, 403, 403, 403]),
    ("exportQuestionnaire",         "GET",    "/questionnaires/{questionnaire}/versions/1/fhir", [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("getQuestionnaireVersion",     "GET",    "/questionnaires/{questionnaire}/versions/1", [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    // Who acts for the citizen here does their tasks by a mandate of that scope, and not by one for messages.
    ("listTasks",                   "GET",    "/citizens/{citizen}/tasks",   [401, 401, 404, 200, 404, 404, 200, 404, 404, 404, 403, 200, 403]),
    // Who acts for the citizen measures for them by a mandate of that scope.
    ("listMeasurements",            "GET",   "/citizens/{citizen}/measurements?kind=weight", [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("recordMeasurement",           "POST",  "/citizens/{citizen}/measurements", [401, 401, 404, 403, 404, 404, 201, 404, 404, 404, 201, 201, 403]),
    ("recordMeasurements",          "POST",  "/citizens/{citizen}/measurements/batch", [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("getMeasurementOverview",      "GET",   "/citizens/{citizen}/measurements/overview", [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("getMeasurementSummary",       "GET",   "/citizens/{citizen}/measurements/summary?kind=weight", [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("listMeasurementPoints",       "GET",   "/citizens/{citizen}/measurements/points?kind=weight", [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("exportMeasurements",          "GET",    "/citizens/{citizen}/measurements/fhir?kind=weight", [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("importMeasurements",          "POST",   "/citizens/{citizen}/measurements/fhir", [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("strikeMeasurement",           "POST",  "/measurements/{measurement}/strike", [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("listTargets",                 "GET",   "/citizens/{citizen}/targets", [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("setTarget",                   "POST",  "/citizens/{citizen}/targets", [401, 401, 404, 403, 404, 404, 201, 404, 404, 404, 403, 403, 403]),
    ("createTask",                  "POST",   "/citizens/{citizen}/tasks",   [401, 401, 404, 403, 404, 404, 201, 404, 404, 404, 403, 403, 403]),
    ("getTask",                     "GET",    "/tasks/{task}",               [401, 401, 404, 200, 404, 404, 200, 404, 404, 404, 403, 200, 403]),
    ("startTask",                   "POST",   "/tasks/{task}/start",         [401, 401, 404, 200, 404, 404, 403, 404, 404, 404, 403, 200, 403]),
    ("getTaskResponse",             "GET",    "/tasks/{task}/response",      [401, 401, 404, 200, 404, 404, 200, 404, 404, 404, 403, 200, 403]),
    ("listTaskScores",              "GET",    "/tasks/{task}/scores",        [401, 401, 404, 200, 404, 404, 200, 404, 404, 404, 403, 200, 403]),
    // Professionals see what is answered once it is sent.
    ("exportTaskResponse",          "GET",    "/tasks/{task}/response/fhir", [401, 401, 404, 200, 404, 404, 409, 404, 404, 404, 403, 200, 403]),
    ("saveTaskResponse",            "PUT",    "/tasks/{task}/response",      [401, 401, 404, 200, 404, 404, 403, 404, 404, 404, 403, 200, 403]),
    ("completeTask",                "POST",   "/tasks/{task}/complete",      [401, 401, 404, 200, 404, 404, 403, 404, 404, 404, 403, 409, 403]),
    ("reviewTask",                  "POST",   "/tasks/{task}/review",        [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 403, 403, 403]),
    // It was looked at by then.
    ("sendTaskBack",                "POST",   "/tasks/{task}/send-back",     [401, 401, 404, 403, 404, 404, 409, 404, 404, 404, 403, 403, 403]),
    ("cancelTask",                  "POST",   "/tasks/{task}/cancel",        [401, 401, 404, 403, 404, 404, 409, 404, 404, 404, 403, 403, 403]),
    ("listTaskChanges",             "GET",    "/tasks/{task}/changes",       [401, 401, 404, 200, 404, 404, 200, 404, 404, 404, 403, 200, 403]),
    ("listUnitTasks",               "GET",    "/units/{unit}/tasks",         [401, 401, 404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 403]),
    // Who acts for the citizen by one of these scopes alone has not got the other.
    ("listEventTasks",              "GET",    "/events/{event}/tasks",       [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 403, 200, 403]),
    ("createEventTask",             "POST",   "/events/{event}/tasks",       [401, 401, 404, 403, 404, 404, 201, 404, 404, 404, 403, 403, 403]),
    // A call may be written down afterwards: the task is looked at by now.
    ("recordTaskCall",              "POST",   "/tasks/{task}/calls",         [401, 401, 404, 403, 404, 404, 201, 404, 404, 404, 403, 403, 403]),
    ("listTaskCalls",               "GET",    "/tasks/{task}/calls",         [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 403, 403, 403]),
    ("listUnitCalls",               "GET",    "/units/{unit}/calls",         [401, 401, 404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 403]),
    ("getFollowUp",                 "GET",    "/units/{unit}/follow-up",     [401, 401, 404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 403]),
    ("saveFollowUp",                "PUT",    "/units/{unit}/follow-up",     [401, 401, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403]),
    ("listTaskSeries",              "GET",    "/units/{unit}/task-series",   [401, 401, 404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 403]),
    ("createTaskSeries",            "POST",   "/units/{unit}/task-series",   [401, 401, 404, 404, 404, 404, 201, 404, 404, 404, 404, 404, 403]),
    ("getTaskSeries",               "GET",    "/task-series/{series}",       [401, 401, 404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 403]),
    ("cancelTaskSeries",            "POST",   "/task-series/{series}/cancel",[401, 401, 404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 403]),
    ("findTaskByCode",              "GET",    "/units/{unit}/tasks/by-code/{code}", [401, 401, 404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 403]),
    ("retireQuestionnaire",         "POST",   "/questionnaires/{questionnaire}/retire",  [401, 401, 403, 403, 403, 403, 403, 200, 200, 403, 403, 403, 403]),
    // Of a unit; one's own: `views`.
    ("listViews",                   "GET",    "/units/{unit}/views",         [401, 401, 404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 403]),
    ("createView",                  "POST",   "/units/{unit}/views",         [401, 401, 404, 404, 404, 404, 201, 404, 404, 404, 404, 404, 403]),
    ("deleteView",                  "DELETE", "/views/{view}",               [401, 401, 404, 404, 404, 404, 403, 404, 204, 404, 404, 404, 403]),
    // Open to all; of those who keep them: `guides`. The draft is deleted last: that it is there is not told.
    ("listGuides",                  "GET",    "/guides",                     [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("searchGuides",                "POST",   "/guides/search",              [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("getGuide",                    "GET",    "/guides/{guide}",             [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("listKeptGuides",              "GET",    "/kept-guides?unit={unit}",    [401, 401, 403, 403, 403, 403, 403, 200, 200, 403, 403, 403, 403]),
    ("getKeptGuide",                "GET",    "/kept-guides/{sketch}",       [401, 401, 404, 404, 404, 404, 404, 200, 200, 404, 404, 404, 403]),
    ("createGuide",                 "POST",   "/guides",                     [401, 401, 403, 403, 403, 403, 403, 201, 201, 403, 403, 403, 403]),
    ("updateGuide",                 "PUT",    "/guides/{guide}",             [401, 401, 403, 403, 403, 403, 403, 200, 200, 403, 403, 403, 403]),
    ("publishGuide",                "POST",   "/guides/{guide}/publish",     [401, 401, 403, 403, 403, 403, 403, 200, 200, 403, 403, 403, 403]),
    ("retireGuide",                 "POST",   "/guides/{guide}/retire",      [401, 401, 403, 403, 403, 403, 403, 200, 200, 403, 403, 403, 403]),
    ("deleteGuide",                 "DELETE", "/guides/{sketch}",            [401, 401, 404, 404, 404, 404, 404, 204, 404, 404, 404, 404, 403]),
    ("countUnread",                 "GET",    "/unread",                     [401, 401, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 403]),
    ("listThreads",                 "GET",    "/citizens/{citizen}/threads", [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("createThread",                "POST",   "/citizens/{citizen}/threads", [401, 401, 404, 403, 404, 404, 201, 404, 404, 404, 201, 201, 403]),
    ("createGroupThreads",          "POST",   "/units/{unit}/threads",       [401, 401, 404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 403]),
    ("getThread",                   "GET",    "/threads/{thread}",           [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("listMessages",                "GET",    "/threads/{thread}/messages",  [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("sendMessage",                 "POST",   "/threads/{thread}/messages",  [401, 401, 404, 403, 404, 404, 201, 404, 404, 404, 201, 201, 403]),
    ("markThreadRead",              "POST",   "/threads/{thread}/read",      [401, 401, 404, 403, 404, 404, 204, 404, 404, 404, 204, 204, 403]),
    ("createAttachment",            "POST",   "/citizens/{citizen}/attachments", [401, 401, 404, 403, 404, 404, 201, 404, 404, 404, 201, 201, 403]),
    ("getAttachment",               "GET",    "/attachments/{attachment}",   [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    // It was sent, and what is sent is not taken back.
    ("deleteAttachment",            "DELETE", "/attachments/{attachment}",   [401, 401, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("getDraft",                    "GET",    "/citizens/{citizen}/draft",   [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("saveDraft",                   "PUT",    "/citizens/{citizen}/draft",   [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("deleteDraft",                 "DELETE", "/citizens/{citizen}/draft",   [401, 401, 404, 403, 404, 404, 204, 404, 404, 404, 204, 204, 403]),
    ("takeThread",                  "POST",   "/threads/{thread}/take",      [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 403, 403, 403]),
    ("tellTyping",                  "POST",   "/threads/{thread}/typing",    [401, 401, 404, 404, 404, 404, 204, 404, 404, 404, 404, 404, 403]),
    ("createNote",                  "POST",   "/threads/{thread}/notes",     [401, 401, 404, 403, 404, 404, 201, 404, 404, 404, 403, 403, 403]),
    ("listNotes",                   "GET",    "/threads/{thread}/notes",     [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 403, 403, 403]),
    // This server is connected to no patient information system.
    ("createRecord",                "POST",   "/threads/{thread}/records",   [401, 401, 404, 403, 404, 404, 409, 404, 404, 404, 403, 403, 403]),
    ("listRecords",                 "GET",    "/threads/{thread}/records",   [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 403, 403, 403]),
    ("createTaskRecord",            "POST",   "/tasks/{task}/records",       [401, 401, 404, 403, 404, 404, 409, 404, 404, 404, 403, 403, 403]),
    ("listTaskRecords",             "GET",    "/tasks/{task}/records",       [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 403, 403, 403]),
    ("retryRecord",                 "POST",   "/records/{nothing}/retry",    [401, 401, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 403]),
    ("createScheduledMessage",      "POST",   "/threads/{thread}/scheduled-messages", [401, 401, 404, 403, 404, 404, 409, 404, 404, 404, 403, 403, 403]),
    ("listScheduledMessages",       "GET",    "/threads/{thread}/scheduled-messages", [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 403, 403, 403]),
    ("takeBackScheduledMessage",    "DELETE", "/scheduled-messages/{nothing}", [401, 401, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 403]),
    // Giving and handling is for the unit; answering and booking for the citizen.
    // Who acts for the citizen sees the tasks or the events of it, whichever their mandate covers.
    ("listAgenda",                  "GET",    "/citizens/{citizen}/agenda",  [401, 401, 404, 200, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("listEvents",                  "GET",    "/citizens/{citizen}/events",  [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("createEvent",                 "POST",   "/citizens/{citizen}/events",  [401, 401, 404, 403, 404, 404, 201, 404, 404, 404, 403, 403, 403]),
    ("getEvent",                    "GET",    "/events/{event}",             [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("getEventFile",                "GET",    "/events/{event}/calendar.ics",[401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("updateEvent",                 "PUT",    "/events/{event}",             [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 403, 403, 403]),
    ("confirmEvent",                "POST",   "/events/{event}/confirm",     [401, 401, 404, 403, 404, 404, 403, 404, 404, 404, 200, 200, 403]),
    ("requestOtherTime",            "POST",   "/events/{event}/other-time",  [401, 401, 404, 403, 404, 404, 403, 404, 404, 404, 200, 200, 403]),
    ("setEventVisibility",          "PUT",    "/events/{event}/visibility",  [401, 401, 404, 403, 404, 404, 403, 404, 404, 404, 403, 200, 403]),
    // Who is first cancels it.
    ("cancelEvent",                 "POST",   "/events/{event}/cancel",      [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 409, 409, 403]),
    ("listUnitEvents",              "GET",    "/units/{unit}/events",        [401, 401, 404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 403]),
    ("listUnitSlots",               "GET",    "/units/{unit}/slots",         [401, 401, 404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 403]),
    ("createSlots",                 "POST",   "/units/{unit}/slots",         [401, 401, 404, 404, 404, 404, 201, 404, 404, 404, 404, 404, 403]),
    ("listSlots",                   "GET",    "/citizens/{citizen}/slots",   [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("bookSlot",                    "POST",   "/citizens/{citizen}/bookings",[401, 401, 404, 403, 404, 404, 403, 404, 404, 404, 201, 409, 403]),
    // It was booked just now; to others it does not exist.
    ("deleteSlot",                  "DELETE", "/slots/{slot}",               [401, 401, 404, 404, 404, 404, 409, 404, 404, 404, 404, 404, 403]),
    // Of the leads: `events`.
    ("getEventSettings",            "GET",    "/units/{unit}/event-settings",[401, 401, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403]),
    ("updateEventSettings",         "PUT",    "/units/{unit}/event-settings",[401, 401, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403]),
    // The secret in the address is who asks.
    ("getCalendar",                 "GET",    "/calendar/{feed}.ics",        [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    // For the patient information system alone, which none is connected here: `events/appointments`.
    ("hintAppointments",            "POST",   "/ehr/appointments",           [404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("hintAppointment",             "PUT",    "/ehr/appointments/Appointment/a-1", [404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("getCalendarFeed",             "GET",    "/citizens/{citizen}/calendar-feed", [401, 401, 404, 403, 404, 404, 404, 404, 404, 404, 403, 200, 403]),
    ("createCalendarFeed",          "POST",   "/citizens/{citizen}/calendar-feed", [401, 401, 404, 403, 404, 404, 404, 404, 404, 404, 403, 201, 403]),
    ("deleteCalendarFeed",          "DELETE", "/citizens/{citizen}/calendar-feed", [401, 401, 404, 403, 404, 404, 404, 404, 404, 404, 403, 204, 403]),
    ("getReach",                    "GET",    "/threads/{thread}/reach",     [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 403, 403, 403]),
    // One's own, whoever one is.
    ("getNotificationSettings",     "GET",    "/me/notifications",           [401, 401, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 403]),
    ("updateNotificationSettings",  "PUT",    "/me/notifications",           [401, 401, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 403]),
    ("listTransfers",               "GET",    "/threads/{thread}/transfers", [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("releaseThread",               "POST",   "/threads/{thread}/release",   [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 403, 403, 403]),
    // It did not come from another unit; nothing in it is an instruction; the unit it would go to is its own.
    ("returnThread",                "POST",   "/threads/{thread}/return",    [401, 401, 404, 403, 404, 404, 409, 404, 404, 404, 403, 403, 403]),
    ("forwardThread",               "POST",   "/threads/{thread}/forward",   [401, 401, 404, 403, 404, 404, 422, 404, 404, 404, 403, 403, 403]),
    ("answerInstruction",           "PUT",    "/messages/{message}/instructions/0/answer", [401, 401, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 403]),
    ("actOnThreads",                "POST",   "/units/{unit}/inbox/bulk",    [401, 401, 404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 403]),
    ("setAbsence",                  "PUT",    "/units/{unit}/members/{member}/absence", [401, 401, 404, 404, 404, 404, 204, 404, 404, 404, 404, 404, 403]),
    ("closeThread",                 "POST",   "/threads/{thread}/close",     [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("reopenThread",                "POST",   "/threads/{thread}/reopen",    [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 200, 200, 403]),
    ("setThreadVisibility",         "PUT",    "/threads/{thread}/visibility",[401, 401, 404, 403, 404, 404, 403, 404, 404, 404, 403, 200, 403]),
    ("listAccesses",                "GET",    "/citizens/{citizen}/accesses",[401, 401, 404, 403, 404, 404, 404, 404, 404, 404, 403, 200, 200]),
    ("searchAccesses",              "POST",   "/audit/search",               [401, 401, 403, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403]),
    ("listCareRelations",           "GET",    "/citizens/{citizen}/care-relations",     [401, 401, 404, 403, 404, 404, 404, 404, 404, 404, 403, 200, 403]),
    ("listCitizenEmergencyAccesses","GET",    "/citizens/{citizen}/emergency-accesses", [401, 401, 404, 403, 404, 404, 404, 404, 404, 404, 403, 200, 403]),
    ("listEmergencyAccesses",       "GET",    "/emergency-accesses",         [401, 401, 403, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403]),
    ("openEmergencyAccess",         "POST",   "/emergency-accesses",         [401, 401, 403, 403, 403, 404, 201, 404, 404, 404, 403, 403, 403]),
    ("listOwnEmergencyAccesses",    "GET",    "/me/emergency-accesses",      [401, 401, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 403]),
    ("endEmergencyAccess",          "DELETE", "/emergency-accesses/{nothing}", [401, 401, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 403]),
    ("listProxies",                 "GET",    "/citizens/{citizen}/proxies", [401, 401, 404, 403, 404, 404, 200, 404, 404, 404, 403, 200, 403]),
    ("createProxyInvitation",       "POST",   "/citizens/{citizen}/proxy-invitations",  [401, 401, 404, 403, 404, 404, 403, 404, 404, 404, 403, 201, 403]),
    ("createExport",                "POST",   "/citizens/{citizen}/exports", [401, 401, 404, 403, 404, 404, 404, 404, 404, 404, 403, 202, 403]),
    ("listExports",                 "GET",    "/citizens/{citizen}/exports", [401, 401, 404, 403, 404, 404, 404, 404, 404, 404, 403, 200, 403]),
    ("getExportFile",               "GET",    "/exports/{export}/file",      [401, 401, 404, 403, 404, 404, 404, 404, 404, 404, 403, 200, 403]),
    ("listRepresented",             "GET",    "/me/represented",             [401, 401, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 403]),
    ("acceptProxyInvitation",       "POST",   "/me/represented",             [401, 401, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 403]),
    ("updateProxy",                 "PATCH",  "/proxies/{proxy}",            [401, 401, 404, 403, 404, 404, 403, 404, 404, 404, 403, 200, 403]),
    ("searchProxies",               "POST",   "/proxies/search",             [401, 401, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403]),
    ("createTokens",                "POST",   "/oauth2/token",               [401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401]),
    ("revokeToken",                 "POST",   "/oauth2/revoke",              [401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401]),
    ("listClients",                 "GET",    "/clients",                    [401, 401, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403]),
    ("createClient",                "POST",   "/clients",                    [401, 401, 403, 403, 403, 403, 403, 403, 201, 403, 403, 403, 403]),
    ("updateClient",                "PATCH",  "/clients/{client}",           [401, 401, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403]),
    ("createClientSecret",          "POST",   "/clients/{client}/secret",    [401, 401, 403, 403, 403, 403, 403, 403, 409, 403, 403, 403, 403]),
    ("findAppRequest",              "GET",    "/me/app-request{request}",    [401, 401, 200, 200, 200, 404, 404, 404, 404, 404, 200, 200, 403]),
    ("listConsents",                "GET",    "/citizens/{citizen}/consents",[401, 401, 404, 403, 404, 404, 404, 404, 404, 404, 403, 200, 403]),
    ("createConsent",               "POST",   "/citizens/{citizen}/consents",[401, 401, 404, 403, 404, 404, 404, 404, 404, 404, 403, 201, 403]),
    ("searchDataRights",            "POST",   "/data-rights/search",         [401, 401, 403, 403, 403, 403, 403, 403, 200, 200, 403, 403, 403]),
    ("listDataRights",              "GET",    "/citizens/{citizen}/data-rights", [401, 401, 404, 403, 404, 404, 404, 404, 404, 404, 403, 200, 403]),
    // Of yet another citizen, so that the rest stays as it is.
    ("restrictCitizen",             "POST",   "/citizens/{subject}/restrictions", [401, 401, 403, 403, 403, 403, 403, 403, 201, 403, 403, 403, 403]),
    ("liftRestriction",             "POST",   "/citizens/{subject}/restrictions/lift", [401, 401, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403]),
    ("previewErasure",              "GET",    "/citizens/{subject}/erasure-preview", [401, 401, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403]),
    ("eraseCitizen",                "POST",   "/citizens/{subject}/erasures", [401, 401, 403, 403, 403, 403, 403, 403, 201, 403, 403, 403, 403]),
    // Of somebody who has no second factor.
    ("listAccounts", "GET", "/accounts", [401, 401, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403]),
    ("createAccount", "POST", "/accounts", [401, 401, 403, 403, 403, 403, 403, 403, 201, 403, 403, 403, 403]),
    ("getAccount", "GET", "/accounts/{staff}", [401, 401, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403]),
    ("updateAccount", "PATCH", "/accounts/{staff}", [401, 401, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403]),
    ("listAccountEvents", "GET", "/accounts/{staff}/events", [401, 401, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403]),
    ("resetPassword", "POST", "/accounts/{staff}/password", [401, 401, 403, 403, 403, 403, 403, 403, 201, 403, 403, 403, 403]),
    ("removeSecondFactor", "DELETE", "/accounts/{staff}/second-factor", [401, 401, 403, 403, 403, 403, 403, 403, 409, 403, 403, 403, 403]),
    ("closeAccount", "POST", "/accounts/{staff}/close", [401, 401, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403]),
    ("reopenAccount", "POST", "/accounts/{staff}/reopen", [401, 401, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403]),
    ("changePassword", "POST", "/me/password", [401, 401, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 403]),
    ("listMandateMethods",          "GET",    "/mandates/methods",           [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    // This server fetches no mandates.
    ("startMandateVisit",           "POST",   "/me/mandates/visits",         [401, 401, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 403]),
    ("finishMandateVisit",          "POST",   "/me/mandates",                [401, 401, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 403]),
    ("streamUpdates",               "GET",    "/updates",                    [401, 401, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 403]),
    // These change who may, so they come last.
    ("revokeConsent",               "DELETE", "/consents/{consent}",         [401, 401, 404, 403, 404, 404, 404, 404, 404, 404, 403, 204, 401]),
    ("endProxy",                    "DELETE", "/proxies/{proxy}",            [401, 401, 404, 403, 404, 403, 403, 403, 204, 404, 404, 404, 401]),
    ("createProxy",                 "POST",   "/proxies",                    [401, 401, 403, 403, 403, 403, 403, 403, 201, 403, 403, 403, 401]),
    ("endCurrentSession",           "DELETE", "/sessions/current",           [401, 401, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 401]),
];

type Citizen = Person<CitizenId>;

/// One citizen and all who might want something of theirs.
struct World {
    app: TestApp,
    unit: TestUnit,
    citizen: Citizen,
    other_code: String,
    places: [(&'static str, String); 26],
    /// Access tokens in the order of [`ACTORS`].
    tokens: Vec<Option<String>>,
}

async fn mandate(from: &Citizen, to: &Citizen, scope: ProxyScope) -> omasote_types::ids::ProxyId {
    mandate_of(from, to, &[scope]).await
}

async fn mandate_of(from: &Citizen, to: &Citizen, scopes: &[ProxyScope]) -> omasote_types::ids::ProxyId {
    let offer = NewProxyInvitation { scopes: scopes.to_vec(), ends_at: None };
    let invitation = from.create_proxy_invitation(from.id, &offer).await.unwrap();
    to.accept_proxy_invitation(&ProxyAcceptance { code: invitation.code }).await.unwrap().id
}

/// A questionnaire, a task that asks for it, and a series.
async fn asked(
    app: &TestApp,
    member: &Person<ProfessionalId>,
    unit: omasote_types::ids::UnitId,
    citizen: CitizenId,
) -> (omasote_types::ids::QuestionnaireId, omasote_types::tasks::Task, omasote_types::ids::TaskSeriesId) {
    let questionnaire = crate::questionnaires::published(app).await;
    let new = crate::tasks::asking(app, unit, questionnaire);
    let task = member.create_task(citizen, &new, &IdempotencyKey::random()).await.unwrap();
    (questionnaire, task, crate::tasks::series::of_unit(app, member, unit, citizen).await.id)
}

/// A token whose time is over.
fn expired(app: &TestApp, of: PersonId) -> String {
    let hour = std::time::Duration::from_secs(3600);
    let (now, ends_at) = (app.state.clock.now() - hour, app.state.clock.now() + hour);
    let session = omasote_types::ids::SessionId::at(now);
    let times = (now + std::time::Duration::from_secs(600), ends_at);
    app.state.gate.issue(of, session, now, times, None).unwrap()
}

impl World {
    async fn new(app: TestApp) -> Self {
        let (unit, elsewhere) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon neuvola").await);
        let (citizen, other) = (app.citizen().await, app.citizen().await);
        let (narrow, over, proxy) = (app.citizen().await, app.citizen().await, app.citizen().await);
        let (stranger, member) = (app.professional(elsewhere.id).await, app.professional(unit.id).await);
        let mut officials: Vec<Person<ProfessionalId>> = Vec::new();
        for role in [Role::Editor, Role::Administrator, Role::PrivacyOfficer] {
            officials.push(app.official(role).await);
        }
        mandate(&citizen, &narrow, ProxyScope::Tasks).await;
        let ended = mandate(&citizen, &over, ProxyScope::Messages).await;
        let soon = app.state.clock.now() + std::time::Duration::from_secs(5);
        let update = ProxyUpdate { ends_at: Some(Some(soon)), ..ProxyUpdate::default() };
        citizen.update_proxy(ended, &update).await.unwrap();
        app.advance(std::time::Duration::from_secs(10));
        let both = [ProxyScope::Messages, ProxyScope::Appointments, ProxyScope::Measurements];
        let right = mandate_of(&citizen, &proxy, &both).await;
        let file =
            crate::attachments::upload(&citizen, "a.pdf", crate::attachments::document()).await.unwrap();
        let new = omasote_types::messages::NewThread {
            topic_id: unit.topic,
            text: "Hei".to_owned(),
            about_access: None,
            attachment_ids: vec![file.id],
            links: Vec::new(),
        };
        let thread = citizen.create_thread(citizen.id, &new, &IdempotencyKey::random()).await.unwrap();
        let message = citizen.list_messages(thread.id, &PageQuery::default()).await.unwrap().items.remove(0);

        citizen.create_export(citizen.id).await.unwrap();
        let export = crate::exports::ready(&app, &citizen).await;

        let template = crate::templates::of_unit(&app, unit.id).await;
        let view = crate::views::of_unit(&app, unit.id).await;
        let (questionnaire, task, series) = asked(&app, &member, unit.id, citizen.id).await;
        let guide = crate::guides::of_unit(&app, unit.id, "Verenpaine").await;
        let sketch = crate::guides::draft_of(&app, unit.id, "Luonnos").await;
        let event = crate::events::of_citizen(&app, &member, unit.id, &citizen).await;
        let measurement = crate::measurements::of_citizen(&app, &citizen).await;
        let (slot, feed) = crate::events::offered(&app, &member, unit.id, &citizen).await;

        let expired = expired(&app, citizen.person);
        let people: [PersonId; 10] = [
            other.person,
            narrow.person,
            over.person,
            stranger.person,
            member.person,
            officials[0].person,
            officials[1].person,
            officials[2].person,
            proxy.person,
            citizen.person,
        ];
        let mut tokens = vec![None, Some(expired)];
        for person in people {
            tokens.push(Some(app.tokens(person).await.0));
        }
        // Of an app that the citizen let in for nothing but the access log.
        let asks = crate::clients::let_in(&app, &officials[1], &citizen, "audit:read").await;
        tokens.push(Some(asks.access_token.clone()));
        let places = [
            ("{citizen}", citizen.id.to_string()),
            ("{unit}", unit.id.to_string()),
            ("{thread}", thread.id.to_string()),
            ("{proxy}", right.to_string()),
            ("{message}", message.id.to_string()),
            ("{export}", export.id.to_string()),
            ("{subject}", app.citizen().await.id.to_string()),
            ("{staff}", app.account_id().await.to_string()),
            ("{nothing}", omasote_types::ids::ThreadId::at(app.state.clock.now()).to_string()),
            ("{member}", member.id.to_string()),
            ("{attachment}", file.id.to_string()),
            ("{client}", asks.client.to_string()),
            ("{consent}", asks.consent.to_string()),
            ("{view}", view.to_string()),
            ("{questionnaire}", questionnaire.to_string()),
            ("{task}", task.id.to_string()),
            ("{series}", series.to_string()),
            ("{code}", task.code),
            ("{event}", event.to_string()),
            ("{slot}", slot.to_string()),
            ("{measurement}", measurement.to_string()),
            ("{feed}", feed),
            ("{template}", template.to_string()),
            ("{guide}", guide.id.to_string()),
            ("{sketch}", sketch.id.to_string()),
            ("{request}", crate::clients::query_of(&crate::clients::request(asks.client, "audit:read"))),
        ];
        let other_code = other.code();
        Self { app, unit, citizen, other_code, places, tokens }
    }

    fn address(&self, template: &str) -> String {
        let path = self.places.iter().fold(template.to_owned(), |path, (name, id)| path.replace(name, id));
        self.app.url(&format!("/api/v1{path}"))
    }

    /// A body that the operation takes.
    fn body(&self, operation: &str) -> Option<Value> {
        let reason = "Potilas on tajuton päivystyksessä";
        Some(match operation {
            "createSession" | "beginSecondFactorAtSignIn" => {
                json!({ "username": uuid::Uuid::new_v4().to_string(), "password": "kesäyö ja lämmin sauna" })
            }
            "createDemoSession" => json!({ "person": { "kind": "citizen", "id": self.places[8].1 } }),
            "searchCitizens" | "searchProxies" | "searchDataRights" => {
                json!({ "identityCode": self.citizen.code() })
            }
            "searchAccesses" => json!({}),
            "revealContactDetails" | "restrictCitizen" | "liftRestriction" | "eraseCitizen" => {
                json!({ "reason": reason })
            }
            "updateProtection" => json!({ "isNonDisclosed": true }),
            "beginSecondFactor" => json!({ "password": "kesäyö ja lämmin sauna" }),
            "endSecondFactor" | "renewRecoveryCodes" => json!({ "code": "123456" }),
            "confirmSecondFactor" => json!({ "code": "123456" }),
            "createAccount" => json!({
                "givenName": "Hanna",
                "familyName": "Huotari",
                "title": "sairaanhoitaja",
                "unitIds": [],
                "roles": [],
                "username": uuid::Uuid::new_v4().to_string(),
            }),
            "updateAccount" => json!({ "title": "terveydenhoitaja" }),
            "changePassword" => {
                json!({ "currentPassword": "kesäyö ja lämmin sauna", "newPassword": "talvinen järven jää" })
            }
            "createThread" => json!({ "topicId": self.unit.topic, "text": "Hei" }),
            "sendMessage" => json!({ "text": "Hei" }),
            "saveDraft" => json!({ "text": "Hei", "writtenAt": self.app.state.clock.now() }),
            "markThreadRead" => json!({ "upTo": self.places[4].1 }),
            "takeThread" => json!({}),
            "createNote" => json!({ "text": "Soitettu" }),
            "createTaskRecord" => json!({ "kind": "contact", "summary": "Yhteenveto" }),
            "createRecord" => {
                json!({ "kind": "contact", "summary": "Yhteenveto", "messageIds": [self.places[4].1] })
            }
            "updateNotificationSettings" => json!({ "choice": "none" }),
            "createScheduledMessage" => {
                let soon = self.app.state.clock.now() + std::time::Duration::from_secs(3600);
                json!({ "text": "Hei", "after": self.places[4].1, "sendAt": soon })
            }
            "returnThread" => json!({ "reason": "Asia kuuluu teille" }),
            "forwardThread" => json!({ "unitId": self.unit.id, "reason": "Asia kuuluu teille" }),
            "answerInstruction" => json!({ "answer": "understood" }),
            "searchInbox" => json!({ "text": "resepti" }),
            "actOnThreads" => json!({ "act": "take", "threadIds": [self.places[2].1] }),
            "setAbsence" => json!({}),
            "updateUnitService" => json!({ "phone": "08 000 0001", "hours": [] }),
            "updateUnitTopics" => {
                let name = json!({ "fi": "Reseptit", "sv": "Recept", "en": "Prescriptions" });
                json!({ "topics": [{ "id": self.unit.topic, "name": name }] })
            }
            "createUnitTemplate" | "createOwnTemplate" | "updateTemplate" => {
                serde_json::to_value(crate::templates::content("Näyteaika")).unwrap()
            }
            "createView" => json!({ "name": "Omat", "shows": { "holder": "mine" } }),
            "createGroupThreads" => {
                json!({ "topicId": self.unit.topic, "text": "Hei", "citizenIds": [self.citizen.id] })
            }
            "searchGuides" => json!({ "text": "verenpaine" }),
            "createGuide" => {
                json!({ "unitId": self.unit.id, "content": crate::guides::content(&self.app, "Ohje") })
            }
            "updateGuide" => serde_json::to_value(crate::guides::content(&self.app, "Ohje")).unwrap(),
            "setThreadVisibility" => json!({ "isHiddenFromProxies": false }),
            "openEmergencyAccess" => {
                json!({ "identityCode": self.citizen.code(), "unitId": self.unit.id, "reason": reason })
            }
            "createClient" => {
                json!({ "name": "Mittari", "kind": "app", "auth": "none", "scopes": ["audit:read"],
                "redirectUris": ["https://mittari.example/paluu"] })
            }
            "updateClient" => json!({}),
            "createConsent" => {
                let (_, client) = self.places.iter().find(|(name, _)| *name == "{client}").unwrap();
                let client = client.parse().unwrap();
                serde_json::to_value(crate::clients::request(client, "audit:read")).unwrap()
            }
            "createProxyInvitation" => json!({ "scopes": ["messages"] }),
            "acceptProxyInvitation" => json!({ "code": "ABCD-EFGH-JKLM" }),
            "updateProxy" => json!({}),
            "startMandateVisit" => json!({ "language": "fi" }),
            "finishMandateVisit" => json!({ "state": "state", "code": "code" }),
            "createProxy" => json!({
                "citizenIdentityCode": self.citizen.code(),
                "proxyIdentityCode": self.other_code,
                "kind": "mandate",
                "scopes": ["messages"],
                "basis": "Käräjäoikeuden päätös 1.10.2026",
            }),
            _ => {
                let (_, slot) = self.places.iter().find(|(name, _)| *name == "{slot}").unwrap();
                return crate::events::body(&self.app, self.unit.id, operation, slot)
                    .or_else(|| crate::measurements::body(&self.app, operation))
                    .or_else(|| crate::tasks::body(&self.app, (self.unit.id, self.citizen.id), operation));
            }
        })
    }

    async fn ask(&self, (operation, method, path): (&str, &str, &str), token: Option<&str>) -> (u16, Value) {
        let mut request = TestApp::http().request(method.parse().unwrap(), self.address(path));
        request = request.header("omasote-app", "citizen").header("if-match", "*");
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if operation == "createAttachment" {
            request = request.body(crate::attachments::document());
        }
        if path.starts_with("/oauth2/") {
            request =
                request.header("content-type", "application/x-www-form-urlencoded").body("grant_type=x");
        }
        if let Some(body) = self.body(operation) {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let is_stream = operation == "streamUpdates" && status == 200;
        let text = if is_stream { String::new() } else { response.text().await.unwrap() };
        (status, serde_json::from_str(&text).unwrap_or_default())
    }
}

on_both_engines! {
    async fn every_operation_answers_every_kind_of_actor_as_its_row_says(app: TestApp) {
        let world = World::new(app).await;
        let mut wrong = Vec::new();
        for (operation, method, path, expected) in ROWS {
            for ((actor, token), expected) in ACTORS.iter().zip(&world.tokens).zip(expected) {
                let (status, body) = world.ask((operation, method, path), token.as_deref()).await;
                if status != *expected {
                    wrong.push(format!("{operation} by {actor}: {status} instead of {expected} ({})", body["code"]));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn a_refusal_does_not_tell_whether_the_thing_exists(app: TestApp) {
        let world = World::new(app).await;
        let stranger = world.tokens[5].as_deref();
        for (operation, method, path, expected) in ROWS.iter().filter(|row| row.3[5] == 404) {
            let mut there = world.ask((operation, method, path), stranger).await;
            let mut missing = path.to_string();
            for place in ["{citizen}", "{unit}", "{thread}", "{proxy}", "{export}", "{consent}", "{attachment}", "{template}", "{task}", "{series}", "{sketch}", "{event}", "{slot}", "{measurement}"] {
                missing = missing.replace(place, "{nothing}");
            }
            let mut nothing = world.ask((operation, method, &missing), stranger).await;
            for body in [&mut there.1, &mut nothing.1] {
                body.as_object_mut().unwrap().remove("requestId");
            }
            assert_eq!(there, nothing, "{operation} {expected:?}");
        }
    }

    async fn what_was_refused_has_changed_nothing(app: TestApp) {
        let world = World::new(app).await;
        for token in world.tokens.iter().take(6) {
            for (operation, method, path, _) in ROWS.iter().filter(|row| row.1 != "GET" && !row.2.starts_with("/sessions")) {
                world.ask((operation, method, path), token.as_deref()).await;
            }
        }
        let citizen = &world.citizen;
        let threads = citizen.list_threads(citizen.id, &PageQuery::default()).await.unwrap().items;
        assert_eq!((threads.len(), threads[0].message_count), (1, 1));
        assert_eq!(citizen.list_proxies(citizen.id).await.unwrap().len(), 2);
        assert!(!citizen.get_citizen(citizen.id).await.unwrap().is_non_disclosed);
        citizen.send_message(threads[0].id, &NewMessage::of("Hei"), &IdempotencyKey::random()).await.unwrap();
    }
}

#[test]
fn every_operation_has_its_row_and_every_row_its_operation() {
    let document: Value = serde_json::from_str(omasote_backend::openapi::document_text()).unwrap();
    let paths = document["paths"].as_object().unwrap().values();
    let operations = paths.flat_map(|path| path.as_object().unwrap().values());
    let known: BTreeSet<&str> =
        operations.map(|operation| operation["operationId"].as_str().unwrap()).collect();
    let rows: BTreeSet<&str> = ROWS.iter().map(|(operation, ..)| *operation).collect();
    assert_eq!(rows, known, "a new operation: who may?");
}
