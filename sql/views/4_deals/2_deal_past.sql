-- bellwether.deal_past: what a deal was over each span of days, as forecasts of those days had it.
-- Grain:  one row a source, id and span of days over which neither the deal nor the meaning of its stage changed, at the
--         load read; spans begin on the day read at the latest.
-- Reads:  bellwether.opportunity_history, stage_history
-- Nulls:  valid_to infinity = it holds on the day read; close_date null = undated; amount null = not entered.
-- Units:  amount in `currency`.
-- Notes:  on any day the row that holds has the kind and the category of bellwether.deal_state of that day. Where spans do not
--         touch, the deal was not there in between.

create view bellwether.deal_past with (security_invoker = true) as
with known as (
    select
        stage.source,
        stage.id,
        stage.valid_from,
        stage.valid_to,
        stage.kind,
        stage.category,
        coalesce(lag(stage.valid_to) over stage, '-infinity') as before_to,
        lead(stage.valid_from) over stage is null as is_last
    from bellwether.stage_history as stage
    window stage as (partition by stage.source, stage.id order by stage.valid_from)
),

-- What a stage stood for, from ever to ever without a hole: where it was not there it stands for nothing.
meaning as (
    select known.source, known.id, known.valid_from, known.valid_to, known.kind, known.category
    from known
    union all
    select known.source, known.id, known.before_to, known.valid_from, null, null
    from known
    where known.before_to < known.valid_from
    union all
    select known.source, known.id, known.valid_to, 'infinity', null, null
    from known
    where known.is_last and known.valid_to < 'infinity'
)

select
    history.source,
    history.id,
    greatest(history.valid_from, meaning.valid_from) as valid_from,
    case
        when least(history.valid_to, meaning.valid_to) > (select bellwether.as_of()) then 'infinity'
        else least(history.valid_to, meaning.valid_to)
    end as valid_to,
    history.valid_from as unchanged_since,
    history.name,
    history.stage_id,
    judged.kind,
    case
        when judged.kind = 'won' then 'closed'
        when judged.kind in ('lost', 'no_decision') then 'omitted'
        when history.forecast_category in ('commit', 'best_case', 'pipeline', 'omitted')
            then history.forecast_category
        when coalesce(meaning.kind, 'open') in ('open', 'won', 'lost', 'no_decision')
            and meaning.category in ('commit', 'best_case', 'pipeline', 'omitted')
            then meaning.category
        else 'unmapped'
    end as category,
    history.close_date,
    history.amount,
    history.currency,
    history.owner_id,
    history.account_id,
    history.product_id
from bellwether.opportunity_history as history
left join meaning
    on meaning.source = history.source
        and meaning.id = history.stage_id
        and meaning.valid_from < history.valid_to
        and meaning.valid_to > history.valid_from
cross join lateral (
    select bellwether.deal_kind(history.is_closed, history.is_won, meaning.kind) as kind
) as judged
where greatest(history.valid_from, meaning.valid_from) <= (select bellwether.as_of());

comment on view bellwether.deal_past is
    'One row a deal and span of days over which neither it nor the meaning of its stage changed, up to the day read: what it was then.';
comment on column bellwether.deal_past.valid_from is 'The first day of the span.';
comment on column bellwether.deal_past.valid_to is 'The first day after the span; infinity while it holds.';
comment on column bellwether.deal_past.unchanged_since is 'The day since which the CRM said the same of the deal; earlier than valid_from where only the stage''s meaning changed.';
comment on column bellwether.deal_past.kind is 'open, won, lost or no_decision.';
comment on column bellwether.deal_past.category is 'closed, commit, best_case (upside), pipeline, omitted, or unmapped when neither CRM nor stage gave a known one.';
