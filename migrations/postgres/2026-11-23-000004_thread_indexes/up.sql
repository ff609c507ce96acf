-- Both are used by prepared statements, whose plans do not know the values: so their conditions must not need any.
drop index threads_waiting;
create index threads_waiting on threads (unit_id, waiting_since, id) where waiting_since is not null;
drop index threads_unread_by_unit;
create index threads_unread_by_unit on threads (unit_id, unread_by_unit);
