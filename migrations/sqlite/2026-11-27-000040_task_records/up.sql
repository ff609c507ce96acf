-- What was answered is saved to the patient record as messages are. A column cannot become empty: the tables are made anew.
create table records_next (
    id blob not null primary key,
    citizen_id blob not null references citizens (id),
    -- What it is of: a thread or a task.
    thread_id blob references threads (id),
    task_id blob references tasks (id),
    unit_id blob not null references units (id),
    professional_id blob not null references professionals (id),
    kind text not null check (kind in ('contact', 'assessment', 'guidance', 'medication', 'client_note')),
    summary text not null,
    state text not null check (state in ('waiting', 'saved', 'failed')),
    trouble text,
    created_at integer not null,
    saved_at integer,
    -- What the other system calls the person.
    patient_key text,
    check ((thread_id is null) <> (task_id is null))
) strict;
insert into records_next
select id, citizen_id, thread_id, null, unit_id, professional_id, kind, summary, state, trouble, created_at, saved_at, patient_key
from records;

create table record_messages_next (
    record_id blob not null references records_next (id),
    message_id blob not null references messages (id),
    citizen_id blob not null references citizens (id),
    primary key (record_id, message_id)
) strict;
insert into record_messages_next select record_id, message_id, citizen_id from record_messages;

drop table record_messages;
drop table records;
alter table records_next rename to records;
alter table record_messages_next rename to record_messages;
create index records_by_citizen on records (citizen_id, id);
create index records_by_thread on records (thread_id, id);
create index records_by_task on records (task_id, id) where task_id is not null;
create index record_messages_by_citizen on record_messages (citizen_id);
