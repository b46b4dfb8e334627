#!/usr/bin/env python3
"""What slipped of the sample company, and where its bookings came from, reckoned from its exports alone, day by day.

usage: sample_slips.py FOLDER PERIOD WEEK [PRESENT]

The exports are those of one night with the CRM's field history of the time before it. WEEK 1 is the period's beginning.
Prints {fates: {category: {outcome: [deals, amount]}}, slipped: {deal: [outcome, left on, pushes, days pushed]}, pushes: {label: [pushes,
days]}, carried: [deals, amount, of deals, of amount], hairballs: {deal: periods}, origins: {origin: [deals, amount]},
created_late: [deals, amount, of deals]}."""
import csv
import datetime
import json
import sys
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

ROOT, LABEL, WEEK = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
PRESENT = sys.argv[4] if len(sys.argv) > 4 else "2026-12-07"
OPEN = ("commit", "best_case", "pipeline")
LATE, CREATED, ANEW = 15, 30, 30


def read(entity):
    path = ROOT / PRESENT / f"{entity}.csv"
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, strict=True))


stages = {row["id"]: row for row in read("stage")}
company = read("company")[0]
rate = next(Decimal(row["rate"]) for row in read("exchange_rate") if row["kind"] == "plan")
holidays = {row["holiday_date"] for row in read("holiday") if not row.get("region")}
present = {row["id"]: row for row in read("opportunity")}
changes = defaultdict(list)
for row in read("field_change"):
    changes[row["record_id"]].append((row["changed_at"], int(row["sequence"]), row))


def plus(day, days):
    return str(datetime.date.fromisoformat(day) + datetime.timedelta(days))


def apart(earlier, later):
    return (datetime.date.fromisoformat(later) - datetime.date.fromisoformat(earlier)).days


