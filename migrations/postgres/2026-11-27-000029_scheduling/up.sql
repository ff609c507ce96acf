-- Messages that a professional wants sent later. Until then nobody but the unit sees them.
create table scheduled_messages (
    id uuid not null primary key,
    thread_id uuid not null references threads (id),
    citizen_id uuid not null references citizens (id),
    professional_id uuid not null references professionals (id),
    text text not null,
    -- A JSON list of texts.
    instructions text not null,
    -- The newest message that the writer had seen; when there is a newer one, it is held.
    seen_id uuid not null,
    send_at timestamptz not null,
    created_at timestamptz not null,
    -- Why it was not sent; who wrote it decides.
    held text check (held in ('newer_messages', 'moved', 'taken', 'not_allowed'))
);
create index scheduled_messages_by_thread on scheduled_messages (thread_id, send_at);
create index scheduled_messages_by_time on scheduled_messages (send_at) where held is null;
create index scheduled_messages_by_citizen on scheduled_messages (citizen_id);
