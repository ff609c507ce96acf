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
