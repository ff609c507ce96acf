-- How people are told outside the apps that something waits for them. Who has no row is told by what is known of them.
create table notification_settings (
    -- A citizen or a professional.
    person_id blob not null primary key,
    email text,
    phone text,
    choice text not null check (choice in ('email', 'sms', 'both', 'none')),
    -- Minutes from midnight by the clock in Finland.
    quiet_from_minute integer,
    quiet_to_minute integer,
    saved_at integer not null
) strict;

-- Each time that somebody is told. What it says is made when it is sent, and is nobody's health data.
create table notices (
    id blob not null primary key,
    recipient_id blob not null,
    is_for_professional integer not null,
    -- Whose matter it is of; of a unit's promises it is the unit.
    citizen_id blob references citizens (id),
    unit_id blob references units (id),
    kind text not null check (kind in ('message', 'delay', 'missed_promise', 'check')),
    channel text not null check (channel in ('email', 'sms')),
    state text not null check (state in ('waiting', 'sent', 'failed', 'dropped')),
    -- Whether it failed because of the address.
    is_refused integer not null,
    created_at integer not null,
    settled_at integer
) strict;
create index notices_by_recipient on notices (recipient_id, channel, id);
create index notices_by_citizen on notices (citizen_id, id);
create index notices_by_age on notices (created_at);

-- A check cannot be changed: the table is made anew.
create table outbox_next (
    kind text not null check (kind in ('record', 'notice')),
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
