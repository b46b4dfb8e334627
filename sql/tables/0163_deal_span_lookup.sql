-- Deal spans by id: what a deal was on a day, found without looking at what it was before and after.
-- Grain:  as in 0160.
-- Source: bellwether summarise, after a load and never within it.
-- Notes:  led by the end of the span within a deal: the first entry behind the day is the one that holds on it.

drop index bellwether_store.deal_span_by_id;
create index deal_span_by_id on bellwether_store.deal_span (id, valid_to, valid_from);
