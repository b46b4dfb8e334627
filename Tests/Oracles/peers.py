#!/usr/bin/env python3
"""Win rates of people, each drawn towards that of all, and what became of requests for help, reckoned from the exports of one night alone.

usage: peers.py FOLDER NIGHT SINCE FIRST LAST

SINCE is the first day of the deals that count for peers, FIRST and LAST those of the period of requests and meetings. Prints {weight, overall,
people: {id: [won, decided, shrunk]}, requests: {standing: [count, ended, won, hours]}, success: {standing: count}, cadence: {"kind|team": [planned,
held]}, ramp: {person: days to the first win or null}, median: days}."""
import csv
import datetime
import json
import sys
from collections import defaultdict
from pathlib import Path

ROOT, NIGHT, SINCE, FIRST, LAST = Path(sys.argv[1]), *sys.argv[2:6]


def read(entity):
    path = ROOT / NIGHT / f"{entity}.csv"
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, strict=True))


def days(first, last):
    return (datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days


stages = {row["id"]: row["kind"] for row in read("stage")}
deals = {row["id"]: row for row in read("opportunity")}
sums = defaultdict(lambda: [0, 0])
wins = defaultdict(list)
for deal in deals.values():
    kind = stages[deal["stage_id"]]
    if kind == "won":
        wins[deal["owner_id"]].append(deal["close_date"])
    if kind != "open" and SINCE <= deal["close_date"] <= NIGHT:
        sums[deal["owner_id"]][0] += kind == "won"
        sums[deal["owner_id"]][1] += 1
total = sum(n for _, n in sums.values())
overall = sum(won for won, _ in sums.values()) / total
degrees = len(sums) - 1
spread = sum(n * (won / n - overall) ** 2 for won, n in sums.values())
room = total - sum(n * n for _, n in sums.values()) / total - degrees
variance = (spread - degrees * overall * (1 - overall)) / room
weight = overall * (1 - overall) / variance - 1 if variance > 0 else None

requests = defaultdict(lambda: [0, 0, 0, 0])
for row in read("resource_request"):
    if not FIRST <= row["requested_date"] <= min(LAST, NIGHT):
        continue
    granted = row["status"] in ("granted", "done")
    standing = ("pending" if row["status"] == "open" else "refused" if not granted
                else "exception" if row["is_exception"] == "true" else "qualified")
    kind = stages[deals[row["opportunity_id"]]["stage_id"]]
    line = requests[standing]
    line[0] += 1
    line[1] += kind != "open"
    line[2] += kind == "won"
    line[3] += int(row["hours"])

success = defaultdict(int)
for row in read("success_factor"):
    if row["reviewed_date"]:
        success["met" if row["is_met"] == "true" else "missed"] += 1
    else:
        success["overdue" if days(row["target_date"], NIGHT) > 7 else "open"] += 1

cadence = defaultdict(lambda: [0, 0])
for row in read("meeting"):
    if FIRST <= row["planned_at"][:10] <= min(LAST, NIGHT):
        cadence[f"{row['kind']}|{row['node_id']}"][0] += 1
        cadence[f"{row['kind']}|{row['node_id']}"][1] += bool(row["held_at"])

ramp, lives = {}, []
for row in read("person"):
    if SINCE <= row["start_date"] <= NIGHT:
        first = min((day for day in wins[row["id"]] if day >= row["start_date"]), default=None)
        ramp[row["name"]] = days(row["start_date"], first) if first else None
        lives.append((days(row["start_date"], first or NIGHT), first is not None))
share, median = 1.0, None
for day in sorted({length for length, ended in lives if ended}):
    ended = sum(length == day and has_ended for length, has_ended in lives)
    share *= 1 - ended / sum(length >= day for length, _ in lives)
    if median is None and share <= 0.5 + 1e-12:
        median = day
print(json.dumps({
    "weight": weight, "overall": overall,
    "people": {key: [won, n, (won + overall * weight) / (n + weight) if weight else overall]
               for key, (won, n) in sums.items()},
    "requests": requests, "success": success, "cadence": cadence, "ramp": ramp, "median": median,
}))
