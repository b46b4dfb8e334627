-- bellwether.minor_unit_places(currency): the decimal places of a currency's smallest unit.
-- Source: ISO 4217; 2 for every currency not named here.

create function bellwether.minor_unit_places(currency text) returns integer
language sql immutable parallel safe
set search_path = pg_catalog
as $function$
    select case
        when currency in (
            'BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV',
            'XAF', 'XOF', 'XPF')
            then 0
        when currency in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 3
        else 2
    end
$function$;

comment on function bellwether.minor_unit_places(text) is 'The decimal places of a currency''s smallest unit (ISO 4217).';
