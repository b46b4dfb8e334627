-- bellwether.rate_day(): the day whose word on plan rates counts: the day read, unless another is asked for.
-- Reads:  setting bellwether.rates, bellwether.as_of()
-- Notes:  set bellwether.rates to a later day to read an earlier one at that day's plan rates: what differs then is
--         sales and not exchange.

create function bellwether.rate_day() returns date
language plpgsql stable parallel restricted
set search_path = pg_catalog
as $function$
declare
    wanted text := nullif(trim(current_setting('bellwether.rates', true)), '');
begin
    if wanted ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then
        return wanted::date;
    end if;
    if wanted is not null then
        raise exception 'bellwether.rates is not a day: “%”', wanted
            using errcode = 'BW504', hint = 'Write it as 2026-03-31.';
    end if;
    return bellwether.as_of();
end
$function$;

comment on function bellwether.rate_day() is
    'The day whose word on plan rates counts: set bellwether.rates to a day; empty means the day read.';
