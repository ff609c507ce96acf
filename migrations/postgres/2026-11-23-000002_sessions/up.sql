create table accounts (
    id uuid not null primary key,
    username text not null unique,
    password_hash text not null,
    citizen_id uuid unique references citizens (id),
    professional_id uuid unique references professionals (id),
    created_at timestamptz not null,
    disabled_at timestamptz,
    check ((citizen_id is null) <> (professional_id is null))
);

-- The subject is a hash of a user name or of an address: neither is kept.
create table sign_in_failures (
    subject bytea not null primary key,
    failures integer not null,
    last_failed_at timestamptz not null
);

create table sessions (
    id uuid not null primary key,
    citizen_id uuid references citizens (id),
    professional_id uuid references professionals (id),
    created_at timestamptz not null,
    ends_at timestamptz not null,
    ended_at timestamptz,
    check ((citizen_id is null) <> (professional_id is null))
);
create index sessions_by_end on sessions (ended_at) where ended_at is not null;

create table refresh_tokens (
    token_hash bytea not null primary key,
    session_id uuid not null references sessions (id),
    created_at timestamptz not null,
    rotated_at timestamptz
);
create index refresh_tokens_by_session on refresh_tokens (session_id);
