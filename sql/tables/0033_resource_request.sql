-- resource_request: a request for pre-sales work on a deal.
-- Grain:  one row a version: what the CRM said of one record over a span of days.
-- Units:  cost in `currency`, hours in hours.
-- Kind:   state
-- Source: the CRM's export, through a mapping's section `resource_request`.

create table bellwether_store.resource_request (
    like bellwether_store.version_frame including defaults including constraints including comments,
    opportunity_id text,
    account_id text,
    requested_by_id text,
    resource text,
    requested_date date,
    needed_date date,
    hours numeric,
    cost numeric,
    currency text,
    status text,
    criteria_met boolean,
    criteria_missing text,
    is_exception boolean,
    exception_reason text,
    decided_date date,
    decided_by_id text,
    outcome text,
    outcome_date date,
    primary key (source, id, valid_from, loaded_in)
) with (fillfactor = 95);

comment on table bellwether_store.resource_request is 'Versions of a request for pre-sales work on a deal.';
comment on column bellwether_store.resource_request.opportunity_id is 'The id of the deal.';
comment on column bellwether_store.resource_request.account_id is 'The id of the account.';
comment on column bellwether_store.resource_request.requested_by_id is 'The id of the person who asked.';
comment on column bellwether_store.resource_request.resource is 'What was asked for: demonstration, proof of concept, expert …';
comment on column bellwether_store.resource_request.requested_date is 'The day of the request.';
comment on column bellwether_store.resource_request.needed_date is 'The day by which it is needed.';
comment on column bellwether_store.resource_request.hours is 'The hours of work.';
comment on column bellwether_store.resource_request.cost is 'What it costs.';
comment on column bellwether_store.resource_request.currency is 'ISO 4217 code of the amount''s currency; null for the company''s.';
comment on column bellwether_store.resource_request.status is 'Its status in the CRM''s words: open, granted, refused, done …';
comment on column bellwether_store.resource_request.criteria_met is 'Whether the deal met the criteria for it.';
comment on column bellwether_store.resource_request.criteria_missing is 'Which criteria it did not meet.';
comment on column bellwether_store.resource_request.is_exception is 'Whether it was granted all the same.';
comment on column bellwether_store.resource_request.exception_reason is 'Why the exception was made.';
comment on column bellwether_store.resource_request.decided_date is 'The day of the decision.';
comment on column bellwether_store.resource_request.decided_by_id is 'The id of the person who decided.';
comment on column bellwether_store.resource_request.outcome is 'What came of it, in the writer''s words.';
comment on column bellwether_store.resource_request.outcome_date is 'The day on which the outcome was noted.';
