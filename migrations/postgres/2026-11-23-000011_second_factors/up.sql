-- The second factor of a local account: a secret shared with an app that makes codes (RFC 6238). It counts once a code has
-- shown that the app has it. The last step of time whose code was taken is kept, so that no code is taken twice.
create table second_factors (
    account_id uuid not null primary key references accounts (id),
    secret_sealed bytea not null,
    created_at timestamptz not null,
    confirmed_at timestamptz,
    last_step bigint
);

-- Codes for who has lost the app, kept as hashes; each goes when it is used.
create table recovery_codes (
    account_id uuid not null references accounts (id),
    code_hash bytea not null,
    primary key (account_id, code_hash)
);
