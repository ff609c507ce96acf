-- The lines of each actor: an index, written when a line is sealed.
create table access_actors (
    actor_id uuid not null,
    line_id uuid not null,
    primary key (actor_id, line_id)
);

-- Lines that the privacy officer should look at, found when they are sealed.
create table access_flags (
    flag text not null check (flag in ('emergency', 'no_open_matter')),
    line_id uuid not null,
    primary key (flag, line_id)
);

-- The seals that were let go with the lines they were over, because the time they are kept for had passed: the last of them.
create table access_expiries (
    day integer not null primary key,
    number bigint not null,
    hash bytea not null,
    expired_at timestamptz not null
);
