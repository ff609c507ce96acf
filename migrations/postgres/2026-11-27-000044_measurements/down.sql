drop table measurement_standings;
drop table measurement_targets;
drop table measurements;
