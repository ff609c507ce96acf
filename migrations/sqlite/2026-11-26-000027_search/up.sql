-- The words of threads, so that a unit finds its threads by them. What changed since is due to be read again.
alter table threads add column search_due_at integer;
create index threads_search_due on threads (search_due_at) where search_due_at is not null;
update threads set search_due_at = last_message_at;

create table thread_searches (
    thread_id blob not null primary key references threads (id),
    unit_id blob not null references units (id),
    last_message_at integer not null,
    -- The row of the full-text index; by and large it is `last_message_at`, so that the newest can be found first.
    document integer not null unique
) strict, without rowid;

-- The texts themselves are in `messages`.
create virtual table thread_words using fts5 (
    unit, words, content = '', contentless_delete = 1, detail = column, tokenize = 'unicode61 remove_diacritics 0'
);
