-- What units ask citizens to do. Whether a task is late follows from its days and the clock, and is not kept.
create table tasks (
    id uuid not null primary key,
    citizen_id uuid not null references citizens (id),
    unit_id uuid not null references units (id),
    kind text not null,
    questionnaire_id uuid references questionnaires (id),
    -- The version that is answered: the one that was published when the task was opened first.
    number integer,
    title text not null,
    words text not null,
    minutes integer,
    from_day date not null,
    to_day date not null,
    state text not null,
    given_at timestamptz not null,
    given_by uuid not null references professionals (id),
    started_at timestamptz,
    answered_at timestamptz,
    times_sent_back integer not null,
    is_urgent boolean not null,
    remark text,
    code text not null unique,
    version integer not null
);
create index tasks_by_citizen on tasks (citizen_id, to_day, id);
create index tasks_by_unit on tasks (unit_id, state, to_day, id);
create index tasks_by_questionnaire on tasks (citizen_id, questionnaire_id, answered_at);

-- What is answered so far.
create table task_answers (
    task_id uuid not null primary key references tasks (id),
    citizen_id uuid not null references citizens (id),
    answers text not null,
    written_at timestamptz not null,
    saved_at timestamptz not null
);

-- What became of a task: who, when, on whose behalf. Answers are kept as they were each time they were sent.
create table task_changes (
    task_id uuid not null references tasks (id),
    number integer not null,
    citizen_id uuid not null references citizens (id),
    state text not null,
    at timestamptz not null,
    professional_id uuid references professionals (id),
    proxy_id uuid references citizens (id),
    source text,
    remark text,
    answers text,
    primary key (task_id, number)
);
create index task_changes_by_citizen on task_changes (citizen_id);

-- People are told of tasks.
alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (kind in ('message', 'task', 'delay', 'missed_promise', 'check'));
