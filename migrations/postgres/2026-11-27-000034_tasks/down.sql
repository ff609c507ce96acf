delete from notices where kind = 'task';
alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (kind in ('message', 'delay', 'missed_promise', 'check'));
drop table task_changes;
drop table task_answers;
drop table tasks;
