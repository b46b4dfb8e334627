-- bellwether.period_label(label): a period's label as every answer writes it: FY2026, FY2026Q4 or FY2026M07.
-- Notes:  reads what FiscalCalendar.period(labelled:) reads, so also fy26q4 and FY2026M7; null for anything else.

create function bellwether.period_label(label text) returns text
language sql immutable parallel safe
set search_path = pg_catalog
as $function$
    select
        'FY'
        || case when length(parts[1]) = 2 then '20' else '' end || parts[1]
        || coalesce('Q' || parts[2], '')
        || coalesce('M' || lpad(parts[3], 2, '0'), '')
    from regexp_match(
            upper(label), '^FY([0-9]{4}|[0-9]{2})(?:Q0?([1-4])|M(0?[1-9]|1[0-2]))?$') as found (parts)
    where parts[1] not in ('0000', '0001', '9999')
$function$;

comment on function bellwether.period_label(text) is
    'A period''s label as every answer writes it, FY2026Q4 for fy26q4; null for what is no label of a period.';
