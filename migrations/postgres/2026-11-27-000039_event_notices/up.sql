-- People are told of events.
alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (kind in ('message', 'task', 'reminder', 'event', 'delay', 'missed_promise', 'check'));
