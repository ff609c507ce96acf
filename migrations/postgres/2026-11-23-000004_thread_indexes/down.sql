drop index threads_unread_by_unit;
create index threads_unread_by_unit on threads (unit_id, unread_by_unit) where unread_by_unit > 0;
drop index threads_waiting;
create index threads_waiting on threads (unit_id, waiting_since, id) where state = 'waiting';
