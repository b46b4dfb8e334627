-- company: how its calendar and its books are kept.
-- Units:  freeze_business_day counts from 1.

alter table bellwether_store.company
    add column calendar text,
    add column week_anchor text,
    add column extra_week text,
    add column freeze_business_day integer;

comment on column bellwether_store.company.calendar is 'How the fiscal year is divided: months (when not stated), 445, 454, 544, or loaded for the periods of fiscal_period.';
comment on column bellwether_store.company.week_anchor is 'For calendars of weeks: the weekday on which a year ends, and last or nearest: saturday last …';
comment on column bellwether_store.company.extra_week is 'For calendars of weeks: the period that takes week 53: last (when not stated) or first.';
comment on column bellwether_store.company.freeze_business_day is 'The business day after a period''s end whose close freezes its figures, from 1.';
