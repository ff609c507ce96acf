delete from notices where kind = 'reminder';
alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (kind in ('message', 'task', 'delay', 'missed_promise', 'check'));

drop table task_calls;
drop table unit_follow_ups;
drop index tasks_to_call;
drop index tasks_to_remind;
alter table tasks drop column call_on;
alter table tasks drop column reminded_at;
alter table tasks drop column remind_on;
alter table tasks drop column follow_up;
alter table task_series drop column follow_up;
