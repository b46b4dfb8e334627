-- bellwether.deal_spans_hold(): whether the deal spans say what the opportunities' versions say at the load read.
-- Reads:  bellwether_store.deal_span_state, snapshot, history_derivation; bellwether.as_known()
-- Notes:  spans made at one load hold at another when no load between the two brought or took back opportunities.

create function bellwether.deal_spans_hold() returns boolean
language sql stable parallel restricted
set search_path = pg_catalog
as $function$
    select exists (
        select
        from bellwether_store.deal_span_state as state
        where not exists (
            select
            from (
                select snapshot.load
                from bellwether_store.snapshot
                where snapshot.entity = 'opportunity'
                union all
                select snapshot.undone_in
                from bellwether_store.snapshot
                where snapshot.entity = 'opportunity'
                union all
                select derivation.load
                from bellwether_store.history_derivation as derivation
                where derivation.entity = 'opportunity'
            ) as change
            where change.load > least(state.load, (select bellwether.as_known()))
                and change.load <= greatest(state.load, (select bellwether.as_known()))
        )
    )
$function$;

comment on function bellwether.deal_spans_hold() is
    'Whether bellwether_store.deal_span says what the opportunities'' versions say at the load read.';
