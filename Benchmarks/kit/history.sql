-- Two years of a company's deals as nightly loads would have left them, in one go: 730 nights would take an hour.
-- Expects: psql variables deals, people, nights; load 1 with the organisation, of the day before the first night.
-- Grain:   a deal changes on some ten nights of its life; the last change decides it, won or lost, unless the nights end
--          before. Versions lie in the order of the nights, as loads write them.

\set first '''2024-12-09'''

insert into bellwether_store.load (
    action, number, day, mapping_name, mapping_hash, mapping_text, command, loaded_by, program_version, started_at,
    published_at
)
select
    'load', night + 1, date :first + night, 'generic', '00000000-0000-0000-0000-000000000000', '', 'generated', 'bench',
    '0', timestamptz :first + night * interval '1 day', timestamptz :first + night * interval '1 day 1 minute'
from generate_series(1, :nights) as night;

insert into bellwether_store.snapshot (
    load, content_load, source, entity, day, kind, content_hash, files, rows_read, rows_new, rows_changed, rows_unchanged,
    rows_gone, rows_rejected, rows_duplicate, expected
)
select
    night + 1, night + 1, 'generic', 'opportunity', date :first + night, 'full', md5(night::text)::uuid, '[]', 0, 0, 0, 0, 0,
    0, 0, 'daily'
from generate_series(1, :nights) as night;

create unlogged table public.change as
with deal as (
    select
        number,
        -- Numbers that look drawn and are the same for each run.
        ('x' || substr(md5(number::text), 1, 7))::bit(28)::integer as a,
        ('x' || substr(md5(number::text), 9, 7))::bit(28)::integer as b,
        ('x' || substr(md5(number::text), 17, 7))::bit(28)::integer as c
    from generate_series(1, :deals) as number
),

life as (
    select
        number,
        a,
        b,
        c,
        greatest(1, a % (:nights + 60) - 60) as created,
        45 + b % 300 as length
    from deal
)

select
    number,
    a,
    b,
    c,
    step,
    created + step * length / 10 as night,
    created,
    created + length as planned,
    step = 10 as is_closed,
    step = 10 and c % 100 < 35 as is_won
from life
cross join generate_series(0, 10) as step
where created + step * length / 10 <= :nights;

create unlogged table public.version as
select
    change.*,
    lead(night) over (partition by number order by step) as next_night
from public.change;

insert into bellwether_store.opportunity (
    source, id, valid_from, valid_to, loaded_in, closed_in, row_hash, name, account_id, owner_id, product_id, stage_id,
    forecast_category, amount, currency, close_date, created_date, type, lead_source, next_step, is_closed, is_won,
    probability
)
select
    'generic',
    '006Qz' || lpad(number::text, 10, '0'),
    date :first + night,
    coalesce(date :first + next_night, 'infinity'),
    night + 1,
    next_night + 1,
    md5(number || '/' || step)::uuid,
    'Ambrelle ' || (array['Metals', 'Energy', 'Brewing', 'Coatings', 'Logistics'])[1 + a % 5] || ' AG: Renewal of ' || b % 9999,
    '001Qz' || lpad((a % 200000)::text, 10, '0'),
    'p' || (a / 7 + case when step > 6 and c % 30 = 0 then 1 else 0 end) % :people + 1,
    '01t' || b % 60,
    case
        when is_won then 'won'
        when is_closed then 'lost'
        else (array['qualify', 'discover', 'propose', 'negotiate', 'contract'])[1 + step / 2]
    end,
    case when not is_closed and (c + step) % 4 = 0 then (array['commit', 'best_case', 'pipeline', 'omitted'])[1 + b % 4] end,
    1000 + (b % 900000) * case when step > 4 and a % 5 = 0 then 0.85 else 1 end,
    case when c % 10 < 7 then 'USD' else 'EUR' end,
    case when is_closed then date :first + night else date :first + planned + (c + step * 7) % 60 - 40 end,
    date :first + created,
    (array['New Business', 'Expansion', 'Renewal'])[1 + b % 3],
    (array['Web', 'Partner Referral', 'Trade Show', 'Outbound'])[1 + c % 4],
    'Call procurement on terms, then settle the discount (' || night || ')',
    is_closed,
    is_won,
    least(100, step * 10)
from public.version
order by night, number;

drop table public.change, public.version;
