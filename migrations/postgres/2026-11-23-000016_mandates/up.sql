-- A visit to the national register of mandates that is on its way: from sending the browser there until its answer is used,
-- once, in the session in which it began. The state is kept as a hash.
create table mandate_visits (
    state_hash bytea not null primary key,
    session_id uuid not null,
    register_session text not null,
    created_at timestamptz not null
);
create index mandate_visits_by_session on mandate_visits (session_id);
create index mandate_visits_by_time on mandate_visits (created_at);

-- Who ended a right: what the person or staff ended does not come back by a national register.
alter table proxies add column ended_by text check (ended_by in ('person', 'proxy', 'staff', 'session'));
-- When the person narrowed what a national register told, so that it stays narrow.
alter table proxies add column narrowed_at timestamptz;
create index proxies_by_session on proxies (session_id) where session_id is not null;
