-- What a unit and a citizen have agreed on: a visit, a call, a video call.
create table events (
    id uuid not null primary key,
    citizen_id uuid not null references citizens (id),
    unit_id uuid not null references units (id),
    kind text not null check (kind in ('visit', 'phone', 'video')),
    title text not null,
    place text not null,
    directions text not null,
    preparation text not null,
    link text,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    -- Until when the citizen may cancel it or ask for another time: as the unit had promised when it gave the time.
    changeable_until timestamptz not null,
    state text not null check (state in ('booked', 'confirmed', 'cancelled')),
    confirmed_at timestamptz,
    cancelled_at timestamptz,
    cancelled_by text check (cancelled_by in ('citizen', 'unit')),
    cancel_reason text,
    asked_at timestamptz,
    wish text,
    hidden_from_proxies_at timestamptz,
    -- The professional who gave it, or the citizen who booked it.
    given_by uuid not null,
    given_at timestamptz not null,
    changed_at timestamptz not null,
    -- When the care relation that it opened was closed: it was over, or cancelled.
    closed_at timestamptz,
    version integer not null
);
create index events_by_citizen on events (citizen_id, starts_at, id);
create index events_by_unit on events (unit_id, starts_at, id);
create index events_open on events (ends_at) where closed_at is null;

-- Times that units offer.
create table slots (
    id uuid not null primary key,
    -- The first of those that were offered together.
    offer_id uuid not null,
    unit_id uuid not null references units (id),
    -- For whom alone it is; for everybody the unit cares for when there is nobody.
    citizen_id uuid references citizens (id),
    kind text not null check (kind in ('visit', 'phone', 'video')),
    title text not null,
    place text not null,
    directions text not null,
    preparation text not null,
    link text,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    offered_by uuid not null references professionals (id),
    offered_at timestamptz not null,
    -- What it has become when somebody has booked it.
    event_id uuid references events (id)
);
create index slots_by_unit on slots (unit_id, starts_at, id);
create index slots_by_citizen on slots (citizen_id, starts_at) where citizen_id is not null;
create index slots_by_offer on slots (offer_id);
create unique index slots_by_event on slots (event_id) where event_id is not null;

-- What units let citizens do with their times. A unit that has no row here has not said anything else than is usual.
create table event_settings (
    unit_id uuid not null primary key references units (id),
    cancel_hours integer not null check (cancel_hours between 0 and 336)
);

-- The addresses by which citizens' calendars fetch their events.
create table calendar_feeds (
    citizen_id uuid not null primary key references citizens (id),
    token_hash bytea not null unique,
    shows_details boolean not null,
    created_at timestamptz not null,
    fetched_at timestamptz
);
