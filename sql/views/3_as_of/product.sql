-- bellwether.product: a product or service that can be sold, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether.product_history

create view bellwether.product with (security_invoker = true) as
select
    history.source,
    history.id,
    (select bellwether.as_of()) < history.is_assumed_before as is_assumed,
    history.name,
    history.family,
    history.list_price,
    history.extra
from bellwether.product_history as history
where history.valid_from <= (select bellwether.as_of())
    and history.valid_to > (select bellwether.as_of());

comment on view bellwether.product is 'One row a source and id: a product or service that can be sold, as of the day read.';
comment on column bellwether.product.is_assumed is
    'True when the day lies before the first snapshot and the first known state is taken.';
