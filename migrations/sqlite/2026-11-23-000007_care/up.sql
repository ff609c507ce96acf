-- Contact details, and since when they are protected (turvakielto): then nobody sees them without a written need.
alter table citizens add column address text;
alter table citizens add column phone text;
alter table citizens add column non_disclosed_since integer;

-- Since when a member leads the unit.
alter table memberships add column leads_since integer;

create table roles (
    professional_id blob not null references professionals (id),
    role text not null check (role in ('editor', 'administrator', 'privacy_officer')),
    created_at integer not null,
    primary key (professional_id, role)
) strict, without rowid;

-- What ties a citizen to a unit: one row for each matter, open or closed. The unit may see the citizen while one of them
-- is open, and for a while after.
create table care_relations (
    citizen_id blob not null references citizens (id),
    unit_id blob not null references units (id),
    matter_id blob not null,
    matter text not null check (matter in ('thread', 'task', 'event', 'enrolment', 'explicit')),
    opened_at integer not null,
    closed_at integer,
    primary key (citizen_id, unit_id, matter_id)
) strict, without rowid;
create index care_relations_by_matter on care_relations (matter_id);
insert into care_relations (citizen_id, unit_id, matter_id, matter, opened_at, closed_at)
    select citizen_id, unit_id, id, 'thread', created_at, case when state = 'closed' then last_message_at end from threads;

-- Break-glass: a professional saw a citizen's data without a care relation, and wrote down why.
create table emergency_accesses (
    id blob not null primary key,
    professional_id blob not null references professionals (id),
    unit_id blob not null references units (id),
    citizen_id blob not null references citizens (id),
    reason text not null,
    opened_at integer not null,
    ends_at integer not null,
    ended_at integer
) strict;
create index emergency_accesses_by_professional on emergency_accesses (professional_id, citizen_id, ends_at);
create index emergency_accesses_by_citizen on emergency_accesses (citizen_id, opened_at);
create index emergency_accesses_by_time on emergency_accesses (opened_at, id);

-- The access log learns of more actors and grounds; of a reason that was written, and of the program.
-- SQLite cannot change a check, so the table is made anew.
create table access_log_new (
    id blob not null primary key,
    at integer not null,
    actor_kind text not null check (actor_kind in ('citizen', 'professional', 'system', 'unknown')),
    actor_id blob not null,
    actor_title text,
    unit_id blob,
    action text not null check (action in ('read', 'write', 'refused', 'signed_in')),
    operation text not null,
    resource_id blob,
    ground text not null check (ground in ('own', 'unit', 'emergency', 'guardian', 'mandate', 'consent', 'office', 'none')),
    session_id blob not null,
    request_id blob not null,
    subjects blob not null,
    client_id blob,
    reason text
) strict;
insert into access_log_new
    select id, at, actor_kind, actor_id, actor_title, unit_id, action, operation, resource_id, ground, session_id, request_id,
        subjects, null, null from access_log;
drop table access_log;
alter table access_log_new rename to access_log;
create trigger access_log_no_update before update on access_log begin
    select raise(abort, 'access_log is only ever added to');
end;
create trigger access_log_no_delete before delete on access_log begin
    select raise(abort, 'access_log is only ever added to');
end;
