-- bellwether.company_time_zone(): the time zone whose calendar days count.
-- Reads:  bellwether.reporting_company
-- Notes:  UTC where the company states none, or one that there is not: bellwether.finding lists it. Whether a zone
--         is one is tried and not looked up, since the list of zones is read from the disk; parallel queries allow
--         no such trial.

create function bellwether.company_time_zone() returns text
language plpgsql stable parallel unsafe
set search_path = pg_catalog
as $function$
declare
    zone text := (select company.time_zone from bellwether.reporting_company as company);
begin
    perform timestamp '2000-01-01' at time zone zone;
    return coalesce(zone, 'UTC');
exception
    when invalid_parameter_value then
        return 'UTC';
end
$function$;

comment on function bellwether.company_time_zone() is 'The time zone whose calendar days count: the company''s, UTC where that is none.';
