#!/usr/bin/env python3
"""Which milestones deals reached, who gets stuck, what a set of them is worth and how much of what is open is qualified, reckoned
from the exports of one night with the CRM's field history alone.

usage: milestones.py FOLDER NIGHT [LANDMARK]

Prints {milestones: {id: [came, reached, bare, stuck]}, people: {"person id|milestone": [came, reached, p, adjusted]}, sets: {"stage|milestones":
[ended, won, lift, smoothed, p, adjusted]}, qualification: {category: [deals, amount, unknown, functional, financial, political, complete,
qualified, qualified amount]}}."""
import csv
import datetime
import json
import math
import sys
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

ROOT, NIGHT = Path(sys.argv[1]), sys.argv[2]
LANDMARK = int(sys.argv[3]) if len(sys.argv) > 3 else 14
MINIMUM = 10


def read(entity):
    path = ROOT / NIGHT / f"{entity}.csv"
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, strict=True))


def date(text):
    return datetime.date.fromisoformat(text)


def fisher(a, n, b, m):
    """Two-sided, of a of n against b of m."""
    hits, all_ = a + b, n + m
    total = math.comb(all_, hits)
    def chance(x):
        return math.comb(n, x) * math.comb(m, hits - x) / total
    seen = chance(a)
    return min(1.0, sum(
        chance(x) for x in range(max(0, hits - m), min(n, hits) + 1) if chance(x) <= seen * (1 + 1e-7)))


def p_value(own, n, others, m):
    if min(own, n - own, others, m - others) < 5:
        return fisher(own, n, others, m)
    pooled = (own + others) / (n + m)
    z = (own / n - others / m) / math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return math.erfc(abs(z) / math.sqrt(2))


def adjusted(values):
    order = sorted(range(len(values)), key=lambda place: -values[place])
    found, least = [0.0] * len(values), 1.0
    for rank, place in zip(range(len(values), 0, -1), order):
        least = min(least, values[place] * len(values) / rank)
        found[place] = least
    return found


AS_OF = date(NIGHT)
stages = {row["id"]: row for row in read("stage")}
deals = {row["id"]: row for row in read("opportunity")}
milestones = {row["id"]: row for row in read("milestone")}


def kind(deal):
    return stages[deal["stage_id"]]["kind"]


claimed, reached = {}, {}
for row in read("milestone_claim"):
    key, day = (row["opportunity_id"], row["milestone_id"]), date(row["reached_date"])
    if day > AS_OF or row.get("withdrawn_date") and date(row["withdrawn_date"]) <= AS_OF:
        continue
    claimed[key] = min(day, claimed.get(key, day))
    if row["evidence_kind"] and row["evidence_date"] and date(row["evidence_date"]) <= AS_OF:
        reached[key] = min(day, reached.get(key, day))
start = min(claimed.values())

paths = defaultdict(list)
for row in sorted(read("field_change"), key=lambda row: int(row["sequence"])):
    if row["field"] == "stage_id":
        paths[row["record_id"]].append((row["old_value"], row["new_value"], row["changed_at"][:10]))

# The first day of which anything is known: the oldest change of any deal.
first_known = min(row["changed_at"][:10] for row in read("field_change"))
rows = []
for key, deal in deals.items():
    if not deal["created_date"] or date(deal["created_date"]) < start:
        continue
    path = paths[key]
    days = {}
    if not path:
        days[deal["created_date"]] = deal["stage_id"]
    elif path[0][0] or path[0][2] > deal["created_date"]:
        # Before its first change it was what that change says that it was, from its creation on.
        days[deal["created_date"]] = path[0][0]
    for _, new, day in path:
        days[day] = new
    arrivals = {}
    for day in sorted(days):
        if days[day]:
            arrivals.setdefault(days[day], date(day))
    order = sorted(arrivals.items(), key=lambda item: item[1])
    for place, (stage, arrived) in enumerate(order):
        moved = order[place + 1][1] if place + 1 < len(order) else None
        for name, milestone in milestones.items():
            if milestone["stage_id"] == stage:
                usual = int(milestone["usual_days"] or 15)
                had_time = moved is not None or kind(deal) != "open" or (AS_OF - arrived).days >= 2 * usual
                rows.append((key, name, stage, arrived, moved, had_time))

sums, people = defaultdict(lambda: [0, 0, 0, 0]), defaultdict(lambda: [0, 0])
for key, name, stage, arrived, moved, had_time in rows:
    if not had_time:
        continue
    is_reached = (key, name) in reached
    line = sums[name]
    line[0] += 1
    line[1] += is_reached
    line[2] += not is_reached and (key, name) in claimed
    line[3] += not is_reached and kind(deals[key]) == "open" and moved is None
    person = people[deals[key]["owner_id"], name]
    person[0] += 1
    person[1] += is_reached
