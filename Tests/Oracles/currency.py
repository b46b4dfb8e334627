#!/usr/bin/env python3
"""A company that sells in many currencies: writes its exports, and reckons what `bellwether currency` must say.

usage: currency.py FOLDER SEED

Writes one folder a day below FOLDER. Prints {"period", "currency", "days": {DAY: {"nodes": {NODE: {CURRENCY: {...}}},
"unrated": [...]}}, "since": {NODE: [...]}}. Amounts are decimals without trailing zeros.

Contracts: closed + commit of the quarter; a deal converts at the plan rate of its close date, else of the day read; at
the day's rate of the day read; each rounded once, half away from zero, to the company currency's smallest unit. Of
several rates of a day the one that starts last counts, of those the first id; a pair without a rate takes the inverse
of the other direction, to 40 decimal places. Deals without a plan rate are in no sum. In exact fractions, day by day:
knows no spans, no SQL."""
import csv
import json
import random
import sys
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

folder, seed = Path(sys.argv[1]), int(sys.argv[2])
draw = random.Random(seed)
DAYS = ["2026-04-20", "2026-05-20"]
FIRST, AFTER = "2026-04-01", "2026-07-01"
COMPANY = draw.choice(["USD", "JPY", "BHD"])
CURRENCIES = ["USD", "JPY", "BHD", "EUR", "GBP", "CHF", "XAU"]
PLACES = {"JPY": 0, "BHD": 3}
TEAMS = {"t1": "", "t2": "t1", "t3": ""}
PEOPLE = {"p1": "t1", "p2": "t2", "p3": "t3", "p4": ""}


def some_day(low=-60, high=60):
    return str(date(2026, 5, 16) + timedelta(days=draw.randint(low, high)))


def rate_rows(night):
    rows = []

    def add(kind, pair, start, end, rate=None):
        rate = rate or f"{draw.randint(1, 3_000_000) / 10 ** draw.choice([3, 4, 6]):.6f}"
        rows.append([f"r{len(rows):03}", kind, *pair, start, end, rate])

    for currency in CURRENCIES:
        if currency in (COMPANY, "XAU"):
            continue
        pairs = draw.choice([[(currency, COMPANY)], [(COMPANY, currency)], [(currency, COMPANY), (COMPANY, currency)]])
        for pair in pairs:
            if draw.random() < 0.7:
                add("plan", pair, "", "")
            for _ in range(draw.randint(0, 3)):
                start = some_day()
                add("plan", pair, start, draw.choice(["", str(date.fromisoformat(start) + timedelta(days=draw.randint(0, 40)))]))
            if draw.random() < 0.7:
                add("daily", pair, "2026-04-01", "" if draw.random() < 0.5 else night)
                add("daily", pair, night, night)
    add("plan", (COMPANY, COMPANY), "", "", "7")
    add("plan", ("EUR" if COMPANY != "EUR" else "GBP", COMPANY), "2026-06-01", "2026-05-01", "9")
    add("spot", ("CHF", COMPANY), "", "", "5")
    add("daily", ("CHF", COMPANY), night, night, "0")
    return rows


def new_deal(number):
    amount = draw.choice(["", "0", f"{draw.randint(1, 9_000_000)}", f"{draw.randint(1, 900_000)}.{draw.randint(10, 99)}",
                          f"-{draw.randint(1, 5000)}.5", f"{draw.randint(1, 900)}.{draw.randint(100, 999)}5"])
    return {"id": f"d{number:02}", "owner": draw.choice(list(PEOPLE) + ["", "p9"]),
            "stage": draw.choice(["open", "open", "won", "lost"]),
            "category": draw.choice(["commit", "commit", "best_case", "pipeline"]), "amount": amount,
            "currency": draw.choice(CURRENCIES + ["EUR", "eur", ""]), "close": draw.choice(["", some_day(), some_day(-20, 20)])}


def write(day, name, header, rows):
    path = folder / day
    path.mkdir(parents=True, exist_ok=True)
    with open(path / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header.split(",")] + rows)


deals = [new_deal(number) for number in range(60)]
nights = []
for day in DAYS:
    if nights:
        deals = [new_deal(n) if draw.random() < 0.3 else dict(deal) for n, deal in enumerate(deals) if draw.random() < 0.95]
    rates = rate_rows(day) if not nights or draw.random() < 0.8 else nights[0][1]
    nights.append((deals, rates))
    write(day, "company", "id,name,currency,fiscal_year_start_month", [["c", "Rand", COMPANY, "1"]])
    write(day, "team", "id,name,parent_id", [[t, f"Team {t}", above] for t, above in TEAMS.items()])
    write(day, "person", "id,name,team_id", [[p, f"Person {p}", t] for p, t in PEOPLE.items()])
    write(day, "stage", "id,kind,category", [["open", "open", "pipeline"], ["won", "won", "closed"], ["lost", "lost", "omitted"]])
    write(day, "exchange_rate", "id,kind,from_currency,to_currency,start_date,end_date,rate", rates)
    write(day, "opportunity", "id,name,owner_id,stage_id,forecast_category,amount,currency,close_date",
          [[d["id"], f"Deal {d['id']}", d["owner"], d["stage"], d["category"], d["amount"], d["currency"], d["close"]] for d in deals])


def rounded(value, places):
    """Half away from zero."""
    scaled = abs(value) * 10 ** places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, 10 ** places)


