-- bellwether.period_label(label): a period's label as every answer writes it: FY2026, FY2026Q4, FY2026M07, FY2026W44.
-- Notes:  reads what Model's PeriodLabel reads, so also fy26q4, FY2026M7 and FY2026P7; null for anything else. Whether a
--         calendar has such a period, a week 53 for one, is for the program to say.

create function bellwether.period_label(label text) returns text
language sql immutable parallel safe
set search_path = pg_catalog
as $function$
    select
        'FY'
        || case when length(parts[1]) = 2 then '20' else '' end || parts[1]
        || coalesce('Q' || parts[2], '')
        || coalesce('M' || lpad(parts[3], 2, '0'), '')
        || coalesce('W' || lpad(parts[4], 2, '0'), '')
    from regexp_match(
            upper(label),
            '^FY([0-9]{4}|[0-9]{2})(?:Q0?([1-4])|[MP](0?[1-9]|1[0-2])|W(0?[1-9]|[1-4][0-9]|5[0-3]))?$')
        as found (parts)
    where parts[1] not in ('0000', '0001', '9999')
$function$;

comment on function bellwether.period_label(text) is
    'A period''s label as every answer writes it, FY2026Q4 for fy26q4; null for what is no label of a period.';
