alter table task_series drop column guide_id;
alter table tasks drop column guide_id;
