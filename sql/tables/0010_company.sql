-- company: the company whose numbers these are, one row a source.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  Settings that decide how numbers are read; money is in `currency`, months count from 1..
-- Kind:   reference
-- Source: the CRM's export, through a mapping's section `company`.

create table bellwether_store.company (
    like bellwether_store.version_frame including defaults including constraints including comments,
    name text,
    currency text,
    time_zone text,
    fiscal_year_start_month integer,
    fiscal_year_name text,
    primary key (source, id, valid_from, loaded_in)
);

create unique index company_one_current on bellwether_store.company (source, id)
    where valid_to = 'infinity' and superseded_in is null;

comment on table bellwether_store.company is 'Versions of the company whose numbers these are, one row a source.';
comment on column bellwether_store.company.name is 'The company''s name.';
comment on column bellwether_store.company.currency is 'ISO 4217 code of the company''s currency; sums convert to it at plan rates.';
comment on column bellwether_store.company.time_zone is 'IANA name of the time zone whose calendar days count, such as Europe/Berlin.';
comment on column bellwether_store.company.fiscal_year_start_month is 'The month in which the fiscal year starts, 1 to 12.';
comment on column bellwether_store.company.fiscal_year_name is 'Which calendar year names the fiscal year: end or start.';
