#!/usr/bin/env python3
"""What the sample company's forecast must say, reckoned from its exports alone.

usage: sample_forecast.py FOLDER [PRESENT]

Reads the nightly files, and for days before the first night the CRM's field history in it; knows nothing of how they
were made. Prints an object of figures, amounts in dollars at the plan's rate: what is closed, committed, best case
and pipeline by team with the calls beside it (fact 1), the call that has gone stale (4), currency (5), the
reorganisation (6), the calls of past quarters (7), the quarter to come (9), orders (11), splits and activities."""
import csv
import datetime
import json
import sys
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from statistics import median

ROOT = Path(sys.argv[1])
PRESENT = sys.argv[2] if len(sys.argv) > 2 else "2026-12-07"
NIGHTS = sorted(path.name for path in ROOT.iterdir() if path.is_dir() and path.name <= PRESENT)
COLUMNS = ("closed", "commit", "best_case", "pipeline")
CENT = Decimal("0.01")
cache = {}


def read(night, entity):
    if (night, entity) not in cache:
        path = ROOT / night / f"{entity}.csv"
        if not path.exists():
            return []
        with open(path, newline="", encoding="utf-8") as file:
            cache[night, entity] = list(csv.DictReader(file, strict=True))
    return cache[night, entity]


def events(entity):
    """What all nights tell of, the newest word on each record."""
    return {row["id"]: row for night in NIGHTS for row in read(night, entity)}


def nearest(day):
    """The night that speaks for a day: the newest up to it, else the first."""
    return max((night for night in NIGHTS if night <= day), default=NIGHTS[0])


class History:
    """The deals of a day before the first night, by the CRM's own history."""

    def __init__(self):
        self.now = {row["id"]: row for row in read(NIGHTS[0], "opportunity")}
        self.changes = defaultdict(list)
        for row in read(NIGHTS[0], "field_change"):
            self.changes[row["record_id"]].append((row["changed_at"][:10], int(row["sequence"]), row))
        for changes in self.changes.values():
            changes.sort(key=lambda change: change[:2])

    def deals(self, day):
        result = {}
        for key, changes in self.changes.items():
            if changes[0][0] > day:
                continue
            deal = dict(self.now[key])
            # What a field was before its first change; one that never changed is as it is.
            for _, _, row in reversed(changes):
                deal[row["field"]] = row["old_value"]
            for when, _, row in changes:
                if when <= day:
                    deal[row["field"]] = row["new_value"]
            result[key] = deal
        return result


history = History()
stages = {row["id"]: row for row in read(NIGHTS[-1], "stage")}
rates = {row["kind"]: Decimal(row["rate"]) for row in read(NIGHTS[-1], "exchange_rate")
         if row["kind"] == "plan" or row["start_date"] == PRESENT}
plans = read(NIGHTS[-1], "plan_line")
calendar = read(NIGHTS[-1], "company")[0]
splits = defaultdict(list)
for split_row in read(NIGHTS[-1], "opportunity_split"):
    splits[split_row["opportunity_id"]].append(split_row)


def deals_on(day):
    if day < NIGHTS[0]:
        return history.deals(day)
    return {row["id"]: row for row in read(nearest(day), "opportunity")}


def quarters():
    """(label, first day, last day), by the calendar that the company states."""
    result = []
    for year in range(2024, 2028):
        if calendar["calendar"] == "445":
            ends = [datetime.date(y, 12, 31) for y in (year - 1, year)]
            # The last Thursday of December.
            ends = [end - datetime.timedelta((end.weekday() - 3) % 7) for end in ends]
            starts = [ends[0] + datetime.timedelta(1 + 91 * n) for n in range(4)] + [ends[1] + datetime.timedelta(1)]
        else:
            starts = [datetime.date(year, month, 1) for month in (1, 4, 7, 10)] + [datetime.date(year + 1, 1, 1)]
        for n in range(4):
            result.append((f"FY{year}Q{n + 1}", str(starts[n]), str(starts[n + 1] - datetime.timedelta(1))))
    return result


