-- A citizen's own data, packed for them to take away. The file is in the file store under the id.
create table exports (
    id blob not null primary key,
    citizen_id blob not null references citizens (id),
    state text not null check (state in ('waiting', 'working', 'ready', 'failed')),
    progress integer not null check (progress between 0 and 100),
    attempts integer not null,
    created_at integer not null,
    started_at integer,
    ready_at integer,
    size integer,
    expires_at integer not null
) strict;
create index exports_by_citizen on exports (citizen_id, id);
create index exports_by_state on exports (state, id);
create index exports_by_expiry on exports (expires_at);
