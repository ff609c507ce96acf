drop table oidc_sessions;
drop table directory_accounts;
drop table sign_in_attempts;
