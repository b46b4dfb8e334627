#!/usr/bin/env python3
"""What the weekly report and the generation of pipeline must say, reckoned from exports alone.

usage: volume.py sample FOLDER PERIOD PRESENT     the invented company: one night with the CRM's field history
       volume.py maven FOLDER PERIOD PRESENT      one snapshot of PRESENT, nothing known of before
       volume.py dtc FOLDER PERIOD PRESENT

Fiscal years are calendar years. Prints `weeks`: for company, teams and people the figures of five weeks of seven days up
to PRESENT, the newest first; `generation`: what entered the pipeline in PERIOD and by the same day of the four before
it, by timing and source, what became of it, and what was left of each cohort 60 days after entry. Knows nothing of how
the exports were made, nor of the program."""
import csv
import datetime
import json
import sys
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

KIND, ROOT, LABEL, PRESENT = sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[4]
OPEN = ("commit", "best_case", "pipeline")
PAST, SURVIVAL, FEWEST = 4, 60, 10


def date(text):
    return datetime.date.fromisoformat(text)


def plus(day, days):
    return str(date(day) + datetime.timedelta(days))


def rows(path):
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8-sig") as file:
        return [{key.strip(): value for key, value in row.items()} for row in csv.DictReader(file)]


# The companies: `stages` (kind, position, category), the teams in `team` of each owner, `states` of each deal by the day from which
# each holds, `meetings` (day, owner), and the first day of which anything is known.
def sample():
    folder = ROOT / PRESENT
    rate = next(Decimal(row["rate"]) for row in rows(folder / "exchange_rate.csv") if row["kind"] == "plan")
    stages = {
        row["id"]: (row["kind"], int(row["position"]), row["category"]) for row in rows(folder / "stage.csv")
    }
    team = {row["id"]: [row["team_id"]] for row in rows(folder / "person.csv")}

    def state(deal):
        amount = Decimal(deal["amount"]) if deal["amount"] else None
        if amount is not None and deal["currency"] == "EUR":
            amount = (amount * rate).quantize(Decimal("0.01"), ROUND_HALF_UP)
        kind, position, category = stages[deal["stage_id"] or "Prospecting"]
        return {
            "kind": kind, "position": position, "category": deal["forecast_category"] or category,
            "amount": amount, "close": deal["close_date"], "created": deal["created_date"],
            "owner": deal["owner_id"], "source": deal["lead_source"],
        }

    present = {row["id"]: row for row in rows(folder / "opportunity.csv")}
    changes = defaultdict(list)
    for row in rows(folder / "field_change.csv"):
        changes[row["record_id"]].append((row["changed_at"], int(row["sequence"]), row))
    states = {}
    for key, deal in present.items():
        found = sorted(changes[key], key=lambda change: change[:2])
        before = dict(deal)
        for _, _, row in reversed(found):
            before[row["field"]] = row["old_value"]
        known = {}
        for when, _, row in found:
            before[row["field"]] = row["new_value"]
            known[when[:10]] = state(before)
        known[PRESENT] = state(deal)
        states[key] = sorted(known.items())
    first = min(found[0][0] for found in states.values())
    meetings = [
        (row["activity_date"], row["owner_id"], not row["is_held"] and not row["is_done"])
        for row in rows(folder / "activity.csv")
        if row["kind"] == "meeting" and (row["is_held"] or row["is_done"] or "true") == "true"
    ]
    return stages, team, states, meetings, first


def maven():
    stages = {
        "Prospecting": ("open", 1, "pipeline"), "Engaging": ("open", 2, "pipeline"),
        "Won": ("won", 3, "closed"), "Lost": ("lost", 4, "omitted"),
    }
    # Offices, and in each the managers' teams.
    team = {
        row["sales_agent"]: [row["regional_office"], "Team " + row["manager"]]
        for row in rows(ROOT / "sales_teams.csv")
    }
    states = {}
    for row in rows(ROOT / "sales_pipeline.csv"):
        kind, position, category = stages[row["deal_stage"]]
        states[row["opportunity_id"]] = [(PRESENT, {
            "kind": kind, "position": position, "category": category,
            "amount": Decimal(row["close_value"]) if row["close_value"] else None, "close": row["close_date"],
            "created": row["engage_date"], "owner": row["sales_agent"], "source": "",
        })]
    return stages, team, states, None, PRESENT