QUARTERS = quarters()
PLACE = next(n for n, (_, first, last) in enumerate(QUARTERS) if first <= PRESENT <= last)
QUARTER, NEXT = QUARTERS[PLACE], QUARTERS[PLACE + 1]


def dollars(deal, rate=None):
    amount = Decimal(deal["amount"] or "0")
    if deal["currency"] == "EUR":
        amount = (amount * (rate or rates["plan"])).quantize(CENT, ROUND_HALF_UP)
    return amount


def column(deal, quarter):
    if not deal["amount"] or not quarter[1] <= deal["close_date"] <= quarter[2]:
        return None
    stage = stages[deal["stage_id"] or "Prospecting"]
    if stage["kind"] == "won":
        return "closed"
    category = deal["forecast_category"] or stage["category"]
    return category if stage["kind"] == "open" and category in COLUMNS else None


def credits(deal):
    """The people who are credited, each share rounded once, the rest with the owner."""
    total = rest = dollars(deal)
    for row in splits.get(deal["id"], ()):
        if row["kind"] == "revenue" and row["person_id"] != deal["owner_id"]:
            part = (total * Decimal(row["percent"]) / 100).quantize(CENT, ROUND_HALF_UP)
            rest -= part
            yield row["person_id"], part
    yield deal["owner_id"], rest


def teams_on(day):
    return {row["id"]: row["team_id"] for row in read(nearest(day), "person")}


def sums(day, quarter, organisation=None):
    """Sums by (node, column); the nodes are people, teams and company."""
    result = defaultdict(Decimal)
    for deal in deals_on(day).values():
        found = column(deal, quarter)
        if not found:
            continue
        teams = teams_on(organisation or (deal["close_date"] if found == "closed" else day))
        for person, amount in credits(deal):
            for node in (person, teams[person], "company"):
                result[node, found] += amount
    return result


def firm(found, node):
    return found[node, "closed"] + found[node, "commit"]


CALLS = events("call")


def newest_call(node, day, category="commit", period=None):
    """The newest call of a node that stands at the end of a day."""
    standing = [
        row for row in CALLS.values()
        if (row["node_id"] or "company") == node and row["category"] == category
        and row["period"] == (period or QUARTER[0]) and row["submitted_at"][:10] <= day
        and not (row["withdrawn_at"] and row["withdrawn_at"][:10] <= day)]
    # An override stands over an own call, whenever that was.
    return max(standing, key=lambda row: (row["kind"] == "override", row["submitted_at"]), default=None)


def budget(period, node="company"):
    return sum((Decimal(row["amount"]) for row in plans
                if row["kind"] == "budget" and row["period"] == period
                and (row["node_id"] or "company") == node), Decimal(0))


def name(deal):
    return deal["name"].split(":")[0]


figures = {}


def show(key, *values):
    figures[key] = " ".join(str(value) for value in values)


def fact_1(now):
    teams = read(PRESENT, "team")
    members = teams_on(PRESENT)
    effective = {}
    for team in teams:
        key = team["id"]
        call = newest_call(key, PRESENT)
        rolled = Decimal(0)
        for person in (p for p, of in members.items() if of == key):
            own = newest_call(person, PRESENT)
            rolled += Decimal(own["amount"]) if own else firm(now, person)
        effective[key] = Decimal(call["amount"]) if call else rolled
        show(f"table.{team['name']}", *(now[key, c] for c in COLUMNS), call["amount"] if call else "none")
        show(f"rolled.{team['name']}", rolled)
        show(f"judgement.{team['name']}", effective[key] - firm(now, key))
    # Nobody calls for the company itself: its number is what the teams' add up to.
    show("company.calls", sum(1 for row in CALLS.values() if not row["node_id"] and row["period"] == QUARTER[0]))
    call = sum(effective.values(), Decimal(0))
    show("table.company", *(now["company", c] for c in COLUMNS), call)
    show("judgement.company", call - firm(now, "company"))
    show("gap", budget(QUARTER[0]) - call)


