create table scheduled_messages_without_links (
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
    held text check (held in ('newer_messages', 'moved', 'taken', 'not_allowed'))
) strict;
insert into scheduled_messages_without_links
    select id, thread_id, citizen_id, professional_id, text, instructions, seen_id, send_at, created_at,
    case held when 'link_gone' then 'not_allowed' else held end
    from scheduled_messages;
drop table scheduled_messages;
alter table scheduled_messages_without_links rename to scheduled_messages;
create index scheduled_messages_by_thread on scheduled_messages (thread_id, send_at);
create index scheduled_messages_by_time on scheduled_messages (send_at) where held is null;
create index scheduled_messages_by_citizen on scheduled_messages (citizen_id);
alter table messages drop column link_count;
drop table message_links;
drop table guides;
