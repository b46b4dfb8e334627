-- bellwether.commit_record: how long before they were decided deals were known, and in commit.
-- Grain:  one row a source and id of a deal that is won, lost or without decision.
-- Reads:  bellwether.deals_ended_since()
-- Units:  amount_company in the company's currency at plan rates; days in calendar days before the close date.
-- Nulls:  first_commit null = never in commit; known_days, commit_days null = no close date, or never in commit; amount_company null = no amount or no rate.
-- Notes:  days are at least so many where is_first_known_unknown: the deal was there before anything is known.

create view bellwether.commit_record with (security_invoker = true) as
select
    ended.source,
    ended.id,
    ended.name,
    ended.owner_id,
    ended.owner_name,
    ended.is_owner_unknown,
    ended.owner_team_id,
    ended.kind,
    ended.close_date,
    ended.amount_company,
    ended.first_known,
    ended.is_first_known_unknown,
    ended.known_days,
    ended.first_commit,
    ended.commit_days
from bellwether.deals_ended_since('-infinity') as ended;

comment on view bellwether.commit_record is
    'One row a decided deal as of the day read: how long before its close date it was known, and in commit.';
comment on column bellwether.commit_record.owner_name is 'The owner''s name, else id; null when the owner is not among the people.';
comment on column bellwether.commit_record.is_owner_unknown is 'Whether the deal names no owner, or one who is not among the people.';
comment on column bellwether.commit_record.owner_team_id is 'The owner''s team on the close date.';
comment on column bellwether.commit_record.kind is 'won, lost or no_decision.';
comment on column bellwether.commit_record.amount_company is 'The amount in the company''s currency at the plan rate, rounded once; null without amount or rate.';
comment on column bellwether.commit_record.first_known is 'The first day on which the deal was known.';
comment on column bellwether.commit_record.is_first_known_unknown is 'Whether that is the first day of which anything is known.';
comment on column bellwether.commit_record.known_days is 'Days from there to the close date.';
comment on column bellwether.commit_record.first_commit is 'The first day on which it was in commit; null for never.';
comment on column bellwether.commit_record.commit_days is 'Days from there to the close date; null for never.';