def fact_4(now):
    call = newest_call("T-EMEA", PRESENT)
    day = call["submitted_at"][:10]
    then = sums(day, QUARTER)
    show("stale.call", call["kind"], day, call["amount"], call["calculated_amount"])
    show("stale.deals", firm(then, "T-EMEA"), firm(now, "T-EMEA"))
    before, after = deals_on(day), deals_on(PRESENT)
    basis = [key for key, deal in before.items() if column(deal, QUARTER) in ("closed", "commit")
             and teams_on(day)[deal["owner_id"]] == "T-EMEA"]
    gone = [name(after[key]) for key in basis if column(after[key], QUARTER) not in ("closed", "commit")]
    show("stale.gone", *sorted(gone))


def fact_5():
    deals = [deal for deal in deals_on(PRESENT).values() if deal["currency"] == "EUR"
             and column(deal, QUARTER) in ("closed", "commit")]
    plan, market = (sum((dollars(deal, rates[kind]) for deal in deals), Decimal(0)) for kind in ("plan", "daily"))
    show("currency", plan, market - plan)


def fact_6():
    day = "2026-10-30"
    if day not in NIGHTS:
        return
    was, now = sums(day, QUARTER, day), sums(day, QUARTER, PRESENT)
    for node in ("T-EAST", "T-WEST", "T-EMEA", "company"):
        show(f"reorganisation.{node}", sum((now[node, c] - was[node, c] for c in COLUMNS), Decimal(0)))


def same_day(quarter):
    """The day of a quarter that has as many days before its end as the present."""
    left = datetime.date.fromisoformat(QUARTER[2]) - datetime.date.fromisoformat(PRESENT)
    return str(datetime.date.fromisoformat(quarter[2]) - left)


def fact_7():
    errors = []
    for quarter in QUARTERS[PLACE - 8:PLACE]:
        call = newest_call("company", same_day(quarter), period=quarter[0])
        landed = sums(quarter[2], quarter)["company", "closed"]
        errors.append((Decimal(call["amount"]) - landed) / landed)
        parts = [newest_call(team["id"], same_day(quarter), period=quarter[0]) for team in read(PRESENT, "team")]
        assert sum(Decimal(part["amount"]) for part in parts) == Decimal(call["amount"]), quarter
        show(f"week10.{quarter[0]}", call["amount"], landed)
    show("week10.above", sum(1 for error in errors if error > 0))
    show("week10.median", median(errors).quantize(CENT))
    show("week10.median.above", median(error for error in errors if error > 0).quantize(CENT))
    show("week10.quarters", sum(1 for q in QUARTERS[:PLACE] if newest_call("company", q[2], period=q[0])))


def fact_9(day, quarter, following):
    found = sums(day, following)
    return sum((found["company", c] for c in COLUMNS[1:]), Decimal(0)), budget(following[0])


def fact_9_usual():
    amount, plan = fact_9(PRESENT, QUARTER, NEXT)
    usual = []
    for n in range(PLACE - 8, PLACE):
        open_then, plan_then = fact_9(same_day(QUARTERS[n]), QUARTERS[n], QUARTERS[n + 1])
        usual.append(open_then / plan_then)
    show("next", amount, plan, round(amount / plan, 2))
    show("next.usual", round(median(usual), 1), round(median(usual[-4:]), 1))
    show("next.short", round((median(usual) * plan - amount) / 1000000, 1))


