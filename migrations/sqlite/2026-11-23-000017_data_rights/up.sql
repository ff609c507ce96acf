-- Since when the processing of a citizen's data is restricted (GDPR, article 18): the same as the restriction in force, kept
-- here because the policy asks at each request.
alter table citizens add column restricted_since integer;

-- Restrictions, also those that were lifted.
create table restrictions (
    id blob not null primary key,
    citizen_id blob not null references citizens (id),
    reason text not null,
    placed_by blob not null references professionals (id),
    placed_at integer not null,
    lift_reason text,
    lifted_by blob references professionals (id),
    lifted_at integer,
    check ((lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lift_reason is null))
) strict;
create index restrictions_by_citizen on restrictions (citizen_id, id);
create unique index restrictions_in_force on restrictions (citizen_id) where lifted_at is null;

-- Erasures (GDPR, article 17): what was erased, by count, and what stayed and why. Nothing of what was erased.
create table erasures (
    id blob not null primary key,
    citizen_id blob not null references citizens (id),
    reason text not null,
    erased_by blob not null references professionals (id),
    erased_at integer not null,
    erased text not null,
    kept text not null
) strict;
create index erasures_by_citizen on erasures (citizen_id, id);
