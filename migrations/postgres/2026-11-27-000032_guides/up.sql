-- Guides: of a unit, or of the county. Published ones are open to everybody.
create table guides (
    id uuid not null primary key,
    unit_id uuid references units (id),
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
    reviewed_on date not null,
    -- The words of all of it, in small letters, parted by spaces.
    searched text not null,
    version integer not null,
    created_at timestamptz not null,
    changed_at timestamptz not null
);
create index guides_by_unit on guides (unit_id, id);

-- What messages lead to. Which kinds there are, and in which table the target of each is, the program knows.
create table message_links (
    message_id uuid not null references messages (id),
    position integer not null,
    citizen_id uuid not null references citizens (id),
    kind text not null,
    target_id uuid not null,
    primary key (message_id, position)
);
create index message_links_by_citizen on message_links (citizen_id);

-- How many links a message holds: most hold none, and then they are not looked for.
alter table messages add column link_count integer not null default 0;

-- A JSON list of links, and one more reason why a message is held.
alter table scheduled_messages add column links text not null default '[]';
alter table scheduled_messages drop constraint scheduled_messages_held_check;
alter table scheduled_messages add constraint scheduled_messages_held_check
    check (held in ('newer_messages', 'moved', 'taken', 'not_allowed', 'link_gone'));
