-- By when units answer: response times, days that are not as their weekday is, and how the promises hold.
alter table units add column response_minutes integer check (response_minutes > 0);
alter table units add column usual_minutes integer;
alter table units add column opens_on_holidays boolean not null default false;
-- Counts the changes, so that two who change the same settings do not undo each other's.
alter table units add column settings_version integer not null default 1;

-- A closed day has one row, from 0 to 0.
create table unit_exceptions (
    unit_id uuid not null references units (id),
    day date not null,
    opens_minute integer not null check (opens_minute between 0 and 1439),
    closes_minute integer not null check (closes_minute between 0 and 1440),
    primary key (unit_id, day, opens_minute),
    check (closes_minute > opens_minute or (opens_minute = 0 and closes_minute = 0))
);

alter table topics add column retired_at timestamptz;
alter table topics add column words_fi text not null default '';
alter table topics add column words_sv text not null default '';
alter table topics add column words_en text not null default '';

alter table threads add column promised_at timestamptz;
alter table threads add column promises_missed integer not null default 0;
create index threads_promised on threads (promised_at) where promised_at is not null;

-- How long each wait for an answer lasted. Whose it was is not told.
create table unit_answers (
    id uuid not null primary key,
    unit_id uuid not null references units (id),
    waited_since timestamptz not null,
    answered_at timestamptz not null,
    promises_missed integer
);
create index unit_answers_by_unit on unit_answers (unit_id, answered_at);
