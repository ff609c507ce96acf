drop table thread_searches;
drop index threads_search_due;
alter table threads drop column search_due_at;
