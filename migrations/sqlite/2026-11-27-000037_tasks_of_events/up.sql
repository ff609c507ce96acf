-- Tasks that hang on an event: so many days before its day (below zero) or after it.
alter table tasks add column event_id blob references events (id);
alter table tasks add column event_from integer;
alter table tasks add column event_to integer;
create index tasks_by_event on tasks (event_id) where event_id is not null;
