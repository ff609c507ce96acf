drop index message_links_by_target;
