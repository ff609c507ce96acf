drop table account_events;
alter table accounts drop column one_time_since;
drop index professionals_by_name;
alter table professionals drop column closed_at;
alter table professionals drop column last_sign_in_at;
alter table professionals drop column sort_name;
