alter table messages drop column attachment_count;
drop table attachments;
