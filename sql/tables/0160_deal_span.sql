-- Deal spans: what sums of deals need of the opportunities' versions, and no more, where it is found by the close date.
-- Grain:  a deal_span row a version that counts at the load of deal_span_state; a deal_shape row a wording that deals
--         share, a deal_owner row an owner; deal_span_state at most one row.
-- Units:  amount in the currency of the shape.
-- Source: bellwether summarise, after a load and never within it, from bellwether_store.opportunity.
-- Notes:  nothing here is known that the versions do not say: all may be deleted at any time, and comes back the same.
--         Versions are 350 bytes each and lie in the order of the nights; an index on them would be paid for by each load.
--         Owner and shape are numbers, since a forecast groups 200,000 deals by them: by their words it takes twice as long.

create table bellwether_store.deal_shape (
    number integer primary key,
    key text collate "C" not null unique,
    source text collate "C" not null,
    stage_id text,
    forecast_category text,
    currency text,
    is_closed boolean,
    is_won boolean
);

create table bellwether_store.deal_owner (
    number integer primary key,
    source text collate "C" not null,
    owner_id text collate "C" not null,
    unique (source, owner_id)
);

create table bellwether_store.deal_span (
    close_date date,
    valid_from date not null,
    valid_to date not null,
    owner integer,
    shape integer not null,
    is_closed boolean,
    amount numeric,
    id text collate "C" not null
);

create table bellwether_store.deal_span_state (
    load integer primary key
);

create index deal_span_by_close_date on bellwether_store.deal_span (close_date, valid_to, valid_from);
create index deal_span_by_owner on bellwether_store.deal_span (owner, close_date, valid_to, valid_from);
create index deal_span_by_id on bellwether_store.deal_span (id, valid_from);
-- Undated deals, and open ones that outlasted their close date: few, and sought among all of them.
create index deal_span_overdue on bellwether_store.deal_span (valid_to, close_date)
    where close_date is null or (is_closed is not true and valid_to > close_date);

comment on table bellwether_store.deal_shape is 'One row a wording of stage, category, currency and outcome that deals of a source share.';
comment on column bellwether_store.deal_shape.number is 'The shape''s number, from 1.';
comment on column bellwether_store.deal_shape.key is 'Its words as one text, which tells null from empty.';
comment on column bellwether_store.deal_shape.source is 'The source of the deals.';
comment on column bellwether_store.deal_shape.stage_id is 'The stage''s id.';
comment on column bellwether_store.deal_shape.forecast_category is 'The category that the CRM gives.';
comment on column bellwether_store.deal_shape.currency is 'The currency as the CRM gives it; null for the company''s.';
comment on column bellwether_store.deal_shape.is_closed is 'Whether the CRM calls it closed; null leaves it to the stage.';
comment on column bellwether_store.deal_shape.is_won is 'Whether the CRM calls it won; null leaves it to the stage.';
comment on table bellwether_store.deal_owner is 'One row an owner that deals of a source name.';
comment on column bellwether_store.deal_owner.number is 'The owner''s number, from 1.';
comment on column bellwether_store.deal_owner.source is 'The source of the deals.';
comment on column bellwether_store.deal_owner.owner_id is 'The owner''s id as the deals have it.';
comment on table bellwether_store.deal_span is 'One row a version of a deal that counts at the load of deal_span_state, with what sums need of it.';
comment on column bellwether_store.deal_span.close_date is 'The day on which it closed or is expected to close.';
comment on column bellwether_store.deal_span.valid_from is 'The first day on which the CRM said so.';
comment on column bellwether_store.deal_span.valid_to is 'The first day on which it no longer did; infinity while it does.';
comment on column bellwether_store.deal_span.owner is 'The owner''s number; null without one.';
comment on column bellwether_store.deal_span.shape is 'The shape''s number.';
comment on column bellwether_store.deal_span.is_closed is 'Whether the CRM calls it closed, as the shape has it.';
comment on column bellwether_store.deal_span.amount is 'The amount; null when not entered.';
comment on column bellwether_store.deal_span.id is 'The deal''s id in the source of its shape.';
comment on table bellwether_store.deal_span_state is 'The load whose knowledge the spans are; no row while there are none.';
comment on column bellwether_store.deal_span_state.load is 'The load''s number.';