tested, values = [], []
for (person, name), (came, own) in people.items():
    others, all_ = sums[name][1] - own, sums[name][0] - came
    if came >= MINIMUM and all_ >= MINIMUM:
        tested.append((person, name))
        values.append(p_value(own, came, others, all_))
found = dict(zip(tested, zip(values, adjusted(values))))

at_landmark = defaultdict(set)
for key, name, stage, arrived, moved, _ in rows:
    day = arrived + datetime.timedelta(LANDMARK)
    deal = deals[key]
    if kind(deal) == "open" or date(deal["close_date"]) <= day:
        continue
    if str(arrived) == first_known and deal["created_date"] < first_known:
        continue
    at_landmark[key, stage] |= {name} if reached.get((key, name), AS_OF + datetime.timedelta(1)) <= day else set()
sets, alone = defaultdict(lambda: [0, 0]), defaultdict(lambda: [0, 0])
for (key, stage), names in at_landmark.items():
    for line in (sets[stage, frozenset(names)], alone[stage]):
        line[0] += 1
        line[1] += kind(deals[key]) == "won"


def smoothed(stage):
    """Pool adjacent violators over the number of milestones."""
    by_count = defaultdict(lambda: [0, 0])
    for (other, names), (ended, won) in sets.items():
        if other == stage:
            by_count[len(names)][0] += ended
            by_count[len(names)][1] += won
    blocks = []
    for count in sorted(by_count):
        blocks.append([[count], *by_count[count]])
        while len(blocks) > 1 and blocks[-2][2] / blocks[-2][1] > blocks[-1][2] / blocks[-1][1]:
            last = blocks.pop()
            blocks[-1] = [blocks[-1][0] + last[0], blocks[-1][1] + last[1], blocks[-1][2] + last[2]]
    return {count: won / ended for counts, ended, won in blocks for count in counts}


order = [key for key, (ended, _) in sets.items() if ended >= MINIMUM and alone[key[0]][0] - ended >= MINIMUM]
values = [p_value(sets[key][1], sets[key][0], alone[key[0]][1] - sets[key][1], alone[key[0]][0] - sets[key][0])
          for key in order]
chances = dict(zip(order, zip(values, adjusted(values))))


def name_of(key):
    names = sorted((milestones[name] for name in key[1]), key=lambda row: int(row["position"]))
    return f"{stages[key[0]]['name']}|{', '.join(row['name'] for row in names) or 'None'}"


def line_of(key):
    ended, won = sets[key]
    all_ended, all_won = alone[key[0]]
    lift = won / ended / (all_won / all_ended) if ended >= MINIMUM and all_won else None
    return [ended, won, lift, smoothed(key[0])[len(key[1])] if all_ended >= MINIMUM else None,
            *(chances.get(key) or (None, None))]


rate = next(Decimal(row["rate"]) for row in read("exchange_rate") if row["kind"] == "plan")
known = defaultdict(dict)
for row in read("qualification"):
    if not row["assessed_date"] or date(row["assessed_date"]) <= AS_OF:
        before = known[row["opportunity_id"]].get(row["criterion"])
        known[row["opportunity_id"]][row["criterion"]] = row["is_met"] == "true" or before is True
triad = defaultdict(lambda: [0, Decimal(0), 0, 0, 0, 0, 0, 0, Decimal(0)])
for key, deal in deals.items():
    if kind(deal) != "open":
        continue
    amount = Decimal(deal["amount"] or 0)
    if deal["currency"] == "EUR":
        amount = (amount * rate).quantize(Decimal("0.01"), ROUND_HALF_UP)
    judged = [known[key].get(name) for name in ("functional", "financial", "political")]
    category = deal["forecast_category"] or stages[deal["stage_id"]]["category"]
    for line in (triad[category], triad["all"]):
        line[0] += 1
        line[1] += amount
        line[2] += all(value is None for value in judged)
        for place, value in enumerate(judged):
            line[3 + place] += value is True
        line[6] += all(value is not None for value in judged)
        line[7] += all(value is True for value in judged)
        line[8] += amount if all(value is True for value in judged) else 0

print(json.dumps({
    "milestones": sums,
    "people": {f"{person}|{name}": [*line, *(found.get((person, name)) or (None, None))]
               for (person, name), line in people.items()},
    "sets": {name_of(key): line_of(key) for key in sets},
    "qualification": {name: [str(value) if isinstance(value, Decimal) else value for value in line]
                      for name, line in triad.items()},
}))
