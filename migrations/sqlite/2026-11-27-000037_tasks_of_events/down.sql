drop index tasks_by_event;
alter table tasks drop column event_to;
alter table tasks drop column event_from;
alter table tasks drop column event_id;
