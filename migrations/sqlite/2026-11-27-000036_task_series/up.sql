-- What a unit asks many citizens to do, once or again and again. Its tasks are made in parts, when their days come.
create table task_series (
    id blob not null primary key,
    unit_id blob not null references units (id),
    kind text not null,
    questionnaire_id blob references questionnaires (id),
    title text not null,
    words text not null,
    minutes integer,
    -- The days of the first time; each time has as many.
    from_day text not null,
    to_day text not null,
    -- How it comes again (RFC 5545), and how many times in all.
    rule text,
    times integer not null,
    given_at integer not null,
    given_by blob not null references professionals (id),
    -- Which time is given next, from 0, and its first day; no day when there is no more.
    next_number integer not null,
    next_day text,
    cancelled_at integer,
    cancelled_by blob references professionals (id),
    remark text,
    -- Whether tasks that are given and not done are still to be called off.
    calls_off integer not null
) strict;
create index task_series_by_unit on task_series (unit_id, id);
create index task_series_by_day on task_series (next_day) where next_day is not null;
create index task_series_to_call_off on task_series (id) where calls_off;

-- To whom. How many times have been given to each is how far the series is.
create table task_series_citizens (
    series_id blob not null references task_series (id),
    citizen_id blob not null references citizens (id),
    times_given integer not null,
    primary key (series_id, citizen_id)
) strict;
create index task_series_citizens_by_progress on task_series_citizens (series_id, times_given, citizen_id);
create index task_series_citizens_by_citizen on task_series_citizens (citizen_id);

alter table tasks add column series_id blob references task_series (id);
-- Which time of the series it is, from 0.
alter table tasks add column series_number integer;
-- One task for each citizen and time, whatever happens to the server in between.
create unique index tasks_by_series on tasks (series_id, citizen_id, series_number) where series_id is not null;
