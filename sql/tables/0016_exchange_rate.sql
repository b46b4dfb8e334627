-- exchange_rate: a rate of exchange.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  rate: units of to_currency for one unit of from_currency.
-- Kind:   reference
-- Source: the CRM's export, through a mapping's section `exchange_rate`.

create table bellwether_store.exchange_rate (
    like bellwether_store.version_frame including defaults including constraints including comments,
    kind text,
    from_currency text,
    to_currency text,
    start_date date,
    end_date date,
    rate numeric,
    primary key (source, id, valid_from, loaded_in)
);

create unique index exchange_rate_one_current on bellwether_store.exchange_rate (source, id)
    where valid_to = 'infinity' and superseded_in is null;

comment on table bellwether_store.exchange_rate is 'Versions of a rate of exchange.';
comment on column bellwether_store.exchange_rate.kind is 'plan: the rate of the fiscal year at which sums convert. daily: the market''s rate of one day.';
comment on column bellwether_store.exchange_rate.from_currency is 'ISO 4217 code of the currency that is converted.';
comment on column bellwether_store.exchange_rate.to_currency is 'ISO 4217 code of the currency that it becomes.';
comment on column bellwether_store.exchange_rate.start_date is 'The first day on which the rate holds; null for always.';
comment on column bellwether_store.exchange_rate.end_date is 'The last day on which the rate holds; null for no end.';
comment on column bellwether_store.exchange_rate.rate is 'Units of to_currency for one unit of from_currency.';
