#!/usr/bin/env python3
"""What coverage and pacing of the sample company must say, reckoned from its exports alone.

usage: sample_enough.py FOLDER PERIOD [PRESENT]

The exports are those of one night with the CRM's field history of the time before it; a day of the past is what that
history leads to. Knows nothing of how either was made. Prints an object: `now`, and for each of the eight periods before
PERIOD, the latest first, how it stood on the same day (as far before its end as PRESENT is before PERIOD's), and what it
landed at, for the company and each team; and what follows for coverage and the calls."""
import csv
import datetime
import json
import sys
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from statistics import median

ROOT, LABEL = Path(sys.argv[1]), sys.argv[2]
PRESENT = sys.argv[3] if len(sys.argv) > 3 else "2026-12-07"
FOLDER = ROOT / PRESENT
OPEN = ("commit", "best_case", "pipeline")


def read(entity):
    path = FOLDER / f"{entity}.csv"
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, strict=True))


company = read("company")[0]
stages = {row["id"]: row for row in read("stage")}
teams = {row["id"]: row["team_id"] for row in read("person")}
rate = next(Decimal(row["rate"]) for row in read("exchange_rate") if row["kind"] == "plan")
holidays = {row["holiday_date"] for row in read("holiday") if not row.get("region")}
present_deals = {row["id"]: row for row in read("opportunity")}
changes = defaultdict(list)
for row in read("field_change"):
    changes[row["record_id"]].append((row["changed_at"], int(row["sequence"]), row))
for found in changes.values():
    found.sort(key=lambda change: change[:2])


def date(text):
    return datetime.date.fromisoformat(text)


def deals_on(day):
    """The deals at the end of a day; their first day of all beside them."""
    if day >= PRESENT:
        return present_deals
    result = {}
    for key, found in changes.items():
        if found[0][0][:10] > day:
            continue
        deal = dict(present_deals[key])
        for _, _, row in reversed(found):
            deal[row["field"]] = row["old_value"]
        for when, _, row in found:
            if when[:10] <= day:
                deal[row["field"]] = row["new_value"]
        result[key] = deal
    return result


