-- account: a customer or prospect.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  annual_revenue in the CRM's own unit and currency.
-- Kind:   state
-- Source: the CRM's export, through a mapping's section `account`.

create table bellwether_store.account (
    like bellwether_store.version_frame including defaults including constraints including comments,
    name text,
    owner_id text,
    parent_id text,
    type text,
    industry text,
    segment text,
    region text,
    country text,
    annual_revenue numeric,
    employees integer,
    source_channel text,
    created_date date,
    primary key (source, id, valid_from, loaded_in)
);

create unique index account_one_current on bellwether_store.account (source, id)
    where valid_to = 'infinity' and superseded_in is null;

comment on table bellwether_store.account is 'Versions of a customer or prospect.';
comment on column bellwether_store.account.name is 'The account''s name.';
comment on column bellwether_store.account.owner_id is 'The id of the person who owns it.';
comment on column bellwether_store.account.parent_id is 'The id of the account above it.';
comment on column bellwether_store.account.type is 'The kind of account in the CRM''s words: customer, partner …';
comment on column bellwether_store.account.industry is 'The industry in the CRM''s words.';
comment on column bellwether_store.account.segment is 'The segment in the CRM''s words.';
comment on column bellwether_store.account.region is 'The region in the CRM''s words.';
comment on column bellwether_store.account.country is 'The country in the CRM''s words.';
comment on column bellwether_store.account.annual_revenue is 'The account''s revenue a year as the CRM gives it.';
comment on column bellwether_store.account.employees is 'The number of employees.';
comment on column bellwether_store.account.source_channel is 'How the account was found, in the CRM''s words.';
comment on column bellwether_store.account.created_date is 'The day on which it was created in the CRM.';
