drop table access_expiries;
drop table access_flags;
drop table access_actors;
