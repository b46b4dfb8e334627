-- bellwether.deal_kind(is_won, is_closed, stage_kind): how a deal stands: open, won, lost or no_decision.
-- Notes:  the CRM's own words on the outcome count before those of the stage.

create function bellwether.deal_kind(is_won boolean, is_closed boolean, stage_kind text) returns text
language sql immutable parallel safe
as $function$
    select case
        when $1 then 'won'
        when $2
            then case
                when $3 = 'won' and $1 is null then 'won'
                when $3 in ('lost', 'no_decision') then $3
                else 'lost'
            end
        when $2 = false then 'open'
        else coalesce($3, 'open')
    end
$function$;

comment on function bellwether.deal_kind(boolean, boolean, text) is
    'How a deal stands, open, won, lost or no_decision, by the CRM''s words on its outcome and the kind of its stage.';
