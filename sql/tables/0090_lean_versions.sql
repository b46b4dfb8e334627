-- Lean versions: what makes closing a version dear goes.
-- Grain:  changes tables of versions; holds no rows.
-- Source: 0010 to 0020.
-- Notes:  An index on the versions that hold now had to be written for each version that a load closed or inserted,
--         and cost a first load a fifth of its time. It refused a second writer, which the primary key of
--         bellwether_store.load does already, and the rest `bellwether verify` proves. With the primary key alone, whose
--         columns never change, PostgreSQL closes a version within its page and without a new index entry, if the page
--         has room: hence the fill factor.

drop index bellwether_store.company_one_current;
drop index bellwether_store.team_one_current;
drop index bellwether_store.person_one_current;
drop index bellwether_store.account_one_current;
drop index bellwether_store.product_one_current;
drop index bellwether_store.stage_one_current;
drop index bellwether_store.exchange_rate_one_current;
drop index bellwether_store.plan_line_one_current;
drop index bellwether_store.opportunity_one_current;

alter table bellwether_store.company set (fillfactor = 95);
alter table bellwether_store.team set (fillfactor = 95);
alter table bellwether_store.person set (fillfactor = 95);
alter table bellwether_store.account set (fillfactor = 95);
alter table bellwether_store.product set (fillfactor = 95);
alter table bellwether_store.stage set (fillfactor = 95);
alter table bellwether_store.exchange_rate set (fillfactor = 95);
alter table bellwether_store.plan_line set (fillfactor = 95);
alter table bellwether_store.opportunity set (fillfactor = 95);
