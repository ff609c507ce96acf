-- Reply templates: of a unit, for all who work in it, or of one professional, for nobody else.
create table templates (
    id blob not null primary key,
    unit_id blob references units (id),
    professional_id blob references professionals (id),
    -- A language that the template does not have is empty in both.
    title_fi text not null,
    title_sv text not null,
    title_en text not null,
    body_fi text not null,
    body_sv text not null,
    body_en text not null,
    version integer not null,
    created_at integer not null,
    check ((unit_id is null) <> (professional_id is null))
) strict;
create index templates_by_unit on templates (unit_id);
create index templates_by_professional on templates (professional_id);
