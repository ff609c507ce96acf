-- Questionnaires: a draft, and the versions that were published of it, which do not change. Forms are JSON as on the wire.
create table questionnaires (
    id blob not null primary key,
    unit_id blob references units (id),
    -- Of those that come with Omasote.
    name text unique,
    draft text not null,
    version integer not null,
    -- Of the published version, or of the draft when there is none.
    title_fi text not null,
    title_sv text not null,
    title_en text not null,
    published integer,
    has_changes integer not null,
    retired_at integer,
    created_at integer not null
) strict;
create index questionnaires_by_unit on questionnaires (unit_id);

create table questionnaire_versions (
    questionnaire_id blob not null references questionnaires (id),
    number integer not null,
    form text not null,
    published_at integer not null,
    -- Nobody, of those that come with Omasote.
    published_by blob references professionals (id),
    primary key (questionnaire_id, number)
) strict;
