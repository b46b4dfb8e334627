-- bellwether.deal_part: who is credited with how much of the deals that people share.
-- Grain:  one row a deal with revenue splits that credit others than its owner, and person credited.
-- Reads:  bellwether.split_share, person_history
-- Units:  percent of the deal; amount_company in the company's currency at the plan rate, rounded to its smallest unit.
-- Nulls:  person_id null = what is left of a deal without an owner; amount_company null = the deal has no amount or rate.
-- Notes:  each part of others than the owner is rounded once, half away from zero; what they leave is the owner's, so
--         that the parts add up to the deal. Parts of others that exceed the deal are scaled down to it together. Several
--         splits of one person are one part.

create view bellwether.deal_part with (security_invoker = true) as
with share as (
    select
        split.source,
        split.opportunity_id,
        split.person_id,
        split.team_day,
        split.owner_id,
        split.owner_name,
        split.is_owner_unknown,
        split.owner_team_id,
        split.deal_amount_company,
        bellwether.minor_unit_places(split.company_currency) as places,
        sum(split.percent) as percent,
        sum(split.amount_company) as amount
    from bellwether.split_share as split
    where split.kind = 'revenue'
        and split.fault is null
        and split.percent > 0
        and split.person_id is distinct from split.owner_id
    group by
        split.source,
        split.opportunity_id,
        split.person_id,
        split.team_day,
        split.owner_id,
        split.owner_name,
        split.is_owner_unknown,
        split.owner_team_id,
        split.deal_amount_company,
        split.company_currency
),

whole as (
    select
        share.source,
        share.opportunity_id,
        share.person_id,
        share.team_day,
        share.owner_id,
        share.owner_name,
        share.is_owner_unknown,
        share.owner_team_id,
        share.deal_amount_company,
        share.places,
        share.percent,
        share.amount,
        sum(share.percent) over (partition by share.source, share.opportunity_id) as whole
    from share
),

others as (
    select
        share.source,
        share.opportunity_id,
        share.person_id,
        share.team_day,
        share.owner_id,
        share.owner_name,
        share.is_owner_unknown,
        share.owner_team_id,
        share.deal_amount_company,
        case when share.whole > 100 then 100 * share.percent / share.whole else share.percent end as percent,
        round(
            case when share.whole > 100 then 100 * share.amount / share.whole else share.amount end,
            share.places) as amount
    from whole as share
),

part as (
    select
        others.source,
        others.opportunity_id,
        others.person_id,
        coalesce(person.name, person.id) as person_name,
        person.id is null as is_person_unknown,
        person.team_id,
        false as is_owner,
        others.percent,
        others.amount
    from others
    left join bellwether.person_history as person
        on person.source = others.source
            and person.id = others.person_id
            and person.valid_from <= others.team_day
            and person.valid_to > others.team_day
    union all
    select
        others.source,
        others.opportunity_id,
        others.owner_id,
        others.owner_name,
        others.is_owner_unknown,
        others.owner_team_id,
        true,
        round(100 - sum(others.percent), 6),
        others.deal_amount_company - sum(others.amount)
    from others
    group by
        others.source,
        others.opportunity_id,
        others.owner_id,
        others.owner_name,
        others.is_owner_unknown,
        others.owner_team_id,
        others.deal_amount_company
    having round(100 - sum(others.percent), 6) > 0 or others.deal_amount_company <> sum(others.amount)
)

select
    part.source,
    part.opportunity_id,
    part.person_id,
    part.person_name,
    part.is_person_unknown,
    part.team_id,
    part.is_owner,
    row_number() over (
        partition by part.source, part.opportunity_id
        order by part.is_owner and part.percent > 0 desc, part.percent desc, part.person_id
    ) = 1 as is_main_part,
    round(part.percent, 6) as percent,
    part.amount as amount_company
from part;

comment on view bellwether.deal_part is
    'One row a deal that people share and person credited: the parts of a deal add up to it, to the smallest unit.';
comment on column bellwether.deal_part.opportunity_id is 'The id of the deal.';
comment on column bellwether.deal_part.person_id is 'The id of the person credited; null for what is left of a deal without an owner.';
comment on column bellwether.deal_part.person_name is 'The person''s name, else id; null when not among the people on the day that counts.';
comment on column bellwether.deal_part.is_person_unknown is 'Whether the person is not among the people on the day that counts.';
comment on column bellwether.deal_part.team_id is 'The person''s team: on the day read for open deals, on the close date for closed ones.';
comment on column bellwether.deal_part.is_owner is 'Whether it is what the others leave to the deal''s owner.';
comment on column bellwether.deal_part.is_main_part is 'True for one part of each deal: the owner''s, else the largest. Counts of deals count it alone.';
comment on column bellwether.deal_part.percent is 'The part in percent of the deal.';
comment on column bellwether.deal_part.amount_company is 'The part in the company''s currency at the plan rate; null without amount or rate.';
