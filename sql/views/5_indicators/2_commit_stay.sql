-- bellwether.commit_stay: each deal and period for which it was ever in commit, and what became of it.
-- Grain:  one row a source, id and period for which the deal was in commit on any day up to the period's end.
-- Reads:  bellwether.commits_since()
-- Nulls:  left_on null = in commit for the period to this day; kind null = the deal has vanished; flagged_on, lowered_on null =
--         nobody did while it was in commit.
-- Notes:  periods are quarters, in a loaded calendar without quarters the longest that are not years. What became of it is as
--         of the day read, not as of the day on which the period was frozen.

create view bellwether.commit_stay with (security_invoker = true) as
select
    stay.source,
    stay.id,
    stay.name,
    stay.period,
    stay.start_date,
    stay.end_date,
    stay.first_day,
    stay.left_on,
    stay.owner_id,
    stay.kind,
    stay.close_date,
    stay.is_over,
    stay.is_landed,
    stay.flagged_on,
    stay.lowered_on
from bellwether.commits_since('-infinity') as stay;

comment on view bellwether.commit_stay is
    'One row a deal and period for which it was in commit on any day, up to the day read: whether it was won in the period, and who told before.';
comment on column bellwether.commit_stay.period is 'The period, such as FY2026Q4.';
comment on column bellwether.commit_stay.start_date is 'The first day of the period.';
comment on column bellwether.commit_stay.end_date is 'The last day of the period.';
comment on column bellwether.commit_stay.first_day is 'The first day on which it was in commit for the period.';
comment on column bellwether.commit_stay.left_on is 'The first day on which it was no longer; null while it is.';
comment on column bellwether.commit_stay.owner_id is 'Its owner when it was in commit last.';
comment on column bellwether.commit_stay.kind is 'open, won, lost or no_decision as of the day read; null for a deal that vanished.';
comment on column bellwether.commit_stay.close_date is 'The close date as of the day read.';
comment on column bellwether.commit_stay.is_over is 'Whether the period is over on the day read.';
comment on column bellwether.commit_stay.is_landed is 'Whether it was won in the period.';
comment on column bellwether.commit_stay.flagged_on is 'The day on which somebody first flagged a risk while it was in commit.';
comment on column bellwether.commit_stay.lowered_on is 'The day on which somebody first called it lower, or for a later day, while it was in commit.';