def fact_11():
    orders = list(events("booking").values())
    deals = deals_on(PRESENT)
    differences = []
    for quarter in QUARTERS[:PLACE + 1]:
        won = {key: deal for key, deal in deals.items() if column(deal, quarter) == "closed"}
        booked = [row for row in orders if quarter[1] <= row["booked_date"] <= quarter[2]]
        crm = sum((dollars(deal) for deal in won.values()), Decimal(0))
        books = sum((dollars(row) for row in booked), Decimal(0))
        found = {row["opportunity_id"]: row for row in booked}
        for key, deal in won.items():
            if key not in found:
                differences.append(f"{quarter[0]} {name(deal)} without order {dollars(deal)}")
            elif dollars(found[key]) != dollars(deal):
                differences.append(f"{quarter[0]} {name(deal)} order {dollars(found[key]) - dollars(deal)}")
        differences += [f"{quarter[0]} {row['order_id']} without deal {dollars(row)}"
                        for row in booked if row["opportunity_id"] not in won]
        if quarter == QUARTER:
            show("books", crm, books)
    show("books.differences", "; ".join(sorted(differences)))


def splits_and_activities():
    shares = {key: sum(int(row["percent"]) for row in rows if row["kind"] == "revenue") for key, rows in splits.items()}
    show("splits", len(shares), *sorted(set(shares.values())))
    deals = deals_on(PRESENT)
    people = {row["id"]: row["name"] for row in read(PRESENT, "person")}
    show("splits.overlay", "; ".join(
        f"{name(deals[key])} {people[row['person_id']]} {row['percent']}"
        for key, rows in splits.items() for row in rows if row["kind"] == "overlay"))
    touched = defaultdict(list)
    for row in events("activity").values():
        touched[row["opportunity_id"]].append(row["activity_date"])
    for story in ("Brightwater", "Kestrel"):
        key = next(key for key, deal in deals.items() if name(deal) == story)
        show(f"activity.{story}", max((day for day in touched[key] if day <= PRESENT), default="none"))
        show(f"activity.{story}.since", sum(1 for day in touched[key] if day >= "2026-11-14"))
    quiet = [name(deal) for key, deal in deals.items()
             if column(deal, QUARTER) == "commit" and not any("2026-11-14" <= day for day in touched[key])]
    show("activity.quiet_commit", *sorted(quiet))


def every_call():
    """Each call of the exported nights against what that night's deals say."""
    wrong = proved = 0
    for day in sorted({row["submitted_at"][:10] for row in CALLS.values()} & set(NIGHTS)):
        found = sums(day, next(q for q in QUARTERS if q[1] <= day <= q[2]))
        for row in CALLS.values():
            if row["submitted_at"][:10] != day:
                continue
            node = row["node_id"] or "company"
            said = firm(found, node) + (found[node, "best_case"] if row["category"] == "best_case" else 0)
            proved += 1
            wrong += said != Decimal(row["calculated_amount"])
    show("calls.proved", proved > 0)
    show("calls.wrong", wrong)
    deal_calls = events("deal_call")
    newest = {}
    for row in sorted(deal_calls.values(), key=lambda row: row["submitted_at"]):
        newest[row["opportunity_id"]] = row
    deals = deals_on(PRESENT)
    show("deal_calls.other_category", *sorted(
        name(deals[key]) for key, row in newest.items() if deals[key]["is_closed"] == "false"
        and row["level"] != (deals[key]["forecast_category"] or stages[deals[key]["stage_id"]]["category"])))
    show("deal_calls.reasons", all(row["reason"] for row in deal_calls.values()) and len(deal_calls) > 0)


days = datetime.date.fromisoformat(QUARTER[2]) - datetime.date.fromisoformat(QUARTER[1])
show("calendar", *QUARTER, (days.days + 1) // 7)
now = sums(PRESENT, QUARTER)
fact_1(now)
if "2026-11-16" in NIGHTS:
    fact_4(now)
fact_5()
fact_6()
if read(NIGHTS[0], "field_change"):
    fact_7()
    fact_9_usual()
fact_11()
splits_and_activities()
every_call()
print(json.dumps(figures, indent=1))