def quarter(label):
    year, number = int(label[2:6]), int(label[7])
    first = datetime.date(year, 3 * number - 2, 1)
    following = datetime.date(year + number // 4, 3 * number % 12 + 1, 1)
    return str(first), plus(str(following), -1)


def label_of(day):
    return f"FY{day[:4]}Q{(int(day[5:7]) + 2) // 3}" if day else "no date"


def before(label):
    year, number = int(label[2:6]), int(label[7])
    return f"FY{year - (number == 1)}Q{(number - 2) % 4 + 1}"


def frozen_on(label):
    day = quarter(label)[1]
    for _ in range(int(company.get("freeze_business_day") or 0)):
        day = plus(day, 1)
        while datetime.date.fromisoformat(day).weekday() > 4 or day in holidays:
            day = plus(day, 1)
    return day


FIRST, LAST = quarter(LABEL)
END = min(frozen_on(LABEL), PRESENT)
IS_FINAL = frozen_on(LABEL) <= PRESENT
REFERENCE = plus(FIRST, 7 * (WEEK - 1) - 1)


def states(key):
    """[(first day, deal)] up to the end: what the history leads to, then what the export says."""
    deal = dict(present[key])
    found = sorted(changes.get(key, []), key=lambda change: change[:2])
    for _, _, row in reversed(found):
        deal[row["field"]] = row["old_value"]
    result = []
    for when, _, row in found:
        deal[row["field"]] = row["new_value"]
        if when[:10] >= PRESENT:
            continue
        if result and result[-1][0] == when[:10]:
            result.pop()
        result.append((when[:10], dict(deal)))
    result.append((PRESENT, present[key]))
    return [state for state in result if state[0] <= END]


pasts = {key: found for key in present if (found := states(key))}


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


def within(deal, label=LABEL):
    first, last = quarter(label)
    return bool(deal["close_date"]) and first <= deal["close_date"] <= last


def dollars(deal):
    amount = Decimal(deal["amount"] or "0")
    if deal["currency"] == "EUR":
        amount = (amount * rate).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return amount


def days(start, end):
    while start <= end:
        yield start
        start = plus(start, 1)


# Lost and made anew.
anew = {}
losses = []
for key in pasts:
    if kind(at(key, END)) in ("lost", "no_decision") and any(within(deal) for _, deal in pasts[key]):
        day = END
        while at(key, plus(day, -1)) and kind(at(key, plus(day, -1))) in ("lost", "no_decision"):
            day = plus(day, -1)
        losses.append((day, key))
taken = set()
for day, key in sorted(losses):
    mine = at(key, END)
    found = [
        (pasts[other][0][0], other)
        for other in pasts
        if other != key and other not in taken
        and mine["account_id"] and mine["product_id"]
        and at(other, END)["account_id"] == mine["account_id"]
        and at(other, END)["product_id"] == mine["product_id"]
        and 0 <= apart(day, pasts[other][0][0]) <= ANEW
    ]
    if found:
        anew[key] = min(found)[1]
        taken.add(min(found)[1])
was = {new: old for old, new in anew.items()}


def fate(key):
    deal = at(key, END)
    if kind(deal) in ("lost", "no_decision"):
        new = anew.get(key)
        if new and kind(at(new, END)) not in ("lost", "no_decision"):
            lost_on = next(day for day, lost in losses if lost == key)
            return follow(new, lost_on)
        if not deal["close_date"] or deal["close_date"] <= LAST:
            return "lost", None
    return follow(key, None)


def follow(key, otherwise):
    deal = at(key, END)
    if kind(deal) == "won" and within(deal):
        return "won", None
    if kind(deal) == "open" and within(deal):
        return ("unmoved" if IS_FINAL else "still_open"), None
    inside = [day for day in days(plus(FIRST, -400), END) if at(key, day) and within(at(key, day))]
    left = plus(inside[-1], 1) if inside else otherwise
    return ("late" if apart(left, LAST) < LATE else "pushed"), left


def moves(key):
    """(day, from, to) of pushes: open before and after, later or undated."""
    last = None
    for day, deal in pasts[key]:
        if last and deal["close_date"] != last["close_date"] and kind(deal) == kind(last) == "open":
            if (deal["close_date"] or "9") > (last["close_date"] or "9"):
                yield day, last["close_date"], deal["close_date"]
        last = deal


def length(old, new):
    return apart(old, new) if old and new else 0


fates = defaultdict(lambda: defaultdict(lambda: [0, Decimal(0)]))
slipped = {}
for key in pasts:
    deal = at(key, REFERENCE)
    if deal and within(deal) and category(deal) in OPEN:
        outcome, left = fate(key)
        for name in (outcome, "open_then"):
            fates[category(deal)][name][0] += 1
            fates[category(deal)][name][1] += dollars(deal)
        if outcome in ("late", "pushed", "unmoved"):
            pushed = list(moves(key))
            slipped[key] = [outcome, left, len(pushed), sum(length(old, new) for _, old, new in pushed)]

pushes = defaultdict(lambda: [0, 0])
for key in pasts:
    for day, old, new in moves(key):
        if day >= FIRST and old and FIRST <= old <= LAST:
            name = label_of(new)
            pushes[name][0] += 1
            pushes[name][1] += length(old, new)

earlier = [before(LABEL)]
while len(earlier) < 12:
    earlier.append(before(earlier[-1]))
known = min(found[0][0] for found in pasts.values())


def was_in(key, label):
    first, last = quarter(label)
    return any(
        kind(deal) == "open" and within(deal, label)
        and since <= last and (number + 1 == len(pasts[key]) or pasts[key][number + 1][0] > first)
        for number, (since, deal) in enumerate(pasts[key])
    )


hairballs, carried, open_now = {}, [0, Decimal(0)], [0, Decimal(0)]
origins, created_late = defaultdict(lambda: [0, Decimal(0)]), [0, Decimal(0), 0]
for key in pasts:
    # The pipeline of a frozen period is that of its beginning.
    deal = at(key, REFERENCE if IS_FINAL else END)
    if deal and within(deal) and category(deal) in OPEN:
        open_now[0] += 1
        open_now[1] += dollars(deal)
        count = sum(was_in(key, label) for label in earlier)
        if was_in(key, earlier[0]):
            carried[0] += 1
            carried[1] += dollars(deal)
        if count > 1:
            hairballs[key] = count
    deal = at(key, END)
    if within(deal) and category(deal) == "closed":
        origin = key
        while not at(origin, plus(FIRST, -1)) and origin in was:
            origin = was[origin]
        then = at(origin, plus(FIRST, -1))
        if not then:
            name = "created"
        elif kind(then) != "open":
            name = "closed_before"
        elif not then["close_date"] or then["close_date"] > LAST:
            name = "pulled_in"
        else:
            name = "pushed_in" if then["close_date"] < FIRST else "open_at_start"
        origins[name][0] += 1
        origins[name][1] += dollars(deal)
        first = pasts[was.get(key, key)][0][0]
        if first > known or apart(first, deal["close_date"]) >= CREATED:
            created_late[2] += 1
            if apart(first, deal["close_date"]) < CREATED:
                created_late[0] += 1
                created_late[1] += dollars(deal)


def plain(value):
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list) else value


print(json.dumps(plain({
    "fates": fates, "slipped": slipped, "pushes": pushes, "carried": carried + open_now,
    "hairballs": hairballs, "origins": origins, "created_late": created_late, "anew": anew,
})))
