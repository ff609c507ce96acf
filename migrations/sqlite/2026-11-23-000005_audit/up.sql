-- Who saw or changed what of whom. Rows are only ever added: triggers refuse anything else. No column refers to another
-- table, for a line must outlive what it tells of. The subjects are the citizens it tells of, 16 bytes each.
create table access_log (
    id blob not null primary key,
    at integer not null,
    actor_kind text not null check (actor_kind in ('citizen', 'professional')),
    actor_id blob not null,
    actor_title text,
    unit_id blob,
    action text not null check (action in ('read', 'write', 'refused', 'signed_in')),
    operation text not null,
    resource_id blob,
    ground text not null check (ground in ('own', 'unit', 'none')),
    session_id blob not null,
    request_id blob not null,
    subjects blob not null
) strict;

-- The lines of each citizen: an index of the subjects, written when a line is sealed.
create table access_subjects (
    citizen_id blob not null,
    line_id blob not null,
    primary key (citizen_id, line_id)
) strict, without rowid;

-- Lines still to be sealed: a queue.
create table access_unsealed (
    line_id blob not null primary key
) strict, without rowid;

-- One seal a line: a hash over the line and the seal before it, numbered from 1 each day.
create table access_seals (
    day integer not null,
    number integer not null,
    line_id blob not null unique,
    hash blob not null,
    primary key (day, number)
) strict;

create trigger access_log_no_update before update on access_log begin
    select raise(abort, 'access_log is only ever added to');
end;
create trigger access_log_no_delete before delete on access_log begin
    select raise(abort, 'access_log is only ever added to');
end;
create trigger access_subjects_no_update before update on access_subjects begin
    select raise(abort, 'access_subjects is only ever added to');
end;
create trigger access_subjects_no_delete before delete on access_subjects begin
    select raise(abort, 'access_subjects is only ever added to');
end;
create trigger access_seals_no_update before update on access_seals begin
    select raise(abort, 'access_seals is only ever added to');
end;
create trigger access_seals_no_delete before delete on access_seals begin
    select raise(abort, 'access_seals is only ever added to');
end;
