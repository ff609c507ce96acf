-- Saved views of inboxes: a unit's, for all who work in it, or a professional's own.
create table views (
    id blob not null primary key,
    unit_id blob not null references units (id),
    professional_id blob references professionals (id),
    name text not null,
    state text not null,
    holder text,
    topic_id blob references topics (id),
    mark text,
    words text,
    created_at integer not null
) strict;
create index views_by_unit on views (unit_id, professional_id);
