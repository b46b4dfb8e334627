-- bellwether.source_currency: the currency that an amount of a source has when it names none.
-- Grain:  one row a source with a company that has a currency.
-- Reads:  bellwether.company
-- Notes:  of several companies of one source the one whose id sorts first decides.

create view bellwether.source_currency with (security_invoker = true) as
select distinct on (company.source)
    company.source,
    upper(company.currency) as currency
from bellwether.company
where company.currency is not null
order by company.source, company.id;

comment on view bellwether.source_currency is
    'One row a source: the currency of its own company, which amounts have that name none.';
