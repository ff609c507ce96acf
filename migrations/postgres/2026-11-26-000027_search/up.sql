-- The words of threads, so that a unit finds its threads by them. What changed since is due to be read again.
alter table threads add column search_due_at timestamptz;
create index threads_search_due on threads (search_due_at) where search_due_at is not null;
update threads set search_due_at = last_message_at;

create table thread_searches (
    thread_id uuid not null primary key references threads (id),
    unit_id uuid not null references units (id),
    last_message_at timestamptz not null,
    document tsvector not null
);
create index thread_searches_by_unit on thread_searches (unit_id, last_message_at, thread_id);
create index thread_searches_by_words on thread_searches using gin (document);
