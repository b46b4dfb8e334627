-- bellwether.deal_category(kind, own, stage_category): the forecast category in which a deal counts.
-- Notes:  the outcome decides for deals that are no longer open, else the category that the CRM gives, else the default
--         of the stage; a word that is no category is none.

create function bellwether.deal_category(kind text, own text, stage_category text) returns text
language sql immutable parallel safe
as $function$
    select case
        when $1 = 'won' then 'closed'
        when $1 in ('lost', 'no_decision') then 'omitted'
        when $2 in ('commit', 'best_case', 'pipeline', 'omitted') then $2
        when $3 in ('commit', 'best_case', 'pipeline', 'omitted') then $3
        else 'unmapped'
    end
$function$;

comment on function bellwether.deal_category(text, text, text) is
    'The forecast category of a deal: by its outcome, else the CRM''s own, else the default of its stage, else unmapped.';
