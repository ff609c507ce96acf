-- Guides: of a unit, or of the county. Published ones are open to everybody.
create table guides (
    id blob not null primary key,
    unit_id blob references units (id),
    state text not null check (state in ('draft', 'published', 'retired')),
    -- A language that the guide does not have is empty in both; Finnish never is.
    title_fi text not null,
    title_sv text not null,
    title_en text not null,
    body_fi text not null,
    body_sv text not null,
    body_en text not null,
    words_fi text not null,
    words_sv text not null,
    words_en text not null,
    source_name text,
    source_url text,
    reviewed_on text not null,
    -- The words of all of it, in small letters, parted by spaces.
    searched text not null,
    version integer not null,
    created_at integer not null,
    changed_at integer not null
) strict;
create index guides_by_unit on guides (unit_id, id);

-- What messages lead to. Which kinds there are, and in which table the target of each is, the program knows.
create table message_links (
    message_id blob not null references messages (id),
    position integer not null,
    citizen_id blob not null references citizens (id),
    kind text not null,
    target_id blob not null,
    primary key (message_id, position)
) strict;
create index message_links_by_citizen on message_links (citizen_id);

-- How many links a message holds: most hold none, and then they are not looked for.
alter table messages add column link_count integer not null default 0;

-- A JSON list of links, and one more reason why a message is held. SQLite changes no check: the table is made anew.
create table scheduled_messages_with_links (
    id blob not null primary key,
    thread_id blob not null references threads (id),
    citizen_id blob not null references citizens (id),
    professional_id blob not null references professionals (id),
    text text not null,
    -- A JSON list of texts.
    instructions text not null,
    -- The newest message that the writer had seen; when there is a newer one, it is held.
    seen_id blob not null,
    send_at integer not null,
    created_at integer not null,
    -- Why it was not sent; who wrote it decides.
    held text check (held in ('newer_messages', 'moved', 'taken', 'not_allowed', 'link_gone')),
    -- A JSON list of links.
    links text not null
) strict;
insert into scheduled_messages_with_links
    select id, thread_id, citizen_id, professional_id, text, instructions, seen_id, send_at, created_at, held, '[]'
    from scheduled_messages;
drop table scheduled_messages;
alter table scheduled_messages_with_links rename to scheduled_messages;
create index scheduled_messages_by_thread on scheduled_messages (thread_id, send_at);
create index scheduled_messages_by_time on scheduled_messages (send_at) where held is null;
create index scheduled_messages_by_citizen on scheduled_messages (citizen_id);
