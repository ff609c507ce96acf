-- Contact details, and since when they are protected (turvakielto): then nobody sees them without a written need.
alter table citizens add column address text;
alter table citizens add column phone text;
alter table citizens add column non_disclosed_since timestamptz;

-- Since when a member leads the unit.
alter table memberships add column leads_since timestamptz;

create table roles (
    professional_id uuid not null references professionals (id),
    role text not null check (role in ('editor', 'administrator', 'privacy_officer')),
    created_at timestamptz not null,
    primary key (professional_id, role)
);

-- What ties a citizen to a unit: one row for each matter, open or closed. The unit may see the citizen while one of them
-- is open, and for a while after.
create table care_relations (
    citizen_id uuid not null references citizens (id),
    unit_id uuid not null references units (id),
    matter_id uuid not null,
    matter text not null check (matter in ('thread', 'task', 'event', 'enrolment', 'explicit')),
    opened_at timestamptz not null,
    closed_at timestamptz,
    primary key (citizen_id, unit_id, matter_id)
);
create index care_relations_by_matter on care_relations (matter_id);
insert into care_relations (citizen_id, unit_id, matter_id, matter, opened_at, closed_at)
    select citizen_id, unit_id, id, 'thread', created_at, case when state = 'closed' then last_message_at end from threads;

-- Break-glass: a professional saw a citizen's data without a care relation, and wrote down why.
create table emergency_accesses (
    id uuid not null primary key,
    professional_id uuid not null references professionals (id),
    unit_id uuid not null references units (id),
    citizen_id uuid not null references citizens (id),
    reason text not null,
    opened_at timestamptz not null,
    ends_at timestamptz not null,
    ended_at timestamptz
);
create index emergency_accesses_by_professional on emergency_accesses (professional_id, citizen_id, ends_at);
create index emergency_accesses_by_citizen on emergency_accesses (citizen_id, opened_at);
create index emergency_accesses_by_time on emergency_accesses (opened_at, id);

-- The access log learns of more actors and grounds; of a reason that was written, and of the program.
alter table access_log add column client_id uuid;
alter table access_log add column reason text;
alter table access_log drop constraint access_log_actor_kind_check;
alter table access_log add constraint access_log_actor_kind_check
    check (actor_kind in ('citizen', 'professional', 'system', 'unknown'));
alter table access_log drop constraint access_log_ground_check;
alter table access_log add constraint access_log_ground_check
    check (ground in ('own', 'unit', 'emergency', 'guardian', 'mandate', 'consent', 'office', 'none'));
