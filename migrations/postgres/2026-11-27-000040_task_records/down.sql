delete from outbox where kind = 'record' and subject_id in (select id from records where thread_id is null);
delete from records where thread_id is null;
drop index records_by_task;
alter table records drop constraint records_of_one;
alter table records drop column task_id;
alter table records alter column thread_id set not null;
