drop table ehr_people;
drop table ehr_fetching;
drop table ehr_appointments;
alter table events drop column ehr;

delete from outbox where kind = 'appointment';
create table outbox_next (
    kind text not null check (kind in ('record', 'notice')),
    subject_id blob not null,
    lane_id blob not null,
    created_at integer not null,
    -- Since when it waits: since it was made, or since a person had it tried again.
    waiting_since integer not null,
    due_at integer,
    -- Until when the server that took it is taken to be at it.
    leased_until integer,
    -- How many times it was taken. Who took it earlier has nothing more to say of it.
    turn integer not null,
    failures integer not null,
    primary key (kind, subject_id)
) strict;
insert into outbox_next select * from outbox;
drop table outbox;
alter table outbox_next rename to outbox;
create index outbox_by_due on outbox (due_at) where due_at is not null;
create index outbox_by_lane on outbox (lane_id);
