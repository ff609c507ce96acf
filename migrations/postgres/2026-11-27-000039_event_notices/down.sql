delete from notices where kind = 'event';
alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (kind in ('message', 'task', 'reminder', 'delay', 'missed_promise', 'check'));
