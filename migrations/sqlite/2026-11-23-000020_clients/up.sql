-- Third-party programs. A unit's system acts as a member of its unit, who signs in nowhere else: `professional_id`.
create table clients (
    id blob not null primary key,
    name text not null,
    kind text not null check (kind in ('system', 'app')),
    professional_id blob references professionals (id),
    unit_id blob references units (id),
    auth text not null check (auth in ('secret', 'private_key_jwt', 'none')),
    secret_hash blob,
    public_keys text not null,
    redirect_uris text not null,
    scopes text not null,
    created_by blob not null references professionals (id),
    created_at integer not null,
    disabled_at integer,
    check ((kind = 'system') = (professional_id is not null)),
    check ((kind = 'system') = (unit_id is not null))
) strict;
create index clients_by_name on clients (name, id);

-- What a citizen lets an app do.
create table consents (
    id blob not null primary key,
    citizen_id blob not null references citizens (id),
    client_id blob not null references clients (id),
    scopes text not null,
    given_at integer not null,
    ends_at integer not null,
    revoked_at integer
) strict;
create index consents_by_citizen on consents (citizen_id, id);

-- Codes on their way from the browser to the app, good once and for a minute. Only hashes are kept; of a code that was
-- used, also the session that it opened, which ends when the code comes again.
create table authorization_codes (
    code_hash blob not null primary key,
    consent_id blob not null references consents (id),
    redirect_uri text not null,
    code_challenge text not null,
    expires_at integer not null,
    used_at integer,
    session_id blob references sessions (id)
) strict;
create index authorization_codes_by_expiry on authorization_codes (expires_at);

-- Signed assertions that were taken: none is taken twice.
create table client_assertions (
    client_id blob not null references clients (id),
    jti_hash blob not null,
    expires_at integer not null,
    primary key (client_id, jti_hash)
) strict;
create index client_assertions_by_expiry on client_assertions (expires_at);

-- The program whose session it is, and by whose consent.
alter table sessions add column client_id blob references clients (id);
alter table sessions add column consent_id blob references consents (id);
create index sessions_by_client on sessions (client_id) where client_id is not null;
create index sessions_by_consent on sessions (consent_id) where consent_id is not null;
