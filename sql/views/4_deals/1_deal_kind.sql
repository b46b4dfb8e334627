-- bellwether.deal_kind(is_closed, is_won, stage_kind): what a deal is: open, won, lost or no_decision.
-- Notes:  as bellwether.deal_state has it: the CRM's own words on the outcome count before those of the stage; a stage's
--         word that is none of the four makes no deal closed.

create function bellwether.deal_kind(is_closed boolean, is_won boolean, stage_kind text) returns text
language sql immutable parallel safe
as $function$
    select case
        when is_won then 'won'
        when is_closed
            then case
                when stage_kind = 'won' and is_won is null then 'won'
                when stage_kind in ('lost', 'no_decision') then stage_kind
                else 'lost'
            end
        when is_closed = false then 'open'
        when stage_kind in ('won', 'lost', 'no_decision') then stage_kind
        else 'open'
    end
$function$;

comment on function bellwether.deal_kind(boolean, boolean, text) is
    'What a deal is by the CRM''s own words on its outcome and the kind of its stage: open, won, lost or no_decision.';
