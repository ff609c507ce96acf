drop table ehr_people;
drop table ehr_fetching;
drop table ehr_appointments;
alter table events drop column ehr;

delete from outbox where kind = 'appointment';
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check check (kind in ('record', 'notice'));
