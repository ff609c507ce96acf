-- Home measurements, those of a citizen and kind side by side in the order in which they were taken. Numbers are thousandths of the unit
-- of the kind; the first is the only one, or the systolic pressure, the second the diastolic, the third the pulse beside them.
create table measurements (
    id blob not null,
    citizen_id blob not null references citizens (id),
    kind text not null,
    taken_at integer not null,
    -- By the clock of Finland.
    day text not null,
    part text not null,
    context text,
    first integer not null,
    second integer,
    third integer,
    -- How each stands to the target that was in force, and the worst of them: 0 no target, 1 in, 2 below, 3 above, 4 and 5 alarms.
    first_state integer not null,
    second_state integer,
    third_state integer,
    state integer not null,
    -- JSON of what was entered, when it is not what is kept.
    entered text,
    remark text not null,
    source text not null,
    recorder text not null,
    recorded_at integer not null,
    -- Entered wrong: it stays, and counts nowhere.
    struck_at integer,
    struck_by text,
    primary key (citizen_id, kind, taken_at, id)
) strict, without rowid;
create unique index measurements_by_id on measurements (id);

-- Targets are added and never changed but for their last day.
create table measurement_targets (
    id blob not null primary key,
    citizen_id blob not null references citizens (id),
    kind text not null,
    -- JSON: the part of the day or the context it is for; null when it is for all.
    moment text,
    -- JSON: a range for each number.
    ranges text not null,
    from_day text not null,
    to_day text,
    reason text not null,
    set_by blob not null references professionals (id),
    set_at integer not null
) strict;
create index measurement_targets_by_citizen on measurement_targets (citizen_id, kind);

-- Where a citizen stands with a kind: what counting all measurements anew would give.
create table measurement_standings (
    citizen_id blob not null references citizens (id),
    kind text not null,
    latest_id blob not null,
    latest_at integer not null,
    state integer not null,
    -- Which number is out and by how many thousandths; null when none is.
    deviation_of text,
    deviation integer,
    out_since integer,
    out_count integer not null,
    count integer not null,
    primary key (citizen_id, kind)
) strict, without rowid;
