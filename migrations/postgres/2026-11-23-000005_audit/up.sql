-- Who saw or changed what of whom. Rows are only ever added: triggers refuse anything else. No column refers to another
-- table, for a line must outlive what it tells of. The subjects are the citizens it tells of, 16 bytes each.
create table access_log (
    id uuid not null primary key,
    at timestamptz not null,
    actor_kind text not null check (actor_kind in ('citizen', 'professional')),
    actor_id uuid not null,
    actor_title text,
    unit_id uuid,
    action text not null check (action in ('read', 'write', 'refused', 'signed_in')),
    operation text not null,
    resource_id uuid,
    ground text not null check (ground in ('own', 'unit', 'none')),
    session_id uuid not null,
    request_id uuid not null,
    subjects bytea not null
);

-- The lines of each citizen: an index of the subjects, written when a line is sealed.
create table access_subjects (
    citizen_id uuid not null,
    line_id uuid not null,
    primary key (citizen_id, line_id)
);

-- Lines still to be sealed: a queue.
create table access_unsealed (
    line_id uuid not null primary key
);

-- One seal a line: a hash over the line and the seal before it, numbered from 1 each day.
create table access_seals (
    day integer not null,
    number bigint not null,
    line_id uuid not null unique,
    hash bytea not null,
    primary key (day, number)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is only ever added to', tg_table_name;
end $$;
create trigger access_log_only_grows before update or delete or truncate on access_log
    for each statement execute function refuse_change();
create trigger access_subjects_only_grows before update or delete or truncate on access_subjects
    for each statement execute function refuse_change();
create trigger access_seals_only_grows before update or delete or truncate on access_seals
    for each statement execute function refuse_change();
