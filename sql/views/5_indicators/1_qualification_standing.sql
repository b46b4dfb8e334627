-- bellwether.qualification_standing: what is known of the qualification triad of each open deal.
-- Grain:  one row a source and id of an open deal, as of the day read.
-- Reads:  bellwether.qualification, deal_state
-- Units:  amount_company in the company's currency at the plan rate.
-- Nulls:  a criterion is null while nobody has judged it; where it was judged twice, met once is met.
-- Notes:  criteria of the company's own are not part of the triad. A judgement of a day ahead does not count.

create view bellwether.qualification_standing with (security_invoker = true) as
with judged as (
    select
        qualification.source,
        qualification.opportunity_id,
        bool_or(qualification.is_met) filter (where lower(qualification.criterion) = 'functional') as is_functional,
        bool_or(qualification.is_met) filter (where lower(qualification.criterion) = 'financial') as is_financial,
        bool_or(qualification.is_met) filter (where lower(qualification.criterion) = 'political') as is_political
    from bellwether.qualification
    where coalesce(qualification.assessed_date <= (select bellwether.as_of()), true)
    group by qualification.source, qualification.opportunity_id
)

select
    deal.source,
    deal.id,
    deal.owner_id,
    deal.is_owner_unknown,
    deal.owner_team_id,
    deal.category,
    deal.amount_company,
    judged.is_functional,
    judged.is_financial,
    judged.is_political
from bellwether.deal_state as deal
left join judged on judged.source = deal.source and judged.opportunity_id = deal.id
where deal.kind = 'open';

comment on view bellwether.qualification_standing is
    'One row an open deal as of the day read: whether the functional, financial and political criteria are met.';
comment on column bellwether.qualification_standing.is_owner_unknown is 'Whether the deal names no owner, or one who is not among the people.';
comment on column bellwether.qualification_standing.owner_team_id is 'The owner''s team on the day read.';
comment on column bellwether.qualification_standing.category is 'closed, commit, best_case (upside), pipeline, omitted, or unmapped.';
comment on column bellwether.qualification_standing.amount_company is 'The amount in the company''s currency at the plan rate; null without amount or rate.';
comment on column bellwether.qualification_standing.is_functional is 'Whether what the customer needs can be done.';
comment on column bellwether.qualification_standing.is_financial is 'Whether the money is there.';
comment on column bellwether.qualification_standing.is_political is 'Whether those who decide want it.';
