-- What is to be told to a system outside, kept in the same transaction as the deed. A row goes when it was delivered; one whose
-- `due_at` is empty waits for a person. Deliveries of one lane are never under way at the same
-- time.
create table outbox (
    kind text not null check (kind in ('record')),
    subject_id uuid not null,
    lane_id uuid not null,
    created_at timestamptz not null,
    -- Since when it waits: since it was made, or since a person had it tried again.
    waiting_since timestamptz not null,
    due_at timestamptz,
    -- Until when the server that took it is taken to be at it.
    leased_until timestamptz,
    -- How many times it was taken. Who took it earlier has nothing more to say of it.
    turn integer not null,
    failures integer not null,
    primary key (kind, subject_id)
);
create index outbox_by_due on outbox (due_at) where due_at is not null;
create index outbox_by_lane on outbox (lane_id);

-- What professionals save of a thread to the patient record: a summary and messages.
create table records (
    id uuid not null primary key,
    citizen_id uuid not null references citizens (id),
    thread_id uuid not null references threads (id),
    unit_id uuid not null references units (id),
    professional_id uuid not null references professionals (id),
    kind text not null check (kind in ('contact', 'assessment', 'guidance', 'medication', 'client_note')),
    summary text not null,
    state text not null check (state in ('waiting', 'saved', 'failed')),
    trouble text,
    created_at timestamptz not null,
    saved_at timestamptz,
    -- What the other system calls the person.
    patient_key text
);
create index records_by_citizen on records (citizen_id, id);
create index records_by_thread on records (thread_id, id);

create table record_messages (
    record_id uuid not null references records (id),
    message_id uuid not null references messages (id),
    citizen_id uuid not null references citizens (id),
    primary key (record_id, message_id)
);
create index record_messages_by_citizen on record_messages (citizen_id);

-- When something of a thread was last saved to the patient record.
alter table threads add column recorded_at timestamptz;
