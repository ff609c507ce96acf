-- What units ask citizens to do. Whether a task is late follows from its days and the clock, and is not kept.
create table tasks (
    id blob not null primary key,
    citizen_id blob not null references citizens (id),
    unit_id blob not null references units (id),
    kind text not null,
    questionnaire_id blob references questionnaires (id),
    -- The version that is answered: the one that was published when the task was opened first.
    number integer,
    title text not null,
    words text not null,
    minutes integer,
    from_day text not null,
    to_day text not null,
    state text not null,
    given_at integer not null,
    given_by blob not null references professionals (id),
    started_at integer,
    answered_at integer,
    times_sent_back integer not null,
    is_urgent integer not null,
    remark text,
    code text not null unique,
    version integer not null
) strict;
create index tasks_by_citizen on tasks (citizen_id, to_day, id);
create index tasks_by_unit on tasks (unit_id, state, to_day, id);
create index tasks_by_questionnaire on tasks (citizen_id, questionnaire_id, answered_at);

-- What is answered so far.
create table task_answers (
    task_id blob not null primary key references tasks (id),
    citizen_id blob not null references citizens (id),
    answers text not null,
    written_at integer not null,
    saved_at integer not null
) strict;

-- What became of a task: who, when, on whose behalf. Answers are kept as they were each time they were sent.
create table task_changes (
    task_id blob not null references tasks (id),
    number integer not null,
    citizen_id blob not null references citizens (id),
    state text not null,
    at integer not null,
    professional_id blob references professionals (id),
    proxy_id blob references citizens (id),
    source text,
    remark text,
    answers text,
    primary key (task_id, number)
) strict;
create index task_changes_by_citizen on task_changes (citizen_id);

-- People are told of tasks. A check cannot be changed: the table is made anew.
create table notices_next (
    id blob not null primary key,
    recipient_id blob not null,
    is_for_professional integer not null,
    -- Whose matter it is of; of a unit's promises it is the unit.
    citizen_id blob references citizens (id),
    unit_id blob references units (id),
    kind text not null check (kind in ('message', 'task', 'delay', 'missed_promise', 'check')),
    channel text not null check (channel in ('email', 'sms')),
    state text not null check (state in ('waiting', 'sent', 'failed', 'dropped')),
    -- Whether it failed because of the address.
    is_refused integer not null,
    created_at integer not null,
    settled_at integer
) strict;
insert into notices_next select * from notices;
drop table notices;
alter table notices_next rename to notices;
create index notices_by_recipient on notices (recipient_id, channel, id);
create index notices_by_citizen on notices (citizen_id, id);
create index notices_by_age on notices (created_at);
