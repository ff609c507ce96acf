delete from outbox where kind = 'notice';
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check check (kind in ('record'));
drop table notices;
drop table notification_settings;
