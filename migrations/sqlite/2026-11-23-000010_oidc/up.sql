-- A sign-in through an OpenID provider that is on its way: from the redirect to the provider until the browser is back,
-- and gone after its one use. The state and the browser's secret are kept as hashes.
create table sign_in_attempts (
    state_hash blob not null primary key,
    browser_hash blob not null,
    provider text not null,
    nonce text not null,
    code_verifier text not null,
    return_to text not null,
    created_at integer not null
) strict, without rowid;
create index sign_in_attempts_by_time on sign_in_attempts (created_at);

-- A professional who signs in through the organisation's directory. Issuer and subject are written at the first sign-in
-- and hold from then on: a name that the directory gives to somebody else later opens nothing.
create table directory_accounts (
    professional_id blob not null primary key references professionals (id),
    directory_name text not null unique,
    issuer text,
    subject text,
    created_at integer not null,
    linked_at integer,
    unique (issuer, subject),
    check ((issuer is null) = (subject is null) and (issuer is null) = (linked_at is null))
) strict, without rowid;

-- Sessions that a provider opened, so that signing out can end the provider's session as well.
create table oidc_sessions (
    session_id blob not null primary key references sessions (id),
    provider text not null,
    id_token_sealed blob
) strict, without rowid;
