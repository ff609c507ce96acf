drop index sessions_by_consent;
drop index sessions_by_client;
drop table client_assertions;
drop table authorization_codes;
alter table sessions drop column consent_id;
alter table sessions drop column client_id;
drop table consents;
drop table clients;