def rate(rows, kind, currency, day):
    for inverse in (False, True):
        pair = (COMPANY, currency) if inverse else (currency, COMPANY)
        found = [row for row in rows if row[1] == kind and (row[2], row[3]) == pair and Fraction(row[6]) > 0
                 and (row[4] or "0001") <= day <= (row[5] or "9999") and (not row[5] or row[4] <= row[5])]
        if found:
            latest = max(row[4] for row in found)
            value = Fraction(min((row for row in found if row[4] == latest), key=lambda row: row[0])[6])
            return rounded(1 / value, 40) if inverse else value
    return None


def converted(amount, currency, value):
    if currency == COMPANY:
        value = Fraction(1)
    return None if value is None else rounded(amount * value, PLACES.get(COMPANY, 2))


def nodes(owner):
    if owner not in PEOPLE:
        return ["Rand", "Unassigned"]
    path, team = ["Rand"], PEOPLE[owner]
    if not team:
        return path + ["No team"]
    while team:
        path.append(f"Team {team}")
        team = TEAMS[team]
    return path


def text(value):
    if value is None:
        return None
    whole = rounded(value, 6)
    sign, size = ("-" if whole < 0 else ""), abs(whole)
    digits = f"{size.numerator // size.denominator}"
    rest = f"{(size - size.numerator // size.denominator) * 10 ** 6}".rjust(6, "0").rstrip("0")
    return sign + digits + ("." + rest if rest else "")


def reckon(day, at_rates_of):
    """Sums by node and currency of a day's deals, at the plan rates that another day's export says."""
    rows, own = nights[DAYS.index(at_rates_of)][1], nights[DAYS.index(day)][1]
    sums = defaultdict(lambda: defaultdict(lambda: defaultdict(Fraction)))
    unrated = []
    dated = any(rate(own, "daily", c, day) is not None for c in CURRENCIES if c != COMPANY)
    for deal in nights[DAYS.index(day)][0]:
        kind = {"open": deal["category"], "won": "closed"}.get(deal["stage"])
        close = deal["close"]
        if kind is None:
            continue
        currency = deal["currency"].upper() or COMPANY
        plan_day = close or day
        market = None if currency == COMPANY else rate(own, "daily", currency, day)
        plan = None if currency == COMPANY else rate(rows, "plan", currency, plan_day)
        in_reach = not close or FIRST <= close < AFTER or (kind != "closed" and close < day and close < FIRST)
        if in_reach and deal["amount"] and currency != COMPANY and (plan is None or (dated and market is None)):
            unrated.append([deal["id"], plan_day if plan is None else None, day if market is None else None])
        if not close or not FIRST <= close < AFTER:
            continue
        for node in nodes(deal["owner"]):
            for name in (currency, "all"):
                cell = sums[node][name]
                if kind in ("closed", "commit"):
                    cell["deals"] += 1
                cell["known"] += 0
                if not deal["amount"]:
                    continue
                amount = Fraction(deal["amount"])
                at_plan, at_day = converted(amount, currency, plan), converted(amount, currency, market)
                if kind in ("closed", "commit"):
                    cell["entered"] += amount
                    cell["plan"] += at_plan or 0
                    if at_plan is not None and at_day is not None:
                        cell["effect"] += at_day - at_plan
                if kind in ("commit", "best_case", "pipeline"):
                    cell["open"] += at_plan or 0
    found = {}
    for node, cells in sums.items():
        foreign = [c for c in cells if c not in ("all", COMPANY)]
        found[node] = {}
        for name, cell in cells.items():
            if name == "all":
                knows = not foreign or any(rate(own, "daily", c, day) is not None for c in foreign)
            else:
                knows = name == COMPANY or rate(own, "daily", name, day) is not None
            found[node][name] = {
                "deals": int(cell["deals"]), "entered": None if name == "all" else text(cell["entered"]),
                "plan": text(cell["plan"]), "open": text(cell["open"]),
                "effect": text(cell["effect"]) if knows else None,
                "day": text(cell["plan"] + cell["effect"]) if knows else None}
    raw = {node: (cells["all"]["plan"], None if found[node]["all"]["effect"] is None else cells["all"]["effect"])
           for node, cells in sums.items()}
    return {"nodes": found, "unrated": sorted(unrated)}, raw


answer = {"period": "FY2026Q2", "currency": COMPANY, "days": {}, "since": {}}
for day in DAYS:
    answer["days"][day], _ = reckon(day, day)
now = reckon(DAYS[1], DAYS[1])[1]
then = reckon(DAYS[0], DAYS[1])[1]
shown = reckon(DAYS[0], DAYS[0])[1]
nothing = (Fraction(0), Fraction(0))
for node in {*now, *then}:
    (plan_then, effect_then), (plan_now, effect_now) = then.get(node, nothing), now.get(node, nothing)
    rates = None if effect_then is None or effect_now is None else effect_now - effect_then
    answer["since"][node] = {
        "then": text(plan_then), "now": text(plan_now), "sales": text(plan_now - plan_then),
        "rate_effect_then": text(effect_then), "rate_effect_now": text(effect_now), "rates": text(rates),
        "total": None if rates is None else text(plan_now - plan_then + rates),
        "shown_then": text(shown.get(node, nothing)[0]),
        "plan_restated": text(plan_then - shown.get(node, nothing)[0])}
print(json.dumps(answer))
