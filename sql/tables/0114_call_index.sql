-- The calls of one period and category without reading those of all others.
-- Grain:  holds no rows.
-- Notes:  the period as the file writes it: the questions ask for every way of writing a label, and for the ids of
--         loaded periods.

create index call_by_period on bellwether_store.call (period, category);
