create table threads (
    id uuid not null primary key,
    citizen_id uuid not null references citizens (id),
    unit_id uuid not null references units (id),
    topic_id uuid not null references topics (id),
    state text not null check (state in ('waiting', 'answered', 'closed')),
    created_at timestamptz not null,
    waiting_since timestamptz,
    last_message_at timestamptz not null,
    last_sender text not null check (last_sender in ('citizen', 'unit')),
    excerpt text not null,
    message_count integer not null,
    unread_by_citizen integer not null,
    unread_by_unit integer not null
);
create index threads_by_citizen on threads (citizen_id, last_message_at, id);
create index threads_waiting on threads (unit_id, waiting_since, id) where state = 'waiting';
create index threads_by_unit on threads (unit_id, state, last_message_at, id);
create index threads_unread_by_unit on threads (unit_id, unread_by_unit) where unread_by_unit > 0;

-- professional_id is null when the citizen is the sender.
create table messages (
    id uuid not null primary key,
    thread_id uuid not null references threads (id),
    citizen_id uuid not null references citizens (id),
    professional_id uuid references professionals (id),
    text text not null,
    sent_at timestamptz not null
);
create index messages_by_thread on messages (thread_id, id);

create table idempotency_keys (
    person_id uuid not null,
    key text not null,
    operation text not null,
    request_hash bytea not null,
    resource_id uuid not null,
    created_at timestamptz not null,
    primary key (person_id, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);
