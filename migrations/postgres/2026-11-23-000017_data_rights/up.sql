-- Since when the processing of a citizen's data is restricted (GDPR, article 18): the same as the restriction in force, kept
-- here because the policy asks at each request.
alter table citizens add column restricted_since timestamptz;

-- Restrictions, also those that were lifted.
create table restrictions (
    id uuid not null primary key,
    citizen_id uuid not null references citizens (id),
    reason text not null,
    placed_by uuid not null references professionals (id),
    placed_at timestamptz not null,
    lift_reason text,
    lifted_by uuid references professionals (id),
    lifted_at timestamptz,
    check ((lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lift_reason is null))
);
create index restrictions_by_citizen on restrictions (citizen_id, id);
create unique index restrictions_in_force on restrictions (citizen_id) where lifted_at is null;

-- Erasures (GDPR, article 17): what was erased, by count, and what stayed and why. Nothing of what was erased.
create table erasures (
    id uuid not null primary key,
    citizen_id uuid not null references citizens (id),
    reason text not null,
    erased_by uuid not null references professionals (id),
    erased_at timestamptz not null,
    erased text not null,
    kept text not null
);
create index erasures_by_citizen on erasures (citizen_id, id);
