update scheduled_messages set held = 'not_allowed' where held = 'link_gone';
alter table scheduled_messages drop constraint scheduled_messages_held_check;
alter table scheduled_messages add constraint scheduled_messages_held_check
    check (held in ('newer_messages', 'moved', 'taken', 'not_allowed'));
alter table scheduled_messages drop column links;
alter table messages drop column link_count;
drop table message_links;
drop table guides;
