create table access_log_old (
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
insert into access_log_old
    select id, at, case actor_kind when 'citizen' then 'citizen' else 'professional' end, actor_id, actor_title, unit_id,
        action, operation, resource_id, case when ground in ('own', 'unit', 'none') then ground else 'none' end, session_id,
        request_id, subjects from access_log;
drop table access_log;
alter table access_log_old rename to access_log;
create trigger access_log_no_update before update on access_log begin
    select raise(abort, 'access_log is only ever added to');
end;
create trigger access_log_no_delete before delete on access_log begin
    select raise(abort, 'access_log is only ever added to');
end;
drop table emergency_accesses;
drop table care_relations;
drop table roles;
alter table memberships drop column leads_since;
alter table citizens drop column non_disclosed_since;
alter table citizens drop column phone;
alter table citizens drop column address;
