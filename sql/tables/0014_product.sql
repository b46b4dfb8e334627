-- product: a product or service that can be sold.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  list_price in the company's currency.
-- Kind:   reference
-- Source: the CRM's export, through a mapping's section `product`.

create table bellwether_store.product (
    like bellwether_store.version_frame including defaults including constraints including comments,
    name text,
    family text,
    list_price numeric,
    primary key (source, id, valid_from, loaded_in)
);

create unique index product_one_current on bellwether_store.product (source, id)
    where valid_to = 'infinity' and superseded_in is null;

comment on table bellwether_store.product is 'Versions of a product or service that can be sold.';
comment on column bellwether_store.product.name is 'The product''s name.';
comment on column bellwether_store.product.family is 'The family of products.';
comment on column bellwether_store.product.list_price is 'The list price of one unit.';
