-- ruled_period: the periods of each calendar by rule that a company's record has ever named.
-- Grain:  one row a calendar, as the company's record words it, and period.
-- Source: the program's own calendar, written by the load that brings a new wording, and by an upgrade.
-- Notes:  the rule stands in the program alone; this is what it comes to, so that SQL asks no second one. Years that end
--         from 1980 to 2079. Rows are added and never changed.

create table bellwether_store.ruled_period (
    calendar text collate "C" not null,
    week_anchor text collate "C" not null,
    extra_week text collate "C" not null,
    start_month integer not null,
    year_name text collate "C" not null,
    period text collate "C" not null,
    kind text collate "C" not null,
    start_date date not null,
    end_date date not null,
    primary key (calendar, week_anchor, extra_week, start_month, year_name, period)
);

comment on table bellwether_store.ruled_period is 'The periods of each calendar by rule that a company''s record has ever named.';
comment on column bellwether_store.ruled_period.calendar is 'The calendar in the record''s word: months, 445, 454 or 544.';
comment on column bellwether_store.ruled_period.week_anchor is 'The anchor of a calendar of weeks in the record''s words; empty without one.';
comment on column bellwether_store.ruled_period.extra_week is 'Which month takes week 53, in the record''s word.';
comment on column bellwether_store.ruled_period.start_month is 'The month in which the fiscal year starts, 1 to 12.';
comment on column bellwether_store.ruled_period.year_name is 'The calendar year that names a fiscal year, in the record''s word: that of its start or its end.';
comment on column bellwether_store.ruled_period.period is 'The period''s label, such as FY2026Q4.';
comment on column bellwether_store.ruled_period.kind is 'year, quarter, month or week.';
comment on column bellwether_store.ruled_period.start_date is 'The first day.';
comment on column bellwether_store.ruled_period.end_date is 'The last day.';
