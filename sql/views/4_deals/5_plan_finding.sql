-- bellwether.plan_finding: of plans, periods and the company's settings, what is loaded but needs a look.
-- Grain:  one row a record and code.
-- Reads:  bellwether.plan_amount, fiscal_period, team, person, company, reporting_company
-- Notes:  a pure function of what is loaded, so that the order of loads cannot matter. `value` is the word, reference or
--         number at fault. Labels are read once for each text, not once for each line.

create view bellwether.plan_finding with (security_invoker = true) as
select
    company.source,
    'company' as entity,
    company.id,
    fault.code,
    fault.value
from bellwether.company
cross join lateral (
    values
    ('currency_missing', null, company.currency is null),
    (
        'fiscal_year_start_unknown', company.fiscal_year_start_month::text,
        company.fiscal_year_start_month not between 1 and 12
    ),
    ('fiscal_year_name_unknown', company.fiscal_year_name, company.fiscal_year_name not in ('end', 'start')),
    (
        'time_zone_unknown', company.time_zone,
        not exists (select from pg_timezone_names where pg_timezone_names.name = company.time_zone)
        and company.time_zone is not null
    ),
    (
        'calendar_unknown', company.calendar,
        replace(lower(company.calendar), '-', '') not in ('', 'months', '445', '454', '544', 'loaded')
    ),
    (
        'week_anchor_unknown', coalesce(company.week_anchor, ''),
        replace(lower(company.calendar), '-', '') in ('445', '454', '544')
        and coalesce(lower(company.week_anchor), '')
        !~ '^\s*(monday|tuesday|wednesday|thursday|friday|saturday|sunday)\s+(last|nearest)\s*$'
    ),
    ('extra_week_unknown', company.extra_week, lower(trim(company.extra_week)) not in ('', 'last', 'first')),
    ('freeze_business_day_unknown', company.freeze_business_day::text, company.freeze_business_day < 1),
    (
        'call_weekday_unknown', company.call_weekday,
        lower(company.call_weekday) not in (
            'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'mon', 'tue', 'wed',
            'thu', 'fri', 'sat', 'sun')
    )
) as fault (code, value, is_at_fault)
where fault.is_at_fault
union all
select company.source, 'company', company.id, 'settings_differ', company.currency
from bellwether.company
inner join bellwether.reporting_company as reporting
    on (
        upper(company.currency), coalesce(company.time_zone, 'UTC'), coalesce(company.fiscal_year_start_month, 1),
        coalesce(company.calendar, 'months')
    ) is distinct from (
        reporting.currency, reporting.time_zone, reporting.fiscal_year_start_month, reporting.calendar
    )
union all
-- A period without label, kind or days is in no calendar.
select fiscal_period.source, 'fiscal_period', fiscal_period.id, 'period_unreadable', coalesce(fiscal_period.period, '')
from bellwether.fiscal_period
where fiscal_period.period is null
    or coalesce(lower(fiscal_period.kind), '') not in ('year', 'quarter', 'month', 'week')
    or fiscal_period.start_date is null
    or fiscal_period.end_date is null
    or fiscal_period.end_date < fiscal_period.start_date
union all
-- Two periods of one kind that share a day; the same period twice is one.
select fiscal_period.source, 'fiscal_period', fiscal_period.id, 'period_overlap', fiscal_period.period
from bellwether.fiscal_period
where exists (
    select
    from bellwether.fiscal_period as other
    where other.source = fiscal_period.source
        and other.id <> fiscal_period.id
        and lower(other.kind) = lower(fiscal_period.kind)
        and other.start_date <= fiscal_period.end_date
        and other.end_date >= fiscal_period.start_date
        and (other.period, other.start_date, other.end_date)
        is distinct from (fiscal_period.period, fiscal_period.start_date, fiscal_period.end_date)
)
union all
select plan_amount.source, 'plan_line', plan_amount.id, 'plan_node_unknown', plan_amount.node_id
from bellwether.plan_amount
where (
    plan_amount.node_kind = 'team'
    and not exists (
        select
        from bellwether.team
        where team.source = plan_amount.source and team.id = plan_amount.node_id
    )
) or (
    plan_amount.node_kind = 'person'
    and not exists (
        select
        from bellwether.person
        where person.source = plan_amount.source and person.id = plan_amount.node_id
    )
)
union all
select planned.source, 'plan_line', planned.id, fault.code, fault.value
from (
    -- What counts, apart, so that a line which counts nowhere is no second one.
    select
        plan_amount.source,
        plan_amount.id,
        plan_amount.kind,
        plan_amount.node_kind,
        plan_amount.node_id,
        plan_amount.period,
        plan_amount.currency,
        plan_amount.amount,
        plan_amount.confidence,
        plan_amount.is_kind_unknown,
        plan_amount.is_node_kind_unknown,
        plan_amount.is_rate_missing,
        plan_amount.is_negative_quota,
        counts.is_period_readable,
        counts.is_counted
        and row_number() over (
            partition by
                counts.is_counted,
                plan_amount.source,
                plan_amount.kind,
                plan_amount.node_kind,
                case when plan_amount.node_kind = 'company' then '' else plan_amount.node_id end,
                coalesce(spoken.label, concat_ws(' ', plan_amount.start_date, plan_amount.end_date)),
                plan_amount.business_line,
                plan_amount.measure
            order by plan_amount.id
        ) > 1 as is_twice
    from bellwether.plan_amount
    left join (
        select
            texts.source,
            texts.period,
            coalesce(
                bellwether.period_label(texts.period),
                (
                    select min(coalesce(bellwether.period_label(loaded.period), upper(loaded.period)))
                    from bellwether.fiscal_period as loaded
                    where (loaded.source = texts.source and loaded.id = texts.period)
                        or upper(loaded.period) = upper(texts.period)
                )) as label
        from (
            select distinct plan_line.source, plan_line.period
            from bellwether.plan_line
        ) as texts
    ) as spoken
        on spoken.source = plan_amount.source and spoken.period = plan_amount.period
    cross join lateral (
        select
            spoken.label is not null
            or (plan_amount.start_date is not null and plan_amount.end_date is not null) as is_period_readable,
            (
                spoken.label is not null
                or (plan_amount.start_date is not null and plan_amount.end_date is not null)
            )
            and not plan_amount.is_kind_unknown
            and not plan_amount.is_node_kind_unknown
            and not plan_amount.is_negative_quota
            and plan_amount.amount_company is not null as is_counted
    ) as counts
) as planned
cross join lateral (
    values
    ('plan_kind_unknown', coalesce(planned.kind, ''), planned.is_kind_unknown),
    ('plan_node_kind_unknown', coalesce(planned.node_kind, ''), planned.is_node_kind_unknown),
    ('plan_period_unreadable', coalesce(planned.period, ''), not planned.is_period_readable),
    ('plan_amount_missing', null, planned.amount is null),
    ('plan_rate_missing', planned.currency, planned.is_rate_missing),
    ('plan_quota_negative', planned.amount::text, planned.is_negative_quota),
    ('plan_confidence_unknown', planned.confidence::text, planned.confidence not between 0 and 1),
    ('plan_line_twice', coalesce(planned.period, ''), planned.is_twice)
) as fault (code, value, is_at_fault)
where fault.is_at_fault;

comment on view bellwether.plan_finding is
    'One row a record and code, of plans, periods and the company''s settings: needs a look.';
comment on column bellwether.plan_finding.entity is 'The entity of the record.';
comment on column bellwether.plan_finding.code is 'What is to be looked at: plan_line_twice, period_overlap, calendar_unknown …';
comment on column bellwether.plan_finding.value is 'The word, reference or number at fault.';
