-- How what is asked for is followed: when citizens are reminded, and when their silence becomes a call.
alter table task_series add column follow_up text;
alter table tasks add column follow_up text;
-- The day on which the citizen is reminded next, and when they last were.
alter table tasks add column remind_on text;
alter table tasks add column reminded_at integer;
-- The day from which on the unit calls; none when it need not, or has.
alter table tasks add column call_on text;
create index tasks_to_remind on tasks (remind_on) where remind_on is not null;
create index tasks_to_call on tasks (unit_id, call_on, id) where call_on is not null;

-- What a unit does about its tasks unless it says otherwise of one.
create table unit_follow_ups (
    unit_id blob not null primary key references units (id),
    follow_up text not null
) strict;

-- The calls that were made to who was silent.
create table task_calls (
    task_id blob not null references tasks (id),
    number integer not null,
    citizen_id blob not null references citizens (id),
    at integer not null,
    professional_id blob not null references professionals (id),
    outcome text not null check (outcome in ('answer_entered', 'reached', 'not_reached')),
    note text not null,
    primary key (task_id, number)
) strict;
create index task_calls_by_citizen on task_calls (citizen_id);

-- People are told again of tasks. A check cannot be changed: the table is made anew.
create table notices_next (
    id blob not null primary key,
    recipient_id blob not null,
    is_for_professional integer not null,
    -- Whose matter it is of; of a unit's promises it is the unit.
    citizen_id blob references citizens (id),
    unit_id blob references units (id),
    kind text not null check (kind in ('message', 'task', 'reminder', 'delay', 'missed_promise', 'check')),
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
