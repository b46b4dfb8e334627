#!/usr/bin/env python3
"""Frozen periods and restatements of a random history of full snapshots, reckoned from the files alone.

usage: frozen.py HISTORY.json FIRST_DAY LAST_DAY

HISTORY.json is a list of loads in order: {"load": 1, "day": "2026-04-01", "folder": "…"} or {"load": 3, "undoes": 1}.
For each load, as known at it: where the period is frozen, and of each deal and team what was closed then, what of it a load
changed, and what the CRM changed since. One source, all files complete; a day shows the newest snapshot up to it."""
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


answers = []
frozen = None
for event in history:
    load = event["load"]
    if frozen is None and covered(load):
        frozen = (load, *covered(load))
    days = live(load)
    newest = max(days, default=None)
    if frozen is None or newest is None or newest < frozen[2]:
        answers.append({"load": load, "frozen": None})
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
        "load": load, "frozen": {"load": at, "on": freeze.isoformat(), "day": day.isoformat()}, "changes": changed,
        "nodes": {node: [f"{amount:.2f}" for amount in amounts] for node, amounts in teams.items()},
    })
print(json.dumps({"answers": answers}))
