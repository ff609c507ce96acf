create table units (
    id blob not null primary key,
    name_fi text not null,
    name_sv text not null,
    name_en text not null,
    municipality text not null,
    phone text not null
) strict;
create index units_by_name on units (name_fi, id);

create table unit_hours (
    unit_id blob not null references units (id),
    weekday integer not null check (weekday between 1 and 7),
    opens_minute integer not null check (opens_minute between 0 and 1439),
    closes_minute integer not null check (closes_minute between 1 and 1440 and closes_minute > opens_minute),
    primary key (unit_id, weekday, opens_minute)
) strict, without rowid;

create table topics (
    id blob not null primary key,
    unit_id blob not null references units (id),
    position integer not null,
    name_fi text not null,
    name_sv text not null,
    name_en text not null
) strict;
create index topics_by_unit on topics (unit_id, position);

create table citizens (
    id blob not null primary key,
    given_name text not null,
    family_name text not null,
    birth_date text not null,
    municipality text not null,
    language text not null,
    identity_code_hash blob not null unique,
    identity_code_sealed blob not null,
    created_at integer not null
) strict;

create table professionals (
    id blob not null primary key,
    given_name text not null,
    family_name text not null,
    title text not null,
    created_at integer not null
) strict;

create table memberships (
    professional_id blob not null references professionals (id),
    unit_id blob not null references units (id),
    created_at integer not null,
    primary key (professional_id, unit_id)
) strict, without rowid;
create index memberships_by_unit on memberships (unit_id, professional_id);

create table demo_personas (
    position integer not null primary key,
    citizen_id blob references citizens (id),
    professional_id blob references professionals (id),
    description_fi text not null,
    description_sv text not null,
    description_en text not null,
    check ((citizen_id is null) <> (professional_id is null))
) strict;