def quarter(label):
    """First and last day; fiscal years are calendar years here."""
    year, number = int(label[2:6]), int(label[7])
    first = datetime.date(year, 3 * number - 2, 1)
    following = datetime.date(year + number // 4, 3 * number % 12 + 1, 1)
    return str(first), str(following - datetime.timedelta(1))


def before(label):
    year, number = int(label[2:6]), int(label[7])
    return f"FY{year - (number == 1)}Q{(number - 2) % 4 + 1}"


def landed_on(label):
    """The business day after the end that the company freezes on, else the last day."""
    day = date(quarter(label)[1])
    for _ in range(int(company.get("freeze_business_day") or 0)):
        day += datetime.timedelta(1)
        while day.weekday() > 4 or str(day) in holidays:
            day += datetime.timedelta(1)
    return str(day)


def same_day(label):
    """As far before the end; of a quarter that has not begun, as far before the end of the quarter before it."""
    asked, past = LABEL, label
    while quarter(asked)[0] > PRESENT:
        asked, past = before(asked), before(past)
    left = date(quarter(asked)[1]) - date(PRESENT)
    return str(date(quarter(past)[1]) - left)


def dollars(deal):
    amount = Decimal(deal["amount"] or "0")
    if deal["currency"] == "EUR":
        amount = (amount * rate).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return amount


def column(deal, label):
    first, last = quarter(label)
    if not deal["close_date"] or not first <= deal["close_date"] <= last:
        return None
    stage = stages.get(deal["stage_id"] or "Prospecting")
    if stage["kind"] == "won":
        return "closed"
    category = deal["forecast_category"] or stage["category"]
    return category if stage["kind"] == "open" and category in OPEN else None


def standing(label, day, landed=None):
    """Sums by node and part."""
    sums = defaultdict(lambda: defaultdict(Decimal))

    def add(deal, part):
        for node in ("company", teams[deal["owner_id"]]):
            sums[node][part] += dollars(deal)

    then = deals_on(day)
    for deal in then.values():
        if found := column(deal, label):
            add(deal, found)
    if landed is None:
        return sums
    for key, deal in deals_on(landed).items():
        if column(deal, label) != "closed":
            continue
        add(deal, "landed")
        was = column(then[key], label) if key in then else None
        if was:
            # By whoever had it then.
            for node in ("company", teams[then[key]["owner_id"]]):
                sums[node]["landed_" + was] += dollars(deal)
        else:
            add(deal, "landed_moved" if key in then else "landed_created")
    return sums


def plan(label, node, kind="budget"):
    return sum((Decimal(row["amount"]) for row in read_plan if row["kind"] == kind and row["period"] == label
                and (row["node_id"] or "company") == node), Decimal(0))


read_plan = read("plan_line")
nodes = ["company"] + sorted(row["id"] for row in read("team"))
calls = read("call")


def call(label, day):
    """The company's own newest call of commit on a day."""
    said = [row for row in calls if not row["node_id"] and row["category"] == "commit" and row["period"] == label
            and row["submitted_at"][:10] <= day]
    return max(said, key=lambda row: row["submitted_at"])["amount"] if said else None


periods = []
label = LABEL
for _ in range(8):
    label = before(label)
    day, landed = same_day(label), landed_on(label)
    is_landed = landed <= PRESENT
    sums = standing(label, day, landed if is_landed else None)
    periods.append({"period": label, "day": day, "landed_day": landed if is_landed else None,
                    "call": call(label, day), "sums": sums,
                    "plan": {node: plan(label, node) for node in nodes}})
now = standing(LABEL, PRESENT)


def parts(sums, *names):
    return sum((sums[name] for name in names), Decimal(0))


figures = {"now": {}, "periods": [], "nodes": {}, "calls": {}}
for node in nodes:
    planned, open_now = plan(LABEL, node), parts(now[node], *OPEN)
    to_go = planned - now[node]["closed"]
    usual, required, actuals = [], [], []
    for past in periods:
        sums = past["sums"][node]
        open_then = parts(sums, *OPEN)
        if past["plan"][node] - sums["closed"] > 0:
            usual.append(open_then / (past["plan"][node] - sums["closed"]))
        if past["landed_day"]:
            won = parts(sums, *("landed_" + name for name in OPEN))
            if won > 0:
                required.append(open_then / won)
            if sums["landed"] - sums["closed"] > 0:
                actuals.append(open_then / (sums["landed"] - sums["closed"]))
    figures["nodes"][node] = {
        "plan": str(planned), "closed": str(now[node]["closed"]), "open": str(open_now), "to_go": str(to_go),
        "coverage": float(open_now / to_go) if to_go > 0 else None,
        "usual": float(median(usual)) if usual else None, "usual_n": len(usual),
        "short_by": float(median(usual) * to_go - open_now) if usual else None,
        "required": float(median(required)) if required else None, "required_n": len(required),
        "against_actuals": float(median(actuals)) if actuals else None,
    }
for past in periods:
    for node in nodes:
        figures["periods"].append(
            {"period": past["period"], "day": past["day"], "landed_day": past["landed_day"], "node": node,
             "plan": str(past["plan"][node]),
             **{part: str(past["sums"][node][part]) for part in (
                 "closed", *OPEN, "landed", "landed_closed", "landed_commit", "landed_best_case",
                 "landed_pipeline", "landed_moved", "landed_created")}})
errors = [(Decimal(past["call"]) - past["sums"]["company"]["landed"]) / past["sums"]["company"]["landed"]
          for past in periods if past["call"] and past["landed_day"]]
if errors:
    figures["calls"] = {"n": len(errors), "too_high": sum(error > 0 for error in errors),
                        "median": float(median(errors))}
print(json.dumps(figures, indent=1))
