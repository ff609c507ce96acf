-- How what is asked for is followed: when citizens are reminded, and when their silence becomes a call.
alter table task_series add column follow_up text;
alter table tasks add column follow_up text;
-- The day on which the citizen is reminded next, and when they last were.
alter table tasks add column remind_on date;
alter table tasks add column reminded_at timestamptz;
-- The day from which on the unit calls; none when it need not, or has.
alter table tasks add column call_on date;
create index tasks_to_remind on tasks (remind_on) where remind_on is not null;
create index tasks_to_call on tasks (unit_id, call_on, id) where call_on is not null;

-- What a unit does about its tasks unless it says otherwise of one.
create table unit_follow_ups (
    unit_id uuid not null primary key references units (id),
    follow_up text not null
);

-- The calls that were made to who was silent.
create table task_calls (
    task_id uuid not null references tasks (id),
    number integer not null,
    citizen_id uuid not null references citizens (id),
    at timestamptz not null,
    professional_id uuid not null references professionals (id),
    outcome text not null check (outcome in ('answer_entered', 'reached', 'not_reached')),
    note text not null,
    primary key (task_id, number)
);
create index task_calls_by_citizen on task_calls (citizen_id);

-- People are told again of tasks.
alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check
    check (kind in ('message', 'task', 'reminder', 'delay', 'missed_promise', 'check'));
