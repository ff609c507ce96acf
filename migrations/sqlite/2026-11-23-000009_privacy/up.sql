-- The lines of each actor: an index, written when a line is sealed.
create table access_actors (
    actor_id blob not null,
    line_id blob not null,
    primary key (actor_id, line_id)
) strict, without rowid;

-- Lines that the privacy officer should look at, found when they are sealed.
create table access_flags (
    flag text not null check (flag in ('emergency', 'no_open_matter')),
    line_id blob not null,
    primary key (flag, line_id)
) strict, without rowid;

-- The seals that were let go with the lines they were over, because the time they are kept for had passed: the last of them.
create table access_expiries (
    day integer not null primary key,
    number integer not null,
    hash blob not null,
    expired_at integer not null
) strict;