def dtc():
    names = [
        "Prospecting", "Qualification", "Needs Analysis", "Value Proposition", "Perception Analysis",
        "Proposal/Price Quote", "Negotiation/Review",
    ]
    stages = {name: ("open", place + 1, "pipeline") for place, name in enumerate(names)}
    stages |= {"Closed Won": ("won", 8, "closed"), "Closed Lost": ("lost", 9, "omitted")}
    word = {"Forecast": "commit", "BestCase": "best_case", "Pipeline": "pipeline", "Omitted": "omitted"}
    states = {}
    for row in rows(ROOT / "DTC_Opportunity.csv"):
        kind, position, _ = stages[row["StageName"]]
        states[row["Name"]] = [(PRESENT, {
            "kind": kind, "position": position, "category": word.get(row["ForecastCategory"], "omitted"),
            "amount": Decimal(row["Amount"]) if row["Amount"] else None, "close": row["CloseDate"],
            "created": row["CreatedDate"], "owner": row["Owner.Name"], "source": row["LeadSource"],
        })]
    # The file says neither that an event was held nor that it was done.
    meetings = {row["Subject"]: (row["ActivityDate"], row["OwnerId"], True) for row in rows(ROOT / "DTC_Event.csv")}
    return stages, {}, states, list(meetings.values()), PRESENT


STAGES, TEAM, STATES, MEETINGS, FIRST = {"sample": sample, "maven": maven, "dtc": dtc}[KIND]()
SPLITS = rows(ROOT / PRESENT / "opportunity_split.csv") if KIND == "sample" else []
FIRST_OPEN = min(position for kind, position, _ in STAGES.values() if kind == "open")
PEOPLE = set(TEAM) | {state["owner"] for found in STATES.values() for _, state in found}


def state_on(key, day):
    known = [state for since, state in STATES[key] if since <= day]
    return known[-1] if known else None


def nodes(owner):
    if owner not in PEOPLE:
        return ["company", "Unassigned"]
    return ["company", *TEAM.get(owner, ["No team"]), owner]


def is_open(state):
    return state["kind"] == "open" and state["category"] in OPEN


def credit(key, state):
    """What of a deal counts for whom: others by their share, to the cent, and the owner for the rest."""
    amount = state["amount"] or Decimal(0)
    parts = {}
    for row in SPLITS:
        if row["opportunity_id"] == key and row["kind"] == "revenue" and row["person_id"] != state["owner"]:
            share = amount * Decimal(row["percent"]) / 100
            parts[row["person_id"]] = share.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return {state["owner"]: amount - sum(parts.values()), **parts}


# Weeks


def week(number):
    last = plus(PRESENT, -7 * number)
    before = plus(last, -7)
    found = defaultdict(lambda: defaultdict(Decimal))

    def add(owner, name, count, amount=None):
        for node in nodes(owner):
            found[node][name + "_count"] += count
            found[node][name] += amount or 0

    for key in STATES:
        now = state_on(key, PRESENT)
        if now["created"] and before < now["created"] <= last:
            add(now["owner"], "new", 1, now["amount"])
        if now["kind"] != "open" and now["close"] and before < now["close"] <= last:
            add(now["owner"], "won" if now["kind"] == "won" else "lost", 1, now["amount"])
        then = state_on(key, last) if last >= FIRST else None
        if then and is_open(then):
            # The splits are known of the night that is loaded; nodes count a deal once.
            parts = credit(key, then) if last == PRESENT else {then["owner"]: then["amount"] or 0}
            for node in {node for owner in parts for node in nodes(owner)}:
                found[node]["pipeline_value_count"] += 1
            for owner, part in parts.items():
                for node in nodes(owner):
                    found[node]["pipeline_value"] += part
        if before < FIRST:
            continue
        steps = {}
        for (_, old), (since, new) in zip(STATES[key], STATES[key][1:]):
            if not before < since <= last or old["kind"] != "open":
                continue
            if new["kind"] == "won" or new["kind"] == "open" and new["position"] > old["position"]:
                steps["progressed"] = new["owner"]
            if new["kind"] == "open" and new["position"] < old["position"]:
                steps["setbacks"] = new["owner"]
            if new["kind"] == "open" and (new["close"] or "9999") > (old["close"] or "9999"):
                steps["pushed"] = new["owner"]
        for name, owner in steps.items():
            add(owner, name, 1)
    for day, owner, is_unconfirmed in MEETINGS or []:
        if before < day <= last:
            add(owner, "meetings", 1)
            add(owner, "meetings_unconfirmed", 1 if is_unconfirmed else 0)
    return {
        "to": last, "is_known": last >= FIRST, "are_steps_known": before >= FIRST,
        "nodes": {node: {name: text(value) for name, value in figures.items()} for node, figures in found.items()},
    }


