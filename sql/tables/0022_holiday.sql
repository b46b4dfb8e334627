-- holiday: a day on which nobody works.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  no numbers.
-- Kind:   reference
-- Source: the CRM's export, through a mapping's section `holiday`.

create table bellwether_store.holiday (
    like bellwether_store.version_frame including defaults including constraints including comments,
    name text,
    holiday_date date,
    region text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.holiday is 'Versions of a day on which nobody works.';
comment on column bellwether_store.holiday.name is 'The holiday''s name.';
comment on column bellwether_store.holiday.holiday_date is 'The day.';
comment on column bellwether_store.holiday.region is 'Where it is one, in the CRM''s words; null for everywhere.';
