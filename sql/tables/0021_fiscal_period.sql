-- fiscal_period: a fiscal period of a loaded calendar.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  number counts from 1 within the fiscal year.
-- Kind:   reference
-- Source: the CRM's export, through a mapping's section `fiscal_period`.

create table bellwether_store.fiscal_period (
    like bellwether_store.version_frame including defaults including constraints including comments,
    period text,
    kind text,
    number integer,
    start_date date,
    end_date date,
    freeze_date date,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.fiscal_period is 'Versions of a fiscal period of a loaded calendar.';
comment on column bellwether_store.fiscal_period.period is 'The period''s label, such as FY2026Q4.';
comment on column bellwether_store.fiscal_period.kind is 'How long it is: year, quarter, month or week.';
comment on column bellwether_store.fiscal_period.number is 'Its place among the periods of its kind in the fiscal year, from 1.';
comment on column bellwether_store.fiscal_period.start_date is 'The first day.';
comment on column bellwether_store.fiscal_period.end_date is 'The last day.';
comment on column bellwether_store.fiscal_period.freeze_date is 'The day whose end freezes the period''s figures; null leaves it to the company''s rule.';
