-- Who may act for a citizen: the guardian of a child, an adult by mandate.
create table proxies (
    id uuid not null primary key,
    citizen_id uuid not null references citizens (id),
    proxy_id uuid not null references citizens (id),
    kind text not null check (kind in ('guardian', 'mandate')),
    source text not null check (source in ('citizen', 'register', 'suomi_fi')),
    scopes text not null,
    basis text,
    created_by uuid references professionals (id),
    session_id uuid,
    starts_at timestamptz not null,
    ends_at timestamptz,
    paused_at timestamptz,
    ended_at timestamptz,
    check (citizen_id <> proxy_id)
);
create index proxies_by_citizen on proxies (citizen_id, proxy_id);
create index proxies_by_proxy on proxies (proxy_id);

-- A code that makes who gives it a proxy, once and in time. Only its hash is kept.
create table proxy_invitations (
    code_hash bytea not null primary key,
    citizen_id uuid not null references citizens (id),
    scopes text not null,
    proxy_ends_at timestamptz,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);
create index proxy_invitations_by_citizen on proxy_invitations (citizen_id);

-- What a citizen, or a professional for a young person, does not show to those who act for the citizen.
alter table threads add column hidden_from_proxies_at timestamptz;
-- The line of the access log that a thread asks about.
alter table threads add column about_access_id uuid;
-- Who wrote a message for the citizen, and the name they then had.
alter table messages add column proxy_id uuid;
alter table messages add column proxy_name text;
-- What a topic is for beside its name: questions about the access log go to the topic of 'privacy'.
alter table topics add column purpose text check (purpose in ('privacy'));
