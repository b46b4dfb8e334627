-- bellwether.as_known(): the load at which the warehouse is read.
-- Reads:  setting bellwether.as_known, bellwether_store.load, bellwether_store.prune
-- Forms:  empty: the newest published load. A whole number: that load. A time: the newest load published by
--         then, read in the company's time zone where it names none. A day: the end of that day there.
-- Notes:  0 before the first load. A load or time that is not there yet is refused, since its answer could
--         still change; so are words such as now and today, whose answer changes by itself. So is a load before
--         those that `bellwether prune` has left: its answer would lack what was superseded since.

create function bellwether.as_known() returns integer
language plpgsql stable parallel restricted
set search_path = pg_catalog
as $function$
declare
    wanted text := nullif(trim(current_setting('bellwether.as_known', true)), '');
    newest integer := coalesce((select max(number) from bellwether_store.load), 0);
    names_zone boolean := wanted ~ ':[0-9.]+(Z|[+-][0-9:]+)$';
    zone text;
    instant timestamptz;
    known integer;
    horizon integer;
begin
    if wanted is null then
        return newest;
    end if;
    if wanted ~ '^[0-9]+$' then
        if wanted::numeric > newest then
            raise exception 'load % is not published yet: the newest is %', wanted, newest
                using errcode = 'BW507';
        end if;
        known := wanted::integer;
    elsif wanted !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?$' then
        raise exception '“%” is not a load, a day or a time', wanted
            using errcode = 'BW506', hint = 'Write 12, 2026-03-10 or 2026-03-10T18:30.';
    else
        zone := coalesce(
            (
                select company.time_zone
                from bellwether_store.company
                where company.superseded_in is null and company.valid_to = 'infinity'
                order by company.source collate "C", company.id collate "C"
                limit 1
            ),
            'UTC');
        -- No exception is caught here: a parallel query allows no subtransaction.
        instant := case
            when length(wanted) = 10 then (wanted::date + 1)::timestamp at time zone zone
            when names_zone then wanted::timestamptz
            else wanted::timestamp at time zone zone
        end;
        if instant > clock_timestamp() then
            raise exception 'the time % lies in the future', wanted using errcode = 'BW507';
        end if;
        known := coalesce((select max(number) from bellwether_store.load where published_at <= instant), 0);
    end if;
    horizon := (select max(prune.horizon) from bellwether_store.prune);
    if known > 0 and known < horizon then
        raise exception 'what was known at load % was pruned: answers go back to load %', known, horizon
            using errcode = 'BW510';
    end if;
    return known;
end
$function$;

comment on function bellwether.as_known() is
    'The load at which every view reads: set bellwether.as_known to a load, a time or a day; empty means the newest.';
