drop table erasures;
drop table restrictions;
alter table citizens drop column restricted_since;
