#!/usr/bin/env python3
"""Frozen periods and restatements of a random history of full snapshots, reckoned from the files alone.

usage: frozen.py HISTORY.json FIRST_DAY LAST_DAY

HISTORY.json is a list of loads in order: {"load": 1, "day": "2026-04-01", "folder": "…"} or {"load": 3, "undoes": 1}.
For each load, as known at it: where the period is frozen, and of each deal and team what was closed then, what of it a load
changed, and what the CRM changed since; and the way of each team from what it had in closed + commit on the period's last
day to what was closed in the end. One source, all files complete; a day shows the newest snapshot up to it."""
import csv
import json
import sys
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

history = json.loads(Path(sys.argv[1]).read_text())
FIRST, LAST = (date.fromisoformat(text) for text in sys.argv[2:4])


def rows(folder, name):
    with open(Path(folder) / f"{name}.csv", newline="", encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


files = {
    event["load"]: {name: rows(event["folder"], name) for name in ("company", "person", "stage", "opportunity", "exchange_rate", "holiday")}
    for event in history if "folder" in event
}


def live(load):
    """The content of each day, as known at a load."""
    undone = set()
    for event in reversed(history):
        # An undo that was itself undone takes nothing back.
        if "undoes" in event and event["load"] <= load and event["load"] not in undone:
            undone.add(event["undoes"])
    return {
        date.fromisoformat(event["day"]): files[event["load"]]
        for event in history if "folder" in event and event["load"] <= load and event["load"] not in undone
    }


def on(days, day, is_assumed=False):
    """What a day shows: the newest snapshot up to it; of reference data the first one for days before it."""
    known = [known for known in days if known <= day]
    if known:
        return days[max(known)]
    return days[min(days)] if is_assumed and days else None


def freeze_day(days):
    company = next(iter(days[max(days)]["company"].values()), {}) if days else {}
    holidays = {row["holiday_date"] for row in days[max(days)]["holiday"].values()} if days else set()
    left = int(company.get("freeze_business_day") or 3)
    if left < 1:
        return None
    day = LAST
    while left:
        day += timedelta(1)
        if day.weekday() < 5 and day.isoformat() not in holidays:
            left -= 1
    return day


def closed(days, day):
    """By deal: (team, amount in the company's currency, owner) of what is won in the period as of a day."""
    shown = on(days, day)
    found = {}
    for key, deal in (shown["opportunity"] if shown else {}).items():
        reference = on(days, day, True)
        stage = reference["stage"].get(deal["stage_id"])
        date_text = deal["close_date"]
        if not stage or stage["kind"] != "won" or not date_text:
            continue
        close = date.fromisoformat(date_text)
        if not FIRST <= close <= LAST:
            continue
        rate = Decimal(1) if deal["currency"] == "USD" else Decimal(
            next(row["rate"] for row in reference["exchange_rate"].values() if row["from_currency"] == deal["currency"]))
        amount = (Decimal(deal["amount"] or 0) * rate).quantize(Decimal("0.01"), ROUND_HALF_UP)
        person = on(days, min(close, day), True)["person"].get(deal["owner_id"])
        found[key] = (person["team_id"] if person else None, amount, deal["owner_id"])
    return found


def covered(load):
    """The day that is read, when the load covers the freeze day."""
    days = live(load)
    freeze = freeze_day(days)
    if not freeze or not days or min(days) > freeze:
        return None
    later = [day for day in days if day >= freeze]
    return (freeze, min(later)) if later else None


def moments(days, day):
    """Every deal as of a day: (kind, category, close date, amount, currency, amount at plan, team)."""
    shown, reference = on(days, day), on(days, day, True)
    found = {}
    for key, deal in (shown["opportunity"] if shown else {}).items():
        kind = reference["stage"][deal["stage_id"]]["kind"]
        category = {"won": "closed", "open": deal["forecast_category"] or "pipeline"}.get(kind, "omitted")
        close = date.fromisoformat(deal["close_date"]) if deal["close_date"] else None
        when = day if kind == "open" or not close else min(close, day)
        person = on(days, when, True)["person"][deal["owner_id"]]
        amount = Decimal(deal["amount"])
        found[key] = (kind, category, close, amount, deal["currency"], at_plan(days, day, amount, deal["currency"]), person["team_id"])
    return found


def at_plan(days, day, amount, currency):
    rows_of_day = on(days, day, True)["exchange_rate"].values()
    rate = Decimal(1) if currency == "USD" else Decimal(next(row["rate"] for row in rows_of_day if row["from_currency"] == currency))
    return (amount * rate).quantize(Decimal("0.01"), ROUND_HALF_UP)


def way(days, end_day, is_over):
    """By team: the steps from closed + commit on the last day of the period to what is closed on a later day."""
    def is_in(deal):
        return deal[2] is not None and FIRST <= deal[2] <= LAST

    then, end = moments(days, LAST), moments(days, end_day)
    steps = {}

    def book(teams, step, amount):
        for team in teams:
            found = steps.setdefault(team, {}).setdefault(step, [Decimal(0), 0])
            found[0] += amount
            found[1] += 1

    for key in then.keys() | end.keys():
        old, new = then.get(key), end.get(key)
        was = old is not None and is_in(old) and old[1] in ("closed", "commit")
        won = new is not None and is_in(new) and new[0] == "won"
        if was:
            if new is None:
                book(["company", old[6]], "gone", -old[5])
                continue
            if new[6] != old[6] and old[5]:
                book([old[6]], "moved_out", -old[5])
                book([new[6]], "moved_in", old[5])
            nodes = ["company", new[6]]
            if won:
                valued = at_plan(days, LAST, new[3], new[4]) if new[4] == old[4] and new[5] != old[5] else new[5]
                if valued != old[5]:
                    book(nodes, "closed_below" if valued < old[5] else "closed_above", valued - old[5])
                if new[5] != valued:
                    book(nodes, "currency", new[5] - valued)
            else:
                earlier = new[2] is not None and new[2] < FIRST
                if new[0] == "lost":
                    step = "lost"
                elif new[0] == "won":
                    step = "pulled_out" if earlier else "slipped"
                elif old[0] == "won":
                    step = "reopened"
                else:
                    step = "pulled_out" if earlier else "still_open" if is_in(new) and not is_over else "slipped"
                book(nodes, step, -old[5])
        elif won:
            if old is None:
                step = "created"
            elif old[0] == "lost":
                step = "revived"
            elif old[0] == "won" or not is_in(old):
                step = "pulled_in"
            else:
                step = {"best_case": "won_from_best_case", "pipeline": "won_from_pipeline"}.get(old[1], "won_from_omitted")
            book(["company", new[6]], step, new[5])
        if won:
            book(["company", new[6]], "actual", new[5])
    return {team: {step: f"{amount:.2f} {count}" for step, (amount, count) in found.items()} for team, found in steps.items()}


def miss(at, load):
    """The way as it is told at a load; None where one of its ends is not known or not over."""
    days = live(at[0] if at else load)
    end_day = at[2] if at else max(days, default=None)
    if end_day is None or min(days) > LAST or end_day <= LAST:
        return None
    return way(days, end_day, at is not None)


answers = []
frozen = None
for event in history:
    load = event["load"]
    if frozen is None and covered(load):
        frozen = (load, *covered(load))
    days = live(load)
    newest = max(days, default=None)
    if frozen is None or newest is None or newest < frozen[2]:
        answers.append({"load": load, "frozen": None, "miss": miss(None, load)})
        continue
    at, freeze, day = frozen
    points = [closed(live(at), day), closed(days, day), closed(days, newest)]
    deals, teams = {}, {}
    for place, point in enumerate(points):
        for key, (team, amount, _) in point.items():
            deals.setdefault(key, [Decimal(0)] * 3)[place] += amount
            for node in {team or "", "company"}:
                teams.setdefault(node, [Decimal(0)] * 3)[place] += amount
    changed = sorted(
        f"{cause} {key} {(new.get(key, (0, 0))[1] - old.get(key, (0, 0))[1]):.2f}"
        for cause, old, new in (("load", points[0], points[1]), ("CRM", points[1], points[2]))
        for key in old.keys() | new.keys() if old.get(key) != new.get(key))
    answers.append({
        "load": load, "miss": miss(frozen, load), "frozen": {"load": at, "on": freeze.isoformat(), "day": day.isoformat()}, "changes": changed,
        "nodes": {node: [f"{amount:.2f}" for amount in amounts] for node, amounts in teams.items()},
    })
print(json.dumps({"answers": answers}))
