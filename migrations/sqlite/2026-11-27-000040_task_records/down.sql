create table records_before (
    id blob not null primary key,
    citizen_id blob not null references citizens (id),
    thread_id blob not null references threads (id),
    unit_id blob not null references units (id),
    professional_id blob not null references professionals (id),
    kind text not null check (kind in ('contact', 'assessment', 'guidance', 'medication', 'client_note')),
    summary text not null,
    state text not null check (state in ('waiting', 'saved', 'failed')),
    trouble text,
    created_at integer not null,
    saved_at integer,
    -- What the other system calls the person.
    patient_key text
) strict;
insert into records_before
select id, citizen_id, thread_id, unit_id, professional_id, kind, summary, state, trouble, created_at, saved_at, patient_key
from records where thread_id is not null;

create table record_messages_before (
    record_id blob not null references records_before (id),
    message_id blob not null references messages (id),
    citizen_id blob not null references citizens (id),
    primary key (record_id, message_id)
) strict;
insert into record_messages_before select record_id, message_id, citizen_id from record_messages;

delete from outbox where kind = 'record' and subject_id not in (select id from records_before);
drop table record_messages;
drop table records;
alter table records_before rename to records;
alter table record_messages_before rename to record_messages;
create index records_by_citizen on records (citizen_id, id);
create index records_by_thread on records (thread_id, id);
create index record_messages_by_citizen on record_messages (citizen_id);
