#!/usr/bin/env python3
"""Random nights of a company whose teams and people call, and what its calls come to.

usage: calls.py FOLDER SEED

Writes FOLDER/DAY/*.csv as the mapping `generic` wants them: one night of deals and an organisation, then nights with
nothing but calls, of which some are told late. Prints {day: {category: {node: [calculated, rolled up, submitted,
override, call]}}}. Works from the list of what was said, not from versions: on each day the last word of each kind
said by then, then from the top downwards."""
import csv
import json
import random
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

folder, seed = Path(sys.argv[1]), int(sys.argv[2])
draw = random.Random(seed)
FIRST = date(2026, 5, 4)
DAYS = [FIRST + timedelta(n) for n in range(5)]
ORDER = ["closed", "commit", "most_likely", "best_case", "pipeline"]
RATE = Decimal("1.1")

teams = {f"t{n}": (f"t{draw.randrange(n)}" if n and draw.random() < 0.6 else "") for n in range(draw.randint(1, 5))}
people = {f"p{n}": draw.choice(list(teams)) for n in range(6)}
deals = []
for n in range(30):
    category = draw.choice(["closed", "commit", "best_case", "pipeline", "omitted"])
    deals.append((f"d{n}", draw.choice(list(people)), category, draw.randrange(1, 100000)))

said = []  # (day, minute, id, kind of node, node, category, own or override, basis, amount or None, currency)
for n in range(40):
    kind = draw.choice(["company", "team", "team", "person", "person"])
    node = {"company": "", "team": draw.choice(list(teams)), "person": draw.choice(list(people))}[kind]
    said.append((
        draw.choice(DAYS), n, f"c{n:02}", kind, node, draw.choice(ORDER[1:4:2] + ["commit"]), draw.choice(["own", "override"]),
        draw.choice(["cumulative", "cumulative", "exclusive"]), draw.choice([None, *[draw.randrange(0, 400000)] * 3]),
        draw.choice(["USD", "USD", "EUR"])))


def write(day, name, header, rows):
    place = folder / str(day)
    place.mkdir(parents=True, exist_ok=True)
    with open(place / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header.split(","))
        writer.writerows(rows)


write(FIRST, "company", "id,name,currency,fiscal_year_start_month", [("a", "Acme", "USD", 1)])
write(FIRST, "team", "id,name,parent_id", [(t, t, p) for t, p in teams.items()])
write(FIRST, "person", "id,name,team_id", [(p, p, t) for p, t in people.items()])
write(FIRST, "stage", "id,name,position,kind,category", [("New", "New", 1, "open", "pipeline"), ("Won", "Won", 2, "won", "closed")])
write(FIRST, "exchange_rate", "id,kind,from_currency,to_currency,rate", [("e", "plan", "EUR", "USD", RATE)])
write(FIRST, "opportunity", "id,name,owner_id,stage_id,forecast_category,amount,currency,close_date", [
    (d, d, p, "Won" if c == "closed" else "New", "" if c == "closed" else c, a, "USD", "2026-05-02" if c == "closed" else "2026-06-20")
    for d, p, c, a in deals])
HEADER = "id,node_kind,node_id,period,category,kind,basis,amount,currency,submitted_at"
told = {}
for call in said:
    # Told on its day or on one of the following.
    told.setdefault(min(call[0] + timedelta(draw.choice([0, 0, 1, 2])), DAYS[-1]), []).append(call)
for day, calls in told.items():
    write(day, "call", HEADER, [
        (i, k, n, draw.choice(["FY2026Q2", "fy26q2", "FY26Q02"]), c, o, b, "" if a is None else a, cur, f"{d}T12:{m:02}:00Z")
        for d, m, i, k, n, c, o, b, a, cur in calls])


def dollars(amount, currency):
    return Decimal(amount) * (RATE if currency == "EUR" else 1)


def answer(day, category):
    surer = ORDER[: ORDER.index(category)]

    def deals_of(kind, node):
        def under(team):
            return team != "" and (team == node or under(teams[team]))

        return [d for d in deals if kind == "company" or (kind == "person" and d[1] == node) or (kind == "team" and under(people[d[1]]))]

    def total(kind, node, categories):
        return sum((Decimal(d[3]) for d in deals_of(kind, node) if d[2] in categories), Decimal(0))

    def last(kind, node, which):
        words = [c for c in said if c[0] <= day and (c[3], c[4], c[5], c[6]) == (kind, node, category, which)]
        word = max(words, default=None)
        if word is None or word[8] is None:
            return None
        amount = dollars(word[8], word[9])
        return amount if word[7] == "cumulative" else amount + total(kind, node, surer)

    def children(kind, node):
        if kind == "person":
            return []
        below = [("team", t) for t, p in teams.items() if p == ("" if kind == "company" else node)]
        return below + [("person", p) for p, t in people.items() if kind == "team" and t == node]

    def call(kind, node):
        for which in ("override", "own"):
            word = last(kind, node, which)
            if word is not None:
                return word
        return rolled(kind, node)

    def rolled(kind, node):
        below = children(kind, node)
        return sum((call(*child) for child in below), Decimal(0)) if below else total(kind, node, surer + [category])

    def text(amount):
        return None if amount is None else format(amount.normalize(), "f") if amount else "0"

    return {
        name: [text(total(kind, node, surer + [category])), text(rolled(kind, node)), text(last(kind, node, "own")),
               text(last(kind, node, "override")), text(call(kind, node))]
        for name, kind, node in [("Acme", "company", "")] + [(t, "team", t) for t in teams] + [(p, "person", p) for p in people]
    }


print(json.dumps({str(day): {c: answer(day, c) for c in ("commit", "best_case")} for day in DAYS}))
