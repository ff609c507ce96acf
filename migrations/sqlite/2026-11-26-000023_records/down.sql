alter table threads drop column recorded_at;
drop table record_messages;
drop table records;
drop table outbox;
