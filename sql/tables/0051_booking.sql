-- booking: an order in finance's books.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  amount in `currency`.
-- Kind:   event
-- Source: the CRM's export, through a mapping's section `booking`.

create table bellwether_store.booking (
    like bellwether_store.version_frame including defaults including constraints including comments,
    opportunity_id text,
    order_id text,
    account_id text,
    kind text,
    booked_date date,
    amount numeric,
    currency text,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.booking is 'Versions of an order in finance''s books.';
comment on column bellwether_store.booking.opportunity_id is 'The id of the deal.';
comment on column bellwether_store.booking.order_id is 'The number of the order.';
comment on column bellwether_store.booking.account_id is 'The id of the account.';
comment on column bellwether_store.booking.kind is 'What was booked in the books'' words: new, expansion, renewal, correction …';
comment on column bellwether_store.booking.booked_date is 'The day on which it was booked.';
comment on column bellwether_store.booking.amount is 'The booked amount; negative for a cancellation.';
comment on column bellwether_store.booking.currency is 'ISO 4217 code of the amount''s currency; null for the company''s.';
