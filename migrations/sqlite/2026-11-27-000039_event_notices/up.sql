-- People are told of events. A check cannot be changed: the table is made anew.
create table notices_next (
    id blob not null primary key,
    recipient_id blob not null,
    is_for_professional integer not null,
    -- Whose matter it is of; of a unit's promises it is the unit.
    citizen_id blob references citizens (id),
    unit_id blob references units (id),
    kind text not null check (kind in ('message', 'task', 'reminder', 'event', 'delay', 'missed_promise', 'check')),
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
