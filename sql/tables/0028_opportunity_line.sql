-- opportunity_line: a line of a deal: one product at a quantity and price.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  amounts in `currency`; discount_percent 0 to 100.
-- Kind:   state
-- Source: the CRM's export, through a mapping's section `opportunity_line`.

create table bellwether_store.opportunity_line (
    like bellwether_store.version_frame including defaults including constraints including comments,
    opportunity_id text,
    product_id text,
    name text,
    business_line text,
    quantity numeric,
    list_price numeric,
    unit_price numeric,
    discount_percent numeric,
    amount numeric,
    annual_amount numeric,
    currency text,
    start_date date,
    end_date date,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.opportunity_line is 'Versions of a line of a deal: one product at a quantity and price.';
comment on column bellwether_store.opportunity_line.opportunity_id is 'The id of the deal.';
comment on column bellwether_store.opportunity_line.product_id is 'The id of the product.';
comment on column bellwether_store.opportunity_line.name is 'The line''s name.';
comment on column bellwether_store.opportunity_line.business_line is 'The part of the business: new, expansion, renewal …; null for the deal''s.';
comment on column bellwether_store.opportunity_line.quantity is 'How many.';
comment on column bellwether_store.opportunity_line.list_price is 'The list price of one unit.';
comment on column bellwether_store.opportunity_line.unit_price is 'The price of one unit.';
comment on column bellwether_store.opportunity_line.discount_percent is 'The discount in percent of the list price.';
comment on column bellwether_store.opportunity_line.amount is 'The line''s amount over its whole term.';
comment on column bellwether_store.opportunity_line.annual_amount is 'The recurring part of one year; null when nothing recurs.';
comment on column bellwether_store.opportunity_line.currency is 'ISO 4217 code of the amount''s currency; null for the company''s.';
comment on column bellwether_store.opportunity_line.start_date is 'The first day of the service.';
comment on column bellwether_store.opportunity_line.end_date is 'The last day of the service.';