def text(value):
    return format(value.normalize(), "f") if value else "0"


# Generation


def quarter(label):
    year, number = int(label[2:6]), int(label[7])
    first = datetime.date(year, 3 * number - 2, 1)
    following = datetime.date(year + number // 4, 3 * number % 12 + 1, 1)
    return str(first), str(following - datetime.timedelta(1))


def before_label(label):
    year, number = int(label[2:6]), int(label[7])
    return f"FY{year - (number == 1)}Q{(number - 2) % 4 + 1}"


def after_label(label):
    year, number = int(label[2:6]), int(label[7])
    return f"FY{year + number // 4}Q{number % 4 + 1}"


def is_in_pipeline(state, since):
    if state["kind"] == "won":
        return True
    if state["kind"] == "open":
        return state["position"] > FIRST_OPEN
    # Lost before anything was known: taken to have been in it, as those that were won.
    return since <= FIRST


def entries(until):
    """Day of entry, state on it and whether the day is assumed, of each deal that entered by a day."""
    for key, found in STATES.items():
        entry = next(((since, state) for since, state in found if since <= until and is_in_pipeline(state, since)), None)
        if entry is None:
            continue
        since, state = entry
        if since > FIRST:
            yield key, since, state, False
        elif state["created"]:
            yield key, min(state["created"], since), state, True


def generated(label, until):
    first, last = quarter(label)
    next_last = quarter(after_label(label))[1]
    found = defaultdict(lambda: defaultdict(Decimal))
    for _, day, state, is_assumed in entries(until):
        if not first <= day <= until:
            continue
        close = state["close"]
        timing = "undated" if not close else "this" if close <= last else "next" if close <= next_last else "later"
        for node in nodes(state["owner"]):
            found[node]["generated_count"] += 1
            found[node]["generated"] += state["amount"] or 0
            found[node]["assumed"] += is_assumed
            found[node][f"closing_{timing}"] += state["amount"] or 0
            found[node][f"closing_{timing}_count"] += 1
            found[node][f"source {state['source']}"] += state["amount"] or 0
    return found


def fates(label, until, on=None):
    """What became of it: by a day, or 60 days after each deal's own entry."""
    first = quarter(label)[0]
    found = defaultdict(lambda: defaultdict(Decimal))
    for key, day, state, is_assumed in entries(PRESENT if on is None else on):
        if not first <= day <= until or on is None and is_assumed:
            continue
        later = state_on(key, on or plus(day, SURVIVAL))
        fate = later["kind"] if later else "gone"
        for node in nodes(state["owner"]):
            found[node][fate + "_count"] += 1
            found[node][fate + "_of"] += state["amount"] or 0
            found[node]["worth"] += (later["amount"] or 0) if later else 0
    return found


first, last = quarter(LABEL)
until = min(PRESENT, last)
left = date(last) - date(until)
past, label = [], LABEL
for _ in range(PAST):
    label = before_label(label)
    if quarter(label)[0] > FIRST:
        past.append(label)
mature = plus(PRESENT, -SURVIVAL)
survival = {}
for label in [LABEL] + past:
    if quarter(label)[0] <= mature:
        survival[label] = fates(label, min(quarter(label)[1], mature))
now, became = generated(LABEL, until), fates(LABEL, until, on=until)
usual = [generated(label, str(date(quarter(label)[1]) - left)) for label in past]


def plain(found):
    return {node: {name: text(Decimal(value)) for name, value in figures.items()} for node, figures in found.items()}


print(json.dumps({
    "weeks": [week(number) for number in range(5)],
    "has_meetings": MEETINGS is not None,
    "generation": {
        "now": plain(now), "fates": plain(became), "usual": [plain(found) for found in usual],
        "survival": {label: plain(found) for label, found in survival.items()}, "past": past,
    },
}, sort_keys=True))
