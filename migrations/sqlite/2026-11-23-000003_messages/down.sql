drop table idempotency_keys;
drop table messages;
drop table threads;
