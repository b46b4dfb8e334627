#!/usr/bin/env python3
"""Every line of a forecast, from nightly exports in Bellwether's own words (mapping `generic`).

usage: generic.py FOLDER PERIOD AS_OF [ORGANISATION]

FOLDER holds one folder a day (2026-05-04), each with full exports. PERIOD is a label such as FY2026Q2.
Contracts: metrics 1, 2 and 29 (open, categories, past due), as was (open deals by the organisation of
the as-of day, won ones by that of the day they closed) or all by that of the day ORGANISATION, one rounding a
deal, half away from zero, and a node's plan: its own line, else the sum of those below. Of the quarter after
PERIOD what is open, closed + commit, quota and budget.

Walks every deal up the tree on its own; knows neither versions nor SQL."""
import csv
import json
import sys
from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

folder, label, as_of = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
organisation = sys.argv[4] if len(sys.argv) > 4 else None
CATEGORIES = ["closed", "commit", "best_case", "pipeline", "omitted", "unmapped"]
NAMES = CATEGORIES + ["open", "past_due", "undated", "earlier_past_due", "won_undated"]
NEXT = ["next_open", "next_call"]
BY_STAGE = ["commit_by_stage", "best_case_by_stage", "pipeline_by_stage", "omitted_by_stage"]
DAYS = sorted(path.name for path in folder.iterdir())


def state(entity, day):
    """What the newest export up to the day says; before the first, what the first says, but for deals."""
    days = [d for d in DAYS if d <= day]
    if not days and entity == "opportunity":
        return []
    path = folder / (days[-1] if days else DAYS[0]) / (entity + ".csv")
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def keyed(entity, day):
    return {row["id"]: row for row in state(entity, day)}


company = state("company", as_of)[0]
teams, people_now = keyed("team", organisation or as_of), keyed("person", organisation or as_of)
stages = keyed("stage", as_of)
rates = [row for row in state("exchange_rate", as_of) if row["kind"] == "plan"]
START_MONTH = int(company["fiscal_year_start_month"])


