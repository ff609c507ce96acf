-- Saved views of inboxes: a unit's, for all who work in it, or a professional's own.
create table views (
    id uuid not null primary key,
    unit_id uuid not null references units (id),
    professional_id uuid references professionals (id),
    name text not null,
    state text not null,
    holder text,
    topic_id uuid references topics (id),
    mark text,
    words text,
    created_at timestamptz not null
);
create index views_by_unit on views (unit_id, professional_id);
