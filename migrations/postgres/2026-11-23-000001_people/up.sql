create table units (
    id uuid not null primary key,
    name_fi text not null,
    name_sv text not null,
    name_en text not null,
    municipality text not null,
    phone text not null
);
create index units_by_name on units (name_fi, id);

create table unit_hours (
    unit_id uuid not null references units (id),
    weekday integer not null check (weekday between 1 and 7),
    opens_minute integer not null check (opens_minute between 0 and 1439),
    closes_minute integer not null check (closes_minute between 1 and 1440 and closes_minute > opens_minute),
    primary key (unit_id, weekday, opens_minute)
);

create table topics (
    id uuid not null primary key,
    unit_id uuid not null references units (id),
    position integer not null,
    name_fi text not null,
    name_sv text not null,
    name_en text not null
);
create index topics_by_unit on topics (unit_id, position);

create table citizens (
    id uuid not null primary key,
    given_name text not null,
    family_name text not null,
    birth_date date not null,
    municipality text not null,
    language text not null,
    identity_code_hash bytea not null unique,
    identity_code_sealed bytea not null,
    created_at timestamptz not null
);

create table professionals (
    id uuid not null primary key,
    given_name text not null,
    family_name text not null,
    title text not null,
    created_at timestamptz not null
);

create table memberships (
    professional_id uuid not null references professionals (id),
    unit_id uuid not null references units (id),
    created_at timestamptz not null,
    primary key (professional_id, unit_id)
);
create index memberships_by_unit on memberships (unit_id, professional_id);

create table demo_personas (
    position integer not null primary key,
    citizen_id uuid references citizens (id),
    professional_id uuid references professionals (id),
    description_fi text not null,
    description_sv text not null,
    description_en text not null,
    check ((citizen_id is null) <> (professional_id is null))
);
