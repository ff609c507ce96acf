-- The browser and system that a session was opened from, in a few words, so that its owner knows it again.
alter table sessions add column device text;
