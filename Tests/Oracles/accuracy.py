#!/usr/bin/env python3
"""How good the sample company's calls were, reckoned from its exports alone.

usage: accuracy.py FOLDER/DAY DAY LABEL WEEK

The exports are those of one night with the CRM's field history of the time before it; LABEL is the quarter of the day, and the eight before
it are looked at, at the end of WEEK. Prints {nodes: {node: {n, wape, bias, too_high, within_5, within_10, deals_wape, commit: [n, won]}},
periods: [[label, call, closed + commit, landed]], categories: {category: [n, amount, won, won amount]}, landed: [n, amount], levels:
{level: [n, wape before, wape after, money, better, worse, p]}, people: {person: {late: [hits, n], never, created_late, landed: [hits, n]}},
slipped: commits that did not land}; nodes are ids, "company" for the whole."""
import csv
import datetime
import json
import math
import sys
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

ROOT, TODAY, THIS, WEEK = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])


def read(entity):
    with open(ROOT / f"{entity}.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, strict=True))


stages = {row["id"]: row for row in read("stage")}
rate = next(Decimal(row["rate"]) for row in read("exchange_rate") if row["kind"] == "plan")
holidays = {row["holiday_date"] for row in read("holiday") if not row.get("region")}
present = {row["id"]: row for row in read("opportunity")}
team_of = {row["id"]: row["team_id"] for row in read("person")}
people = sorted(team_of)
freeze_after = int(read("company")[0]["freeze_business_day"])
changes = defaultdict(list)
for row in read("field_change"):
    changes[row["record_id"]].append((row["changed_at"], int(row["sequence"]), row))


def plus(day, days):
    return str(datetime.date.fromisoformat(day) + datetime.timedelta(days))


def apart(earlier, later):
    return (datetime.date.fromisoformat(later) - datetime.date.fromisoformat(earlier)).days


def quarter(label):
    year, number = int(label[2:6]), int(label[7])
    following = datetime.date(year + number // 4, 3 * number % 12 + 1, 1)
    return str(datetime.date(year, 3 * number - 2, 1)), plus(str(following), -1)


def before(label):
    year, number = int(label[2:6]), int(label[7])
    return f"FY{year - (number == 1)}Q{(number - 2) % 4 + 1}"


def frozen_on(label):
    day = quarter(label)[1]
    for _ in range(freeze_after):
        day = plus(day, 1)
        while datetime.date.fromisoformat(day).weekday() > 4 or day in holidays:
            day = plus(day, 1)
    return day


def states(key):
    deal = dict(present[key])
    found = sorted(changes.get(key, []), key=lambda change: change[:2])
    for _, _, row in reversed(found):
        deal[row["field"]] = row["old_value"]
    result = []
    for when, _, row in found:
        deal[row["field"]] = row["new_value"]
        if when[:10] >= TODAY:
            continue
        if result and result[-1][0] == when[:10]:
            result.pop()
        result.append((when[:10], dict(deal)))
    result.append((TODAY, present[key]))
    return result


pasts = {key: states(key) for key in present}
FIRST = min(found[0][0] for found in pasts.values())


def at(key, day):
    found = None
    for since, deal in pasts[key]:
        if since <= day:
            found = deal
    return found


def kind(deal):
    return stages[deal["stage_id"] or "Prospecting"]["kind"]


def category(deal):
    if kind(deal) == "won":
        return "closed"
    if kind(deal) != "open":
        return "omitted"
    return deal["forecast_category"] or stages[deal["stage_id"] or "Prospecting"]["category"]


def dollars(deal):
    amount = Decimal(deal["amount"] or "0")
    if deal["currency"] == "EUR":
        amount = (amount * rate).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return amount


def nodes_of(deal):
    return ["company", team_of[deal["owner_id"]], deal["owner_id"]]


standing = {}
calls = [row for row in read("call") if row["category"] == "commit"]
calls.sort(key=lambda row: (row["submitted_at"], row["id"]))


def said(label, day):
    """{(node, kind): amount} at the end of a day; nothing where it was taken back."""
    found = {}
    for row in calls:
        if row["period"] == label and row["submitted_at"][:10] <= day:
            taken = row["withdrawn_at"] and row["withdrawn_at"][:10] <= day
            found[row["node_id"] or "company", row["kind"]] = None if taken or not row["amount"] else Decimal(row["amount"])
    return {key: amount for key, amount in found.items() if amount is not None}


def sign_test(better, worse):
    """Two-sided: all splits that are no likelier."""
    n = better + worse
    if not n:
        return None
    chances = [math.comb(n, k) for k in range(n + 1)]
    return float(Fraction(sum(c for c in chances if c <= chances[better]), 2**n))


labels, label = [], THIS
for _ in range(8):
    label = before(label)
    labels.append(label)

ALL = ["company"] + sorted(set(team_of.values()) - {""}) + [key for key in people if team_of[key]]
errors = defaultdict(list)
deal_errors = defaultdict(list)
commit = defaultdict(lambda: [0, 0])
levels = defaultdict(list)
categories = defaultdict(lambda: [0, Decimal(0), 0, Decimal(0)])
landed_all = [0, Decimal(0)]
periods = []
for label in labels:
    first, last = quarter(label)
    day = min(plus(first, 7 * WEEK - 1), last)
    end = frozen_on(label)
    calculated, landed = defaultdict(Decimal), defaultdict(Decimal)
    then = {}
    for key in pasts:
        deal, final = at(key, day), at(key, end)
        if deal and deal["close_date"] and first <= deal["close_date"] <= last:
            then[key] = deal
            if category(deal) in ("closed", "commit"):
                for node in nodes_of(deal):
                    calculated[node] += dollars(deal)
        if final and kind(final) == "won" and first <= final["close_date"] <= last:
            for node in nodes_of(final):
                landed[node] += dollars(final)
            landed_all[0] += 1
            landed_all[1] += dollars(final)
    for key, deal in then.items():
        final = at(key, end)
        won = final and kind(final) == "won" and first <= final["close_date"] <= last
        if category(deal) in ("closed", "commit", "best_case", "pipeline"):
            sums = categories[category(deal)]
            sums[0] += 1
            sums[1] += dollars(deal)
            sums[2] += bool(won)
            sums[3] += dollars(final) if won else 0
        if category(deal) == "commit":
            for node in nodes_of(deal):
                commit[node][0] += 1
                commit[node][1] += bool(won)
    spoken = said(label, day)
    number, is_called = {}, {}

    def settle(node, level, below):
        rolled = below if below is not None else calculated[node]
        own = spoken.get((node, "own"))
        over = spoken.get((node, "override"))
        if own is not None:
            levels[level + "_own"].append((rolled, own, landed[node]))
        if over is not None:
            levels[level + "_override"].append((own if own is not None else rolled, over, landed[node]))
        number[node] = over if over is not None else own if own is not None else rolled
        is_called[node] = own is not None or over is not None

    for person in people:
        settle(person, "person", None)
    for team in sorted(set(team_of.values()) - {""}):
        mine = [person for person in people if team_of[person] == team]
        settle(team, "team", sum((number[person] for person in mine), Decimal(0)))
        is_called[team] |= any(is_called[person] for person in mine)
    rest = [person for person in people if not team_of[person]]
    tops = sorted(set(team_of.values()) - {""}) + rest
    settle("company", "company", sum((number[node] for node in tops), Decimal(0)))
    is_called["company"] |= any(is_called[node] for node in tops)
    for node in ALL:
        if is_called[node]:
            errors[node].append((number[node], landed[node]))
            deal_errors[node].append((calculated[node], landed[node]))
    if is_called["company"]:
        levels["all"].append((calculated["company"], number["company"], landed["company"]))
    periods.append([label, str(number["company"]), str(calculated["company"]), str(landed["company"])])


def ratio(part, whole):
    return float(Fraction(part) / Fraction(whole)) if whole > 0 else None


def accuracy(pairs):
    whole = sum((landed for _, landed in pairs), Decimal(0))
    enough = len(pairs) >= 4
    judged = [(call, landed) for call, landed in pairs if landed > 0]
    hits = [sum(abs(c - l) * 100 <= l * share for c, l in judged) for share in (5, 10)]
    return {
        "n": len(pairs),
        "wape": ratio(sum(abs(c - l) for c, l in pairs), whole) if enough else None,
        "bias": ratio(sum(c - l for c, l in pairs), whole) if enough else None,
        "too_high": sum(c > l for c, l in pairs),
        "within_5": hits[0] / len(judged) if len(judged) >= 4 else None,
        "within_10": hits[1] / len(judged) if len(judged) >= 4 else None,
    }


def value(rows):
    whole = sum((landed for _, _, landed in rows), Decimal(0))
    miss = [(abs(b - l), abs(a - l)) for b, a, l in rows]
    better, worse = sum(b > a for b, a in miss), sum(b < a for b, a in miss)
    enough = len(rows) >= 6
    return [
        len(rows), ratio(sum(b for b, _ in miss), whole) if enough else None,
        ratio(sum(a for _, a in miss), whole) if enough else None,
        str(sum(b - a for b, a in miss)), better, worse, sign_test(better, worse) if enough else None]


# How people commit, of all that is known: by the first day at whose end a deal was open and in commit.
record = defaultdict(lambda: {"late": [0, 0], "never": 0, "created_late": 0, "landed": [0, 0]})
for key, found in pasts.items():
    final = present[key]
    if kind(final) == "open" or not final["owner_id"]:
        continue
    entry = next((day for day, deal in found if category(deal) == "commit"), None)
    mine = record[final["owner_id"]]
    if kind(final) == "won":
        mine["late"][1] += 1
        mine["late"][0] += bool(entry) and apart(entry, final["close_date"]) < 7
        mine["never"] += not entry
        mine["created_late"] += found[0][0] != FIRST and apart(found[0][0], final["close_date"]) < 30
    if entry:
        mine["landed"][1] += 1
        mine["landed"][0] += kind(final) == "won"

# Commits of the eight periods that were not won in theirs.
slipped = 0
for key, found in pasts.items():
    for label in labels:
        first, last = quarter(label)
        was = any(category(deal) == "commit" and first <= (deal["close_date"] or "") <= last and day <= last
                  for day, deal in found)
        final = present[key]
        slipped += was and not (kind(final) == "won" and first <= final["close_date"] <= last)

print(json.dumps({
    "nodes": {node: accuracy(errors[node]) | {
        "deals_wape": accuracy(deal_errors[node])["wape"], "commit": commit[node]} for node in ALL},
    "periods": periods,
    "categories": {name: [n, str(a), w, str(b)] for name, (n, a, w, b) in categories.items()},
    "landed": [landed_all[0], str(landed_all[1])],
    "levels": {level: value(rows) for level, rows in levels.items()},
    "people": record,
    "slipped": slipped,
}))
