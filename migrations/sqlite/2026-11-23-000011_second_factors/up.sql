-- The second factor of a local account: a secret shared with an app that makes codes (RFC 6238). It counts once a code has
-- shown that the app has it. The last step of time whose code was taken is kept, so that no code is taken twice.
create table second_factors (
    account_id blob not null primary key references accounts (id),
    secret_sealed blob not null,
    created_at integer not null,
    confirmed_at integer,
    last_step integer
) strict, without rowid;

-- Codes for who has lost the app, kept as hashes; each goes when it is used.
create table recovery_codes (
    account_id blob not null references accounts (id),
    code_hash blob not null,
    primary key (account_id, code_hash)
) strict, without rowid;
