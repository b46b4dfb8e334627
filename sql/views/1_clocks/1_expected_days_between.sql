-- bellwether.expected_days_between(rule, earlier, later): the days between two snapshots on which one was due.
-- Reads:  nothing
-- Forms:  daily: every day. weekdays: Monday to Friday. weekly, monthly: a week (Monday to Sunday) or month in
--         which neither snapshot lies is one day, its last. irregular or null: none.
-- Notes:  whichever day of its week or month a snapshot is of, it is in time. Whole numbers of days, so that no
--         session's time zone has a say.

create function bellwether.expected_days_between(rule text, earlier date, later date) returns setof date
language sql immutable parallel safe
set search_path = pg_catalog
as $function$
    select day.day
    from generate_series(1, $3 - $2 - 1) as step (days)
    cross join lateral (values ($2 + step.days)) as day (day)
    where case $1
        when 'daily' then true
        when 'weekdays' then extract(isodow from day.day) < 6
        when 'weekly' then extract(isodow from day.day) = 7
            and day.day - 6 > $2
        when 'monthly' then extract(day from day.day + 1) = 1
            and day.day - extract(day from day.day)::integer + 1 > $2
        else false
    end
$function$;

comment on function bellwether.expected_days_between(text, date, date) is
    'The days between two snapshots on which one was due, by the rule daily, weekdays, weekly, monthly or irregular.';
