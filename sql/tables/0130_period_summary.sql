-- Summaries of how past periods stood: what questions would else compute from the versions each time.
-- Grain:  a period_summary row a period, day, landing day and load; a period_standing row a summary, owner and team.
-- Units:  amounts in the company's currency at plan rates.
-- Source: bellwether summarise, after a load and never within it.
-- Notes:  nothing here is known that the versions do not say: rows may be deleted at any time, and come back the same.
--         Which of them still hold is said by the view bellwether.period_summary.

create table bellwether_store.period_summary (
    number bigint primary key,
    period text not null,
    start_date date not null,
    end_date date not null,
    day date not null,
    landed_day date not null,
    load integer not null,
    definition text not null,
    made_at timestamptz not null,
    check (start_date <= end_date),
    check (day <= landed_day)
);

create table bellwether_store.period_standing (
    summary bigint not null,
    source text collate "C" not null,
    owner_id text,
    is_owner_known boolean not null,
    owner_team_id text,
    closed numeric not null,
    closed_deals bigint not null,
    commit numeric not null,
    commit_deals bigint not null,
    best_case numeric not null,
    best_case_deals bigint not null,
    pipeline numeric not null,
    pipeline_deals bigint not null,
    landed_closed numeric not null,
    landed_closed_deals bigint not null,
    landed_commit numeric not null,
    landed_commit_deals bigint not null,
    landed_best_case numeric not null,
    landed_best_case_deals bigint not null,
    landed_pipeline numeric not null,
    landed_pipeline_deals bigint not null,
    landed_moved numeric not null,
    landed_moved_deals bigint not null,
    landed_created numeric not null,
    landed_created_deals bigint not null,
    landed numeric not null,
    landed_deals bigint not null
);

create index period_standing_by_summary on bellwether_store.period_standing (summary);

comment on table bellwether_store.period_summary is 'One row a period, day, landing day and load: that the summary was made, and from what.';
comment on column bellwether_store.period_summary.number is 'The summary''s number, from 1.';
comment on column bellwether_store.period_summary.period is 'The period''s label.';
comment on column bellwether_store.period_summary.start_date is 'The first day of the period.';
comment on column bellwether_store.period_summary.end_date is 'The last day of the period.';
comment on column bellwether_store.period_summary.day is 'The day on which the period stood so.';
comment on column bellwether_store.period_summary.landed_day is 'The day whose end says what the period landed at: that on which it is frozen, else its last.';
comment on column bellwether_store.period_summary.load is 'The load at which the versions were read.';
comment on column bellwether_store.period_summary.definition is 'SHA-256 of the views through which they were read: what other views say is another number.';
comment on column bellwether_store.period_summary.made_at is 'When it was made.';
comment on table bellwether_store.period_standing is 'One row a summary, owner and team: how the period stood with them, and what became of it.';
comment on column bellwether_store.period_standing.summary is 'The number of the summary.';
comment on column bellwether_store.period_standing.source is 'The source of owner and team; empty where a deal has neither.';
comment on column bellwether_store.period_standing.owner_id is 'The owner''s id; null for deals without one.';
comment on column bellwether_store.period_standing.is_owner_known is 'Whether the owner is among the people.';
comment on column bellwether_store.period_standing.owner_team_id is 'The owner''s team: on the day for open deals, on the close date for closed ones; null without one.';
comment on column bellwether_store.period_standing.closed is 'Won in the period, as of the day.';
comment on column bellwether_store.period_standing.closed_deals is 'The number of those deals: the same for every column ending in _deals.';
comment on column bellwether_store.period_standing.commit is 'In commit for the period, as of the day.';
comment on column bellwether_store.period_standing.commit_deals is 'The number of deals in commit.';
comment on column bellwether_store.period_standing.best_case is 'Best case of the period, as of the day.';
comment on column bellwether_store.period_standing.best_case_deals is 'The number of deals in best case.';
comment on column bellwether_store.period_standing.pipeline is 'Pipeline of the period, as of the day.';
comment on column bellwether_store.period_standing.pipeline_deals is 'The number of deals in pipeline.';
comment on column bellwether_store.period_standing.landed_closed is 'What deals that were closed on the day counted for in the end.';
comment on column bellwether_store.period_standing.landed_closed_deals is 'How many of the closed deals still counted.';
comment on column bellwether_store.period_standing.landed_commit is 'What deals in commit on the day were won for in the period.';
comment on column bellwether_store.period_standing.landed_commit_deals is 'How many of the deals in commit were won.';
comment on column bellwether_store.period_standing.landed_best_case is 'What deals in best case on the day were won for in the period.';
comment on column bellwether_store.period_standing.landed_best_case_deals is 'How many of the deals in best case were won.';
comment on column bellwether_store.period_standing.landed_pipeline is 'What deals in pipeline on the day were won for in the period.';
comment on column bellwether_store.period_standing.landed_pipeline_deals is 'How many of the deals in pipeline were won.';
comment on column bellwether_store.period_standing.landed_moved is 'What deals were won for that were known on the day and in none of these categories of the period; by who had them in the end.';
comment on column bellwether_store.period_standing.landed_moved_deals is 'How many deals came so.';
comment on column bellwether_store.period_standing.landed_created is 'What deals were won for that were first known after the day; by who had them in the end.';
comment on column bellwether_store.period_standing.landed_created_deals is 'How many deals were created later and won.';
comment on column bellwether_store.period_standing.landed is 'All that was won in the period, by who had it in the end; over all rows the sum of the columns landed_….';
comment on column bellwether_store.period_standing.landed_deals is 'How many deals were won in the period.';
