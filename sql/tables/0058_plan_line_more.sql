-- plan_line: the days of a period that has no label of Bellwether's.
-- Units:  no numbers.

alter table bellwether_store.plan_line
    add column start_date date,
    add column end_date date;

comment on column bellwether_store.plan_line.start_date is 'The first day of the planned period; null leaves it to the label.';
comment on column bellwether_store.plan_line.end_date is 'The last day of the planned period; null leaves it to the label.';
