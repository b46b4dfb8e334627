-- Columns that come from the store unchanged carry the store's comment into every view.
-- Reads:  pg_catalog; runs after every view is made.

do $block$
declare
    target record;
begin
    for target in
        select distinct on (view_class.oid, view_column.attnum)
            view_class.relname as view_name,
            view_column.attname as column_name,
            description.description
        from pg_class as view_class
        inner join pg_attribute as view_column on view_column.attrelid = view_class.oid and view_column.attnum > 0
        inner join pg_class as store_class on store_class.relnamespace = 'bellwether_store'::regnamespace
        inner join pg_attribute as store_column
            on store_column.attrelid = store_class.oid
                and store_column.attname = view_column.attname
                and store_column.attnum > 0
        inner join pg_description as description
            on description.objoid = store_class.oid and description.objsubid = store_column.attnum
        where view_class.relnamespace = 'bellwether'::regnamespace
            and view_class.relkind = 'v'
            and col_description(view_class.oid, view_column.attnum) is null
        order by
            view_class.oid,
            view_column.attnum,
            -- The entity's own table first, then opportunity (deals), then whatever names the column alike.
            store_class.relname = replace(view_class.relname, '_history', '') desc,
            store_class.relname = 'company' and view_class.relname = 'reporting_company' desc,
            store_class.relname = 'exchange_rate'
            and view_class.relname in ('plan_rate', 'day_rate', 'told_rate') desc,
            store_class.relname = 'booking' and view_class.relname = 'booking_amount' desc,
            store_class.relname = 'opportunity' desc,
            store_class.relname = 'snapshot' desc,
            store_class.relname
    loop
        execute format(
            'comment on column bellwether.%I.%I is %L',
            target.view_name, target.column_name, target.description);
    end loop;
end
$block$;
