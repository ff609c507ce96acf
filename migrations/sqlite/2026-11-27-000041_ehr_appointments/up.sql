-- How an event of the patient information system stands with that system; nothing for the service's own events.
alter table events add column ehr text check (ehr in ('in_step', 'waiting', 'failed'));

-- The appointments of the patient information system that were seen.
create table ehr_appointments (
    -- What that system calls it.
    id text not null primary key,
    -- Which version of it was looked at last.
    version text not null,
    -- What it is here; nothing when it is not of somebody who uses the service, is not agreed on, or cannot be understood.
    event_id blob unique references events (id),
    -- Why it cannot be understood: for a person to look at.
    trouble text,
    seen_at integer not null
) strict;
create index ehr_appointments_in_trouble on ehr_appointments (seen_at) where trouble is not null;

-- How far appointments are fetched: one row.
create table ehr_fetching (
    id integer not null primary key check (id = 1),
    -- The time, by that system's clock, until which what has changed was seen.
    seen_until integer,
    -- Until when the server that fetches is taken to be at it.
    leased_until integer
) strict;
insert into ehr_fetching (id) values (1);

-- The citizens whose appointments were asked for, or came with everybody's.
create table ehr_people (
    citizen_id blob not null primary key references citizens (id),
    asked_at integer not null
) strict;

-- What citizens do with such an event is told to that system. SQLite changes a check only by making the table anew.
create table outbox_next (
    kind text not null check (kind in ('record', 'notice', 'appointment')),
    subject_id blob not null,
    lane_id blob not null,
    created_at integer not null,
    -- Since when it waits: since it was made, or since a person had it tried again.
    waiting_since integer not null,
    due_at integer,
    -- Until when the server that took it is taken to be at it.
    leased_until integer,
    -- How many times it was taken. Who took it earlier has nothing more to say of it.
    turn integer not null,
    failures integer not null,
    primary key (kind, subject_id)
) strict;
insert into outbox_next select * from outbox;
drop table outbox;
alter table outbox_next rename to outbox;
create index outbox_by_due on outbox (due_at) where due_at is not null;
create index outbox_by_lane on outbox (lane_id);
