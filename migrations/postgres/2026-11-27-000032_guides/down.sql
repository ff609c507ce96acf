drop table guides;
