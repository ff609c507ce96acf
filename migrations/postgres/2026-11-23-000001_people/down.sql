drop table demo_personas;
drop table memberships;
drop table professionals;
drop table citizens;
drop table topics;
drop table unit_hours;
drop table units;
