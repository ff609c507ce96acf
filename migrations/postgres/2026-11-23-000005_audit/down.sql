drop table access_seals;
drop table access_unsealed;
drop table access_subjects;
drop table access_log;
drop function refuse_change();
