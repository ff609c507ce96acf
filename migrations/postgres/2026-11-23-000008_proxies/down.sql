alter table topics drop column purpose;
alter table messages drop column proxy_name;
alter table messages drop column proxy_id;
alter table threads drop column about_access_id;
alter table threads drop column hidden_from_proxies_at;
drop table proxy_invitations;
drop table proxies;
