-- What a unit and a citizen have agreed on: a visit, a call, a video call.
create table events (
    id blob not null primary key,
    citizen_id blob not null references citizens (id),
    unit_id blob not null references units (id),
    kind text not null check (kind in ('visit', 'phone', 'video')),
    title text not null,
    place text not null,
    directions text not null,
    preparation text not null,
    link text,
    starts_at integer not null,
    ends_at integer not null,
    -- Until when the citizen may cancel it or ask for another time: as the unit had promised when it gave the time.
    changeable_until integer not null,
    state text not null check (state in ('booked', 'confirmed', 'cancelled')),
    confirmed_at integer,
    cancelled_at integer,
    cancelled_by text check (cancelled_by in ('citizen', 'unit')),
    cancel_reason text,
    asked_at integer,
    wish text,
    hidden_from_proxies_at integer,
    -- The professional who gave it, or the citizen who booked it.
    given_by blob not null,
    given_at integer not null,
    changed_at integer not null,
    -- When the care relation that it opened was closed: it was over, or cancelled.
    closed_at integer,
    version integer not null
) strict;
create index events_by_citizen on events (citizen_id, starts_at, id);
create index events_by_unit on events (unit_id, starts_at, id);
create index events_open on events (ends_at) where closed_at is null;

-- Times that units offer.
create table slots (
    id blob not null primary key,
    -- The first of those that were offered together.
    offer_id blob not null,
    unit_id blob not null references units (id),
    -- For whom alone it is; for everybody the unit cares for when there is nobody.
    citizen_id blob references citizens (id),
    kind text not null check (kind in ('visit', 'phone', 'video')),
    title text not null,
    place text not null,
    directions text not null,
    preparation text not null,
    link text,
    starts_at integer not null,
    ends_at integer not null,
    offered_by blob not null references professionals (id),
    offered_at integer not null,
    -- What it has become when somebody has booked it.
    event_id blob references events (id)
) strict;
create index slots_by_unit on slots (unit_id, starts_at, id);
create index slots_by_citizen on slots (citizen_id, starts_at) where citizen_id is not null;
create index slots_by_offer on slots (offer_id);
create unique index slots_by_event on slots (event_id) where event_id is not null;

-- What units let citizens do with their times. A unit that has no row here has not said anything else than is usual.
create table event_settings (
    unit_id blob not null primary key references units (id),
    cancel_hours integer not null check (cancel_hours between 0 and 336)
) strict;

-- The addresses by which citizens' calendars fetch their events.
create table calendar_feeds (
    citizen_id blob not null primary key references citizens (id),
    token_hash blob not null unique,
    shows_details integer not null,
    created_at integer not null,
    fetched_at integer
) strict;
