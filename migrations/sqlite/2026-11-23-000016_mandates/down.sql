drop index proxies_by_session;
alter table proxies drop column narrowed_at;
alter table proxies drop column ended_by;
drop table mandate_visits;
