-- How an event of the patient information system stands with that system; nothing for the service's own events.
alter table events add column ehr text check (ehr in ('in_step', 'waiting', 'failed'));

-- The appointments of the patient information system that were seen.
create table ehr_appointments (
    -- What that system calls it.
    id text not null primary key,
    -- Which version of it was looked at last.
    version text not null,
    -- What it is here; nothing when it is not of somebody who uses the service, is not agreed on, or cannot be understood.
    event_id uuid unique references events (id),
    -- Why it cannot be understood: for a person to look at.
    trouble text,
    seen_at timestamptz not null
);
create index ehr_appointments_in_trouble on ehr_appointments (seen_at) where trouble is not null;

-- How far appointments are fetched: one row.
create table ehr_fetching (
    id integer not null primary key check (id = 1),
    -- The time, by that system's clock, until which what has changed was seen.
    seen_until timestamptz,
    -- Until when the server that fetches is taken to be at it.
    leased_until timestamptz
);
insert into ehr_fetching (id) values (1);

-- The citizens whose appointments were asked for, or came with everybody's.
create table ehr_people (
    citizen_id uuid not null primary key references citizens (id),
    asked_at timestamptz not null
);

-- What citizens do with such an event is told to that system.
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check check (kind in ('record', 'notice', 'appointment'));
