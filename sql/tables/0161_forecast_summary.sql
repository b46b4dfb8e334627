-- Forecast summaries: the cells of the newest day's forecast, so that today's is there at once.
-- Grain:  a forecast_summary row a period and day; a forecast_summary_cell row a summary, owner, team, category and timing.
-- Units:  amounts in the company's currency at plan rates.
-- Source: bellwether summarise, after a load and never within it.
-- Notes:  nothing here is known that the versions do not say: rows may be deleted at any time, and come back the same.
--         Which of them still hold is said by the view bellwether.forecast_summary.

create table bellwether_store.forecast_summary (
    number bigint primary key,
    start_date date not null,
    end_date date not null,
    next_start_date date not null,
    next_end_date date not null,
    day date not null,
    load integer not null,
    definition text not null,
    made_at timestamptz not null,
    check (start_date < end_date)
);

create table bellwether_store.forecast_summary_cell (
    summary bigint not null,
    source text collate "C" not null,
    owner_id text,
    is_owner_unknown boolean not null,
    owner_team_id text,
    category text not null,
    timing text not null,
    is_past_due boolean not null,
    owner_name text,
    deals bigint not null,
    deals_without_amount bigint not null,
    deals_without_rate bigint not null,
    deals_without_currency bigint not null,
    deals_negative bigint not null,
    deals_stage_unmapped bigint not null,
    deals_outcome_conflict bigint not null,
    deals_by_stage_default bigint not null,
    amount numeric not null,
    rate_effect numeric not null
);

create index forecast_summary_cell_by_summary on bellwether_store.forecast_summary_cell (summary);

comment on table bellwether_store.forecast_summary is 'One row a period and day: that the cells of its forecast were summed, and from what.';
comment on column bellwether_store.forecast_summary.number is 'The summary''s number, from 1.';
comment on column bellwether_store.forecast_summary.start_date is 'The period''s first day.';
comment on column bellwether_store.forecast_summary.end_date is 'The day after its last.';
comment on column bellwether_store.forecast_summary.next_start_date is 'The first day of the period after it.';
comment on column bellwether_store.forecast_summary.next_end_date is 'The day after that one''s last.';
comment on column bellwether_store.forecast_summary.day is 'The day of which the forecast speaks.';
comment on column bellwether_store.forecast_summary.load is 'The load at which the versions were read.';
comment on column bellwether_store.forecast_summary.definition is 'SHA-256 of the views through which they were read: what other views say is another number.';
comment on column bellwether_store.forecast_summary.made_at is 'When it was made.';
comment on table bellwether_store.forecast_summary_cell is 'One row a summary, owner, team, category and timing: counts and sums of deals.';
comment on column bellwether_store.forecast_summary_cell.summary is 'The number of the summary.';
comment on column bellwether_store.forecast_summary_cell.source is 'The source of the deals.';
comment on column bellwether_store.forecast_summary_cell.owner_id is 'The owner''s id; null for deals without one.';
comment on column bellwether_store.forecast_summary_cell.is_owner_unknown is 'Whether the owner is not among the people.';
comment on column bellwether_store.forecast_summary_cell.owner_team_id is 'The team that they count for; null without one.';
comment on column bellwether_store.forecast_summary_cell.category is 'closed, commit, best_case, pipeline, omitted or unmapped.';
comment on column bellwether_store.forecast_summary_cell.timing is 'in_period, next_period, undated, won_undated or earlier_past_due.';
comment on column bellwether_store.forecast_summary_cell.is_past_due is 'Whether they are open with a close date before the day.';
comment on column bellwether_store.forecast_summary_cell.owner_name is 'The owner''s name, else the id.';
comment on column bellwether_store.forecast_summary_cell.deals is 'How many deals.';
comment on column bellwether_store.forecast_summary_cell.deals_without_amount is 'How many without an amount.';
comment on column bellwether_store.forecast_summary_cell.deals_without_rate is 'How many left out of amount for want of a plan rate.';
comment on column bellwether_store.forecast_summary_cell.deals_without_currency is 'How many with an amount of which nothing says the currency.';
comment on column bellwether_store.forecast_summary_cell.deals_negative is 'How many with an amount below zero.';
comment on column bellwether_store.forecast_summary_cell.deals_stage_unmapped is 'How many in a stage that is not among the stages.';
comment on column bellwether_store.forecast_summary_cell.deals_outcome_conflict is 'How many of which the CRM''s words on the outcome differ from the stage''s.';
comment on column bellwether_store.forecast_summary_cell.deals_by_stage_default is 'How many in their category by the default of their stage.';
comment on column bellwether_store.forecast_summary_cell.amount is 'Their sum at plan rates.';
comment on column bellwether_store.forecast_summary_cell.rate_effect is 'What they are worth more at the day''s rates.';
