-- By what a professional is found and ordered: family name, given name and title in small letters.
alter table professionals add column sort_name text not null default '';
alter table professionals add column last_sign_in_at timestamptz;
-- Since when a professional may not sign in any more. The person stays in records and in the access log.
alter table professionals add column closed_at timestamptz;
update professionals set sort_name = lower(family_name || ' ' || given_name || ' ' || title);
create index professionals_by_name on professionals (sort_name, id);

-- Since when the password is one that an administrator was shown: whoever signs in with it chooses another.
alter table accounts add column one_time_since timestamptz;

-- What was done with an account: by an administrator, by its owner, or on the command line (no one named).
create table account_events (
    id uuid not null primary key,
    professional_id uuid not null references professionals (id),
    actor_id uuid references professionals (id),
    kind text not null check (kind in (
        'created', 'changed', 'closed', 'reopened', 'password_reset', 'password_changed', 'second_factor_removed'
    )),
    changes text not null,
    at timestamptz not null
);
create index account_events_by_professional on account_events (professional_id, id);