def month_start(months):
    return date(months // 12, months % 12 + 1, 1).isoformat()


def quarter(text):
    """First day, day after the last, labels of the months of FY2026Q2; the year is that of its end."""
    year, number = int(text[2:6]), int(text[7])
    start = (year if START_MONTH == 1 else year - 1) * 12 + START_MONTH - 1 + (number - 1) * 3
    months = [f"FY{year:04}M{(number - 1) * 3 + index:02}" for index in (1, 2, 3)]
    return month_start(start), month_start(start + 3), months


def following(text):
    return f"FY{int(text[2:6]) + 1:04}Q1" if text[7] == "4" else f"{text[:7]}{int(text[7]) + 1}"


first, after, months = quarter(label)
next_label = following(label)
next_first, next_after, next_months = quarter(next_label)


def converted(amount, currency, day):
    """In the company's currency, to the cent; None without a plan rate."""
    amount = Decimal(amount)
    rate = Decimal(1)
    if (currency or company["currency"]) != company["currency"]:
        valid = [
            row for row in rates
            if row["from_currency"] == currency and row["to_currency"] == company["currency"]
            and (row["start_date"] or "0001") <= day <= (row["end_date"] or "9999")
        ]
        if not valid:
            return None
        rate = Decimal(max(valid, key=lambda row: row["start_date"] or "0001")["rate"])
    return (amount * rate).quantize(Decimal("0.01"), ROUND_HALF_UP)


def category(deal):
    kind = stages.get(deal["stage_id"], {}).get("kind") or "open"
    if kind == "won":
        return "closed"
    if kind in ("lost", "no_decision"):
        return None
    for word in (deal["forecast_category"], stages.get(deal["stage_id"], {}).get("category")):
        if word in ("commit", "best_case", "pipeline", "omitted"):
            return word
    return "unmapped"


def is_by_stage(deal):
    return deal["forecast_category"] not in ("commit", "best_case", "pipeline", "omitted")


def cells(deal, kind):
    """The sums in which a deal counts."""
    day = deal["close_date"]
    if next_first <= day < next_after:
        names = ["next_open"] if kind in ("commit", "best_case", "pipeline") else []
        return names + (["next_call"] if kind in ("closed", "commit") else [])
    if kind == "closed":
        if not day:
            return ["won_undated"]
        return ["closed"] if first <= day < after else []
    if not day:
        return ["undated"]
    past = day < as_of
    if day < first:
        return ["earlier_past_due"] if past else []
    if day >= after:
        return []
    names = [kind]
    if kind in ("commit", "best_case", "pipeline"):
        names.append("open")
    if past and kind != "omitted":
        names.append("past_due")
    if is_by_stage(deal) and kind + "_by_stage" in BY_STAGE:
        names.append(kind + "_by_stage")
    return names


def above(team):
    """The team and those over it."""
    path = []
    while team in teams:
        path.append(("team", team))
        team = teams[team]["parent_id"]
    return path


def place(owner, team):
    """The nodes from the person up to the company."""
    return [("person", owner, team if team in teams else None)] + (above(team) or [("loose",)]) + [("company",)]


sums = defaultdict(lambda: {name: [Decimal(0), 0] for name in NAMES + NEXT + BY_STAGE})
without_amount = without_rate = 0
names = {}
sums[("company",)]
for team in teams:
    sums[("team", team)]
plans = defaultdict(dict)
for person, row in people_now.items():
    names[person] = row["name"] or person
for deal in state("opportunity", as_of):
    kind = category(deal)
    where = cells(deal, kind) if kind else []
    if not where:
        continue
    day = as_of if kind != "closed" else min(deal["close_date"] or as_of, as_of)
    then = keyed("person", organisation or day)
    owner = deal["owner_id"]
    if owner in then or owner in people_now:
        nodes = place(owner, then.get(owner, {}).get("team_id"))
        names.setdefault(owner, then.get(owner, {}).get("name") or owner)
    else:
        nodes = [("unassigned",), ("company",)]
    amount = Decimal(0)
    is_later = where[0] in NEXT
    if deal["amount"]:
        amount = converted(deal["amount"], deal["currency"], deal["close_date"] or as_of)
        without_rate += amount is None and not is_later
    else:
        without_amount += not is_later
    for node in nodes:
        for name in where:
            sums[node][name][0] += amount or 0
            sums[node][name][1] += 1

# Plans: of a node's lines those of the very period count before those of its months, those for the whole
# business before those for its parts.
lines_of = defaultdict(list)
for row in state("plan_line", as_of):
    amount = converted(row["amount"], row["currency"], as_of)
    if amount is not None:
        node = ("company",) if row["node_kind"] == "company" else (row["node_kind"], row["node_id"])
        lines_of[row["kind"], node].append((row["period"], row["business_line"], amount))


def whole(lines):
    all_business = [line for line in lines if not line[1]]
    return sum((line[2] for line in all_business or lines), Decimal(0))


def own_plans(label, months):
    own = defaultdict(dict)
    for (kind, node), lines in lines_of.items():
        for labels in ([label], months):
            chosen = [line for line in lines if line[0] in labels]
            if chosen:
                own[node][kind] = sum(
                    (whole([line for line in chosen if line[0] == part]) for part in labels), Decimal(0))
                break
    return own


own_plan, own_next = own_plans(label, months), own_plans(next_label, next_months)

# People of the organisation are lines even without deals: those in a team, and those with a plan.
for person, row in people_now.items():
    team = row["team_id"] if row["team_id"] in teams else None
    if team or own_plan.get(("person", person)) or own_next.get(("person", person)):
        for node in place(person, team):
            sums[node]


def home(person):
    team = people_now.get(person, {}).get("team_id")
    return team if team in teams else None


def plan(node, kind, own_plan=own_plan):
    """Own line, else the sum of the nodes directly below, else None."""
    if node[0] == "person":
        at_home = node[1] in people_now and home(node[1]) == node[2]
        return own_plan.get(("person", node[1]), {}).get(kind) if at_home else None
    own = own_plan.get(node, {}).get(kind)
    if own is not None:
        return own
    if node[0] == "team":
        below = [n for n in sums if n[0] == "person" and n[2] == node[1]]
        below += [("team", t) for t, row in teams.items() if row["parent_id"] == node[1]]
    elif node[0] == "loose":
        below = [n for n in sums if n[0] == "person" and n[2] is None]
    elif node[0] == "company":
        below = [("team", t) for t, row in teams.items() if row["parent_id"] not in teams]
        below += [("loose",)] if ("loose",) in sums else []
    else:
        below = []
    values = [value for value in (plan(n, kind, own_plan) for n in below) if value is not None]
    return sum(values, Decimal(0)) if values else None


def titled(node):
    """Level, parent and name as the table has them."""
    team_name = lambda team: teams[team]["name"] or team
    top = company["name"] or company["id"]
    if node[0] == "company":
        return "company", None, top
    if node[0] == "team":
        parent = teams[node[1]]["parent_id"]
        return "team", team_name(parent) if parent in teams else top, team_name(node[1])
    if node[0] == "person":
        return "person", team_name(node[2]) if node[2] else "No team", names[node[1]]
    return "team", top, "No team" if node[0] == "loose" else "Unassigned"


def plain(number):
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


lines = []
for node, line in sums.items():
    level, parent, name = titled(node)
    lines.append({
        "level": level, "parent": parent, "node": name,
        **{name: plain(line[name][0]) for name in NAMES + NEXT},
        **{name + "_count": line[name][1] for name in NAMES + BY_STAGE},
        **{kind: None if plan(node, kind) is None else plain(plan(node, kind)) for kind in ("quota", "budget")},
        **{
            "next_" + kind: None if plan(node, kind, own_next) is None else plain(plan(node, kind, own_next))
            for kind in ("quota", "budget")
        },
    })
print(json.dumps({"lines": lines, "without_amount": without_amount, "without_rate": without_rate}))
