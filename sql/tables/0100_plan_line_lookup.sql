-- plan_line: the way to the lines of one period, among those of many years.
-- Notes:  by the text that the file writes, letters of ASCII in capitals, and by the first day for lines without one.

create index plan_line_by_period on bellwether_store.plan_line (upper(period collate "C"));

create index plan_line_by_start on bellwether_store.plan_line (start_date) where start_date is not null;
