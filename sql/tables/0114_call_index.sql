-- The calls of one period and category without reading those of all others.
-- Grain:  holds no rows.
-- Notes:  by the text that the file writes, letters of ASCII in capitals: the questions ask for every way of writing a
--         label, and for the ids of loaded periods.

create index call_by_period on bellwether_store.call (upper(period collate "C"), category);
