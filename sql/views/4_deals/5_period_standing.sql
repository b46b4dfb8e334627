-- bellwether.period_standing: how past periods stood on a day, and what became of it.
-- Grain:  one row a summary that holds, owner and team.
-- Reads:  bellwether.period_summary, bellwether_store.period_standing
-- Units:  amounts in the company's currency at plan rates; …_deals counts of deals.
-- Nulls:  owner_id null = no owner; owner_team_id null = the owner has no team.
-- Notes:  of which days there are summaries is decided by bellwether summarise; nothing here is not in the versions.

create view bellwether.period_standing with (security_invoker = true) as
select
    summary.period,
    summary.start_date,
    summary.end_date,
    summary.day,
    summary.landed_day,
    standing.summary,
    standing.source,
    standing.owner_id,
    standing.is_owner_known,
    standing.owner_team_id,
    standing.closed,
    standing.closed_deals,
    standing.commit,
    standing.commit_deals,
    standing.best_case,
    standing.best_case_deals,
    standing.pipeline,
    standing.pipeline_deals,
    standing.landed_closed,
    standing.landed_closed_deals,
    standing.landed_commit,
    standing.landed_commit_deals,
    standing.landed_best_case,
    standing.landed_best_case_deals,
    standing.landed_pipeline,
    standing.landed_pipeline_deals,
    standing.landed_moved,
    standing.landed_moved_deals,
    standing.landed_created,
    standing.landed_created_deals,
    standing.landed,
    standing.landed_deals
from bellwether.period_summary as summary
inner join bellwether_store.period_standing as standing on standing.summary = summary.number;

comment on view bellwether.period_standing is
    'One row a summarised period and day, owner and team: what was closed and open, and what was won of it in the end.';
comment on column bellwether.period_standing.period is 'The period''s label.';
comment on column bellwether.period_standing.start_date is 'The first day of the period.';
comment on column bellwether.period_standing.end_date is 'The last day of the period.';
comment on column bellwether.period_standing.day is 'The day on which the period stood so.';
comment on column bellwether.period_standing.landed_day is 'The day whose end says what the period landed at.';
