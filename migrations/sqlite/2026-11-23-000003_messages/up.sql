create table threads (
    id blob not null primary key,
    citizen_id blob not null references citizens (id),
    unit_id blob not null references units (id),
    topic_id blob not null references topics (id),
    state text not null check (state in ('waiting', 'answered', 'closed')),
    created_at integer not null,
    waiting_since integer,
    last_message_at integer not null,
    last_sender text not null check (last_sender in ('citizen', 'unit')),
    excerpt text not null,
    message_count integer not null,
    unread_by_citizen integer not null,
    unread_by_unit integer not null
) strict;
create index threads_by_citizen on threads (citizen_id, last_message_at, id);
create index threads_waiting on threads (unit_id, waiting_since, id) where state = 'waiting';
create index threads_by_unit on threads (unit_id, state, last_message_at, id);
create index threads_unread_by_unit on threads (unit_id, unread_by_unit) where unread_by_unit > 0;

-- professional_id is null when the citizen is the sender.
create table messages (
    id blob not null primary key,
    thread_id blob not null references threads (id),
    citizen_id blob not null references citizens (id),
    professional_id blob references professionals (id),
    text text not null,
    sent_at integer not null
) strict;
create index messages_by_thread on messages (thread_id, id);

create table idempotency_keys (
    person_id blob not null,
    key text not null,
    operation text not null,
    request_hash blob not null,
    resource_id blob not null,
    created_at integer not null,
    primary key (person_id, key)
) strict, without rowid;
create index idempotency_keys_by_age on idempotency_keys (created_at);
