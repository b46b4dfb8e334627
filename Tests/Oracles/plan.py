#!/usr/bin/env python3
"""What is planned for a period, node by node, from one day's exports in Bellwether's own words (mapping `generic`).

usage: plan.py FOLDER PERIOD AS_OF RAMP

FOLDER holds company.csv, team.csv, person.csv and plan_line.csv, all amounts in the company's currency, years of
months. PERIOD is a label such as FY2026Q2. RAMP is the share of a quota that counts on a day before its person is
ramped. Walks every person up the tree on its own; knows neither versions nor SQL.

Prints rows (node, level, the figures as texts), what counts in no plan by reason, what is planned for a longer period
alone, and the ids of lines that are said twice, of whatever period."""
import csv
import json
import re
import sys
from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

folder, label, as_of, ramp = Path(sys.argv[1]), sys.argv[2], date.fromisoformat(sys.argv[3]), Fraction(sys.argv[4])
KINDS = ["quota", "budget", "target", "guidance"]


def read(entity):
    with open(folder / f"{entity}.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


company = read("company")[0]
teams = {row["id"]: row for row in read("team")}
people = {row["id"]: row for row in read("person")}
START_MONTH = int(company["fiscal_year_start_month"])


def span(text):
    """The first day of a label's period and the day after its last; None for what is no label."""
    found = re.fullmatch(r"FY(\d{4}|\d{2})(?:Q0?([1-4])|[MP](0?[1-9]|1[0-2]))?", text.upper())
    if not found:
        return None
    year, quarter, month = found.groups()
    year = int(year) + (2000 if len(year) == 2 else 0)
    first = (year if START_MONTH == 1 else year - 1) * 12 + START_MONTH - 1
    length = 12
    if quarter:
        first, length = first + (int(quarter) - 1) * 3, 3
    if month:
        first, length = first + int(month) - 1, 1
    return tuple(date(n // 12, n % 12 + 1, 1) for n in (first, first + length))


def length(period):
    """How many months."""
    first, after = period
    return (after.year - first.year) * 12 + after.month - first.month


asked = span(label)
counted, uncounted, twice, seen = [], defaultdict(int), [], set()
for row in sorted(read("plan_line"), key=lambda row: row["id"]):
    period = span(row["period"]) if row["period"] else None
    if not period and row["start_date"] and row["end_date"]:
        first, last = date.fromisoformat(row["start_date"]), date.fromisoformat(row["end_date"])
        after = last + timedelta(1)
        # A period of this calendar begins with a month and has 1, 3 or 12 of them, in step with the year.
        whole = first.day == after.day == 1 and length((first, after)) in (1, 3, 12)
        step = (first.month - START_MONTH) % 12 % length((first, after)) == 0 if whole else False
        if not step:
            if first < asked[1] and last >= asked[0]:
                uncounted["plan_period_unknown"] += 1
            continue
        period = (first, after)
    if not period:
        continue
    is_near = (period[0] >= asked[0] and period[1] <= asked[1]) or (period[0] <= asked[0] and period[1] >= asked[1])

    def drop(reason):
        if is_near:
            uncounted[reason] += 1

    if row["kind"] not in KINDS:
        drop("plan_kind_unknown")
    elif row["node_kind"] not in ("company", "team", "person"):
        drop("plan_node_kind_unknown")
    elif not row["amount"]:
        drop("plan_amount_missing")
    elif row["kind"] == "quota" and Decimal(row["amount"]) < 0:
        drop("plan_quota_negative")
    else:
        node = (row["node_kind"], "" if row["node_kind"] == "company" else row["node_id"])
        subject = (row["kind"], node, period, row["business_line"], (row["measure"] or "bookings").lower())
        if subject in seen:
            drop("plan_line_twice")
            twice.append(row["id"])
        else:
            seen.add(subject)
            if is_near and subject[4] == "bookings":
                counted.append((*subject[:4], Decimal(row["amount"])))


def chosen(kind, node, line=None):
    """What the node's own lines plan for the period: (amount, whether in parts alone), else the longer period."""
    own = [row for row in counted if row[0] == kind and row[1] == node and line in (None, row[3])]
    for months in (12, 3, 1):
        inside = [row for row in own if length(row[2]) == months and asked[0] <= row[2][0] and row[2][1] <= asked[1]]
        if not inside:
            continue
        total = Decimal(0)
        for period in {row[2] for row in inside}:
            here = [row for row in inside if row[2] == period]
            whole = [row for row in here if not row[3]]
            total += sum(row[4] for row in (whole or here))
        return total
    return None


def longer():
    found = defaultdict(int)
    for kind, node in {(row[0], row[1]) for row in counted}:
        is_there = node[0] == "company" or node[1] in (teams if node[0] == "team" else people)
        if chosen(kind, node) is not None or not is_there:
            continue
        own = [row for row in counted if row[0] == kind and row[1] == node]
        nearest = min(length(row[2]) for row in own)
        found[kind, nearest] += 1
    names = {12: label[:6], 3: f"{label[:6]}Q{(int(label[7:]) + 2) // 3}" if label[6:7] == "M" else ""}
    return sorted(
        f"{kind} of {count} node{'s' if count != 1 else ''} is planned for {names[months]} alone"
        for (kind, months), count in found.items())


def day(text):
    return date.fromisoformat(text) if text else None


def days_between(first, after):
    return max(0, (after - first).days)


def asked_of(person, line):
    """(people, sum, prorated, ramping) of one person's quota."""
    quota = chosen("quota", ("person", person["id"]), line)
    if quota is None:
        return (0, Decimal(0), Decimal(0), Decimal(0))
    there = [
        d for d in (asked[0] + timedelta(n) for n in range(days_between(*asked)))
        if (not person["start_date"] or d >= day(person["start_date"]))
        and (not person["end_date"] or d <= day(person["end_date"]))
    ]
    ramped, role = day(person["ramped_date"]), day(person["role_start_date"])

    def is_ramping(d):
        return ramped is not None and d < ramped and (role is None or d >= role)

    weight = sum((ramp if is_ramping(d) else 1) for d in there)
    part = Fraction(quota) * weight / days_between(*asked)
    cents = part * 100
    rounded = Decimal(int(cents + Fraction(1, 2))) / 100
    return (1, quota, rounded, quota if is_ramping(as_of) else Decimal(0))


def below(team):
    return [other["id"] for other in teams.values() if other["parent_id"] == team and other["id"] != team]


def members(team):
    return [p for p in people.values() if p["team_id"] == team]


def loose():
    return [p for p in people.values() if p["team_id"] not in teams]


roots = [t["id"] for t in teams.values() if t["parent_id"] not in teams]


def plan(kind, node, line):
    """The node's own plan, else the sum of those below; None where there is neither."""
    if node[0] != "no team":
        own = chosen(kind, node, line)
        if own is not None:
            return own
    if node[0] == "company":
        children = [("team", t) for t in roots] + [("no team", "")]
    elif node[0] == "team":
        children = [("person", p["id"]) for p in members(node[1])] + [("team", t) for t in below(node[1])]
    elif node[0] == "no team":
        children = [("person", p["id"]) for p in loose()]
    else:
        children = []
    parts = [part for part in (plan(kind, child, line) for child in children) if part is not None]
    return sum(parts) if parts else None


def crew(node):
    if node[0] == "person":
        return [people[node[1]]]
    if node[0] == "no team":
        return loose()
    if node[0] == "company":
        return list(people.values())
    return members(node[1]) + [p for t in below(node[1]) for p in crew(("team", t))]


def text(number):
    if number is None:
        return None
    number = Decimal(number)
    plain = f"{number:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain


def figures(node, line=None):
    plans = {kind: plan(kind, node, line) for kind in KINDS}
    quotas = [asked_of(person, line) for person in crew(node)]
    count, total, prorated, ramping = (sum(part[n] for part in quotas) for n in range(4))
    own = chosen("quota", node, line) if node[0] in ("company", "team") else None
    row = {kind: text(amount) for kind, amount in plans.items()}
    row |= {
        "people": count or None,
        "people_quota": text(total) if count else None,
        "prorated": text(prorated) if count else None,
        "ramping": text(ramping) if count else None,
        "over_quota": float(total / own) if count and own is not None and own > 0 else None,
        "over_budget": float(plans["quota"] / plans["budget"])
        if plans["quota"] is not None and plans["budget"] is not None and plans["budget"] > 0
        else None,
    }
    return row


rows = []
for node, name, level in (
    [(("company", ""), company["name"], "company")]
    + [(("team", t["id"]), t["name"], "team") for t in teams.values()]
    + ([(("no team", ""), "No team", "team")])
    + [(("person", p["id"]), p["name"], "person") for p in people.values()]
):
    own = figures(node)
    if node[0] in ("person", "no team") and all(own[kind] is None for kind in KINDS):
        continue
    rows.append({"node": name, "level": level, **own})
    if level == "person":
        continue
    named = sorted({row[3] for row in counted if row[3]})
    parts = [(line, figures(node, line)) for line in named]
    parts = [(line, part) for line, part in parts if any(part[kind] is not None for kind in KINDS)]
    for line, part in parts:
        rows.append({"node": line, "level": "line", "parent": name, **part})
    if not parts:
        continue
    rest = {}
    for kind in KINDS:
        whole = own[kind]
        spare = None if whole is None else Decimal(whole) - sum(Decimal(part[kind] or 0) for _, part in parts)
        rest[kind] = text(spare) if spare else None
    if any(rest.values()):
        over = None
        if rest["quota"] and rest["budget"] and Decimal(rest["budget"]) > 0:
            over = float(Decimal(rest["quota"]) / Decimal(rest["budget"]))
        empty = {key: None for key in ("people", "people_quota", "prorated", "ramping", "over_quota")}
        rows.append({"node": "of no line", "level": "line", "parent": name, **rest, **empty, "over_budget": over})

print(json.dumps({"rows": rows, "uncounted": uncounted, "longer": longer(), "twice": sorted(twice)}))
