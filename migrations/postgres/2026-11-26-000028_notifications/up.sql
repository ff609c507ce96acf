-- How people are told outside the apps that something waits for them. Who has no row is told by what is known of them.
create table notification_settings (
    -- A citizen or a professional.
    person_id uuid not null primary key,
    email text,
    phone text,
    choice text not null check (choice in ('email', 'sms', 'both', 'none')),
    -- Minutes from midnight by the clock in Finland.
    quiet_from_minute integer,
    quiet_to_minute integer,
    saved_at timestamptz not null
);

-- Each time that somebody is told. What it says is made when it is sent, and is nobody's health data.
create table notices (
    id uuid not null primary key,
    recipient_id uuid not null,
    is_for_professional boolean not null,
    -- Whose matter it is of; of a unit's promises it is the unit.
    citizen_id uuid references citizens (id),
    unit_id uuid references units (id),
    kind text not null check (kind in ('message', 'delay', 'missed_promise', 'check')),
    channel text not null check (channel in ('email', 'sms')),
    state text not null check (state in ('waiting', 'sent', 'failed', 'dropped')),
    -- Whether it failed because of the address.
    is_refused boolean not null,
    created_at timestamptz not null,
    settled_at timestamptz
);
create index notices_by_recipient on notices (recipient_id, channel, id);
create index notices_by_citizen on notices (citizen_id, id);
create index notices_by_age on notices (created_at);

alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check check (kind in ('record', 'notice'));
