alter table sessions drop column used_at;
