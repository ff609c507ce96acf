-- Half-written messages. Only who writes one ever sees it.
create table drafts (
    -- Who writes, a citizen or a professional.
    writer_id blob not null,
    citizen_id blob not null references citizens (id),
    -- The thread it is written into; the citizen's id for the beginning of a new one.
    place_id blob not null,
    topic_id blob references topics (id),
    text text not null,
    written_at integer not null,
    saved_at integer not null,
    primary key (writer_id, place_id)
) strict;
create index drafts_by_citizen on drafts (citizen_id);
create index drafts_by_age on drafts (saved_at);
