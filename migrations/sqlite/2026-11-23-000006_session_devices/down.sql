alter table sessions drop column device;
