-- company: when calls are due.
-- Units:  no numbers.

alter table bellwether_store.company
    add column call_weekday text;

comment on column bellwether_store.company.call_weekday is 'The weekday by whose end each team''s call of the week is due: monday …; when not stated, a call within the last seven days counts.';
