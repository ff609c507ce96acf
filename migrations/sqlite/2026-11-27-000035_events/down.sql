drop table calendar_feeds;
drop table event_settings;
drop table slots;
drop table events;
