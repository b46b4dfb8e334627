-- account: the territory to which it belongs.
-- Units:  no numbers.

alter table bellwether_store.account
    add column territory_id text;

comment on column bellwether_store.account.territory_id is 'The id of the territory; null for one that nobody covers.';
