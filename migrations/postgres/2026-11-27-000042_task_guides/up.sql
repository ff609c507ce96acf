-- The guide that a task asks to read. What it and a document are answered with is a questionnaire of ours.
alter table tasks add column guide_id uuid references guides (id);
alter table task_series add column guide_id uuid references guides (id);
