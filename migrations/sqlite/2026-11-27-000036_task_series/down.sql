drop index tasks_by_series;
alter table tasks drop column series_number;
alter table tasks drop column series_id;
drop table task_series_citizens;
drop table task_series;
