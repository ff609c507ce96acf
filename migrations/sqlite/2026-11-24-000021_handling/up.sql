-- Who has a thread, how it moved from unit to unit, and what was said of it inside the unit.
alter table threads add column holder_id blob;
alter table threads add column held_since integer;
alter table threads add column closed_at integer;
alter table threads add column moves integer not null default 0;
alter table threads add column returns_to_id blob;
alter table threads add column raised_at integer;
update threads set closed_at = last_message_at where state = 'closed';
create index threads_by_holder on threads (holder_id, held_since) where holder_id is not null;

-- Whether and when the unit opened a citizen's message, and as what.
alter table messages add column opened_at integer;
alter table messages add column opened_title text;
-- How many instructions it has: most have none, and then they are not looked for.
alter table messages add column instruction_count integer not null default 0;

create table thread_transfers (
    id blob not null primary key,
    thread_id blob not null references threads (id),
    citizen_id blob not null references citizens (id),
    from_unit_id blob not null references units (id),
    to_unit_id blob not null references units (id),
    professional_id blob not null references professionals (id),
    kind text not null check (kind in ('forward', 'return')),
    reason text not null,
    stays_informed integer not null,
    at integer not null
) strict;
create index thread_transfers_by_thread on thread_transfers (thread_id, id);
create index thread_transfers_by_sender on thread_transfers (from_unit_id, at, id);

-- What professionals tell each other. Never shown to citizens, never in what they take away.
create table thread_notes (
    id blob not null primary key,
    thread_id blob not null references threads (id),
    citizen_id blob not null references citizens (id),
    professional_id blob not null references professionals (id),
    text text not null,
    created_at integer not null
) strict;
create index thread_notes_by_thread on thread_notes (thread_id, id);
create index thread_notes_by_citizen on thread_notes (citizen_id);

-- What a message tells the citizen to do, each of which the citizen can answer.
create table message_instructions (
    message_id blob not null references messages (id),
    position integer not null,
    thread_id blob not null references threads (id),
    citizen_id blob not null references citizens (id),
    text text not null,
    answer text check (answer in ('understood', 'not_understood')),
    answered_at integer,
    primary key (message_id, position)
) strict;
create index message_instructions_by_citizen on message_instructions (citizen_id);

-- A professional's absence: what they have taken goes back to their units.
alter table professionals add column absent_until integer;
