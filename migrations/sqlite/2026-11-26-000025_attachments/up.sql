-- Files that are sent with messages. The content is in the file store under the id.
create table attachments (
    id blob not null primary key,
    citizen_id blob not null references citizens (id),
    -- Where it was uploaded: into a thread, or for a new one.
    thread_id blob references threads (id),
    -- Who uploaded it, a citizen or a professional. Until it is sent nobody else sees it.
    uploader_id blob not null,
    -- The message that took it along, and its place among the files of that message.
    message_id blob references messages (id),
    position integer,
    name text not null,
    media_type text check (media_type in ('application/pdf', 'image/jpeg', 'image/png', 'image/heic')),
    bytes integer not null,
    created_at integer not null,
    -- When the content was there and had been found good; absent before, and once it is to be deleted.
    ready_at integer
) strict;
create index attachments_by_message on attachments (message_id, position) where message_id is not null;
create index attachments_by_citizen on attachments (citizen_id, id);
create index attachments_unsent on attachments (uploader_id, citizen_id, id) where message_id is null;

-- How many files a message took along: most take none, and then they are not looked for.
alter table messages add column attachment_count integer not null default 0;
