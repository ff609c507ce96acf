create table accounts (
    id blob not null primary key,
    username text not null unique,
    password_hash text not null,
    citizen_id blob unique references citizens (id),
    professional_id blob unique references professionals (id),
    created_at integer not null,
    disabled_at integer,
    check ((citizen_id is null) <> (professional_id is null))
) strict;

-- The subject is a hash of a user name or of an address: neither is kept.
create table sign_in_failures (
    subject blob not null primary key,
    failures integer not null,
    last_failed_at integer not null
) strict, without rowid;

create table sessions (
    id blob not null primary key,
    citizen_id blob references citizens (id),
    professional_id blob references professionals (id),
    created_at integer not null,
    ends_at integer not null,
    ended_at integer,
    check ((citizen_id is null) <> (professional_id is null))
) strict;
create index sessions_by_end on sessions (ended_at) where ended_at is not null;

create table refresh_tokens (
    token_hash blob not null primary key,
    session_id blob not null references sessions (id),
    created_at integer not null,
    rotated_at integer
) strict, without rowid;
create index refresh_tokens_by_session on refresh_tokens (session_id);
