-- bellwether.deal_shape: what deals of a wording of stage, category, currency and outcome are, as of the day read.
-- Grain:  one row a shape of bellwether_store.deal_span.
-- Reads:  bellwether_store.deal_shape; bellwether.stage_outcome, reporting_company, source_currency, day_rate;
--         deal_kind(), deal_category()
-- Notes:  the same rules as in bellwether.deal_state, asked once a wording and not once a deal.
--         day_rate null = the company's own currency, or no market's rate of the day.

create view bellwether.deal_shape with (security_invoker = true) as
select
    judged.number,
    judged.source,
    judged.stage,
    judged.kind,
    bellwether.deal_category(judged.kind, judged.forecast_category, judged.stage_category) as category,
    judged.kind = 'open'
    and judged.forecast_category in ('commit', 'best_case', 'pipeline', 'omitted') is not true
    and judged.stage_category in ('commit', 'best_case', 'pipeline', 'omitted') is true as is_by_stage_default,
    judged.is_stage_unmapped,
    judged.is_outcome_conflict,
    judged.currency,
    judged.company_currency,
    judged.company_places,
    judged.currency is distinct from judged.company_currency as is_foreign,
    day_rate.rate as day_rate
from (
    select
        shape.number,
        shape.source,
        coalesce(stage.name, shape.stage_id) as stage,
        shape.forecast_category,
        bellwether.deal_kind(shape.is_closed, shape.is_won, stage.kind) as kind,
        stage.category as stage_category,
        stage.id is null as is_stage_unmapped,
        coalesce(shape.is_won <> (stage.kind = 'won'), false)
        or coalesce(shape.is_closed <> (stage.kind <> 'open'), false) as is_outcome_conflict,
        coalesce(upper(shape.currency), own.currency, company.currency) as currency,
        company.currency as company_currency,
        coalesce(company.minor_unit_places, 2) as company_places
    from bellwether_store.deal_shape as shape
    left join bellwether.stage_outcome as stage
        on stage.source = shape.source and stage.id = shape.stage_id
    left join bellwether.reporting_company as company on true
    left join bellwether.source_currency as own on own.source = shape.source
) as judged
left join bellwether.day_rate
    on day_rate.from_currency = judged.currency and day_rate.to_currency = judged.company_currency;

comment on view bellwether.deal_shape is
    'One row a wording of stage, category, currency and outcome that deals share: what it makes of them as of the day read.';
comment on column bellwether.deal_shape.number is 'The shape''s number in bellwether_store.deal_span.';
comment on column bellwether.deal_shape.source is 'The CRM instance or export scope, named in the mapping.';
comment on column bellwether.deal_shape.stage is 'The stage''s name, else its id.';
comment on column bellwether.deal_shape.kind is 'open, won, lost or no_decision.';
comment on column bellwether.deal_shape.category is 'closed, commit, best_case, pipeline, omitted or unmapped.';
comment on column bellwether.deal_shape.is_by_stage_default is 'Whether the category is the default of the stage, since the CRM gives none.';
comment on column bellwether.deal_shape.is_stage_unmapped is 'Whether the stage is not among the stages.';
comment on column bellwether.deal_shape.is_outcome_conflict is 'Whether the CRM''s own words on closed and won differ from the kind of the stage.';
comment on column bellwether.deal_shape.currency is 'The currency of the amounts; null when nothing says it.';
comment on column bellwether.deal_shape.company_currency is 'The company''s currency; null when nothing says it.';
comment on column bellwether.deal_shape.company_places is 'The decimal places of its smallest unit.';
comment on column bellwether.deal_shape.is_foreign is 'Whether amounts have to be converted.';
comment on column bellwether.deal_shape.day_rate is 'The market''s rate of the day into the company''s currency.';
