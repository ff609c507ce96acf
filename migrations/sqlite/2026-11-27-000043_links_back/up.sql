-- Which messages lead to a thing.
create index message_links_by_target on message_links (target_id);
