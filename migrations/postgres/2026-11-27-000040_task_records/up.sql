-- What was answered is saved to the patient record as messages are.
alter table records alter column thread_id drop not null;
alter table records add column task_id uuid references tasks (id);
alter table records add constraint records_of_one check ((thread_id is null) <> (task_id is null));
create index records_by_task on records (task_id, id) where task_id is not null;
