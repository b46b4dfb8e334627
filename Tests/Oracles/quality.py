#!/usr/bin/env python3
"""The defects in the data of open deals, reckoned from the files alone.

usage: quality.py generic FOLDER/DAY DAY     (one night of the sample company, with the CRM's field history)
       quality.py maven|dtc FOLDER DAY       (the real exports, loaded as that day's only snapshot)

Prints {rules: {defect: null | [deals, amount, of deals, of amount]}, owners: {owner: {defect: [deals, of deals]}}, any: [deals, amount, of
deals, of amount], score: [by count, by amount], deals: {defect: [ids]}, latency: {owner: {days: activities}}}; null is not measured."""
import csv
import datetime
import json
import sys
from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

KIND, ROOT, TODAY = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
WEIGHTS = {
    "past_due": 15, "undated": 10, "no_activity": 15, "no_next_step": 10, "amount_missing": 10,
    "category_conflict": 5, "pushed": 8, "empty_push": 7, "over_age": 10, "no_contact_role": 5,
    "no_owner": 10, "inactive_owner": 10, "far_close_date": 5, "heaping": 3, "unproven_claim": 8,
    "last_hour_edit": 4, "late_entry": 3,
}
ORDER = ["omitted", "pipeline", "best_case", "commit"]


def read(name):
    path = ROOT / name
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8-sig") as file:
        return [{(key or "").strip(): value for key, value in row.items()} for row in csv.DictReader(file)]


def date(day):
    return datetime.date.fromisoformat(day)


def apart(earlier, later):
    return (date(later) - date(earlier)).days


def plus(day, days):
    return str(date(day) + datetime.timedelta(days))


def quarter_ends():
    for year in range(2010, 2041):
        yield from (f"{year}-03-31", f"{year}-06-30", f"{year}-09-30", f"{year}-12-31")


def percentile(values, share):
    values = sorted(values)
    place = (len(values) - 1) * share
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


# Deals in one form: id, owner, stage, position, stage_kind, stage_category, own_category, amount, close, created, next_step, and for
# each the days on which it was told anew.
deals, people, activities, holidays = [], {}, [], set()
pasts, calls, changes, teams = {}, [], [], {}
has_roles = False
claims = defaultdict(list)

if KIND == "maven":
    stages = {"Prospecting": (1, "open", "pipeline"), "Engaging": (2, "open", "pipeline"),
              "Won": (3, "won", "closed"), "Lost": (4, "lost", "omitted")}
    for row in read("sales_teams.csv"):
        people[row["sales_agent"]] = people[row["manager"]] = None
    for row in read("sales_pipeline.csv"):
        deals.append({
            "id": row["opportunity_id"], "owner": row["sales_agent"], "stage": row["deal_stage"],
            "own": "", "amount": row["close_value"], "close": row["close_date"],
            "created": row["engage_date"], "next": "", "told": False, "rate": Decimal(1),
        })
elif KIND == "dtc":
    stages = {name: (place + 1, "open", category) for place, (name, category) in enumerate([
        ("Prospecting", "pipeline"), ("Qualification", "pipeline"), ("Needs Analysis", "pipeline"),
        ("Value Proposition", "pipeline"), ("Perception Analysis", "best_case"),
        ("Proposal/Price Quote", "best_case"), ("Negotiation/Review", "commit")])}
    stages["Closed Won"] = (8, "won", "closed")
    stages["Closed Lost"] = (9, "lost", "omitted")
    words = {"Forecast": "commit", "BestCase": "best_case", "Pipeline": "pipeline", "Omitted": "omitted"}
    for name in ("DTC_Opportunity.csv", "DTC_Account.csv"):
        for row in read(name):
            people[row["Owner.Name"]] = None
    for row in read("DTC_Opportunity.csv"):
        deals.append({
            "id": row["Name"], "owner": row["Owner.Name"], "stage": row["StageName"],
            "own": words.get(row["ForecastCategory"], row["ForecastCategory"]), "amount": row["Amount"],
            "close": row["CloseDate"], "created": row["CreatedDate"], "next": "", "told": False,
            "rate": Decimal(1),
        })
    for row in read("DTC_Event.csv"):
        activities.append((row["WhatId"], row["OwnerId"], "meeting", row["ActivityDate"], row["CreatedDate"],
                           None, None, None))
    for row in read("DTC_Task.csv"):
        done = {"Completed": True, "In Progress": False, "Not Started": False}[row["Status"]]
        activities.append((row["WhatId"], row["OwnerId"], row["TaskSubtype"].lower(), row["ActivityDate"],
                           row["CreatedDate"], done, None, None))
    for row in read("DTC_Telephony.csv"):
        direction = row["Call Type"].strip().lower() or None
        activities.append((None, row["OwnerId"], "call", row["ActivityDate"], row["CreatedDate"], None, None,
                           direction))
else:
    stages = {row["id"]: (int(row["position"]), row["kind"], row["category"]) for row in read("stage.csv")}
    rate = next(Decimal(row["rate"]) for row in read("exchange_rate.csv") if row["kind"] == "plan")
    holidays = {row["holiday_date"] for row in read("holiday.csv") if not row.get("region")}
    teams = {row["id"]: row for row in read("team.csv")}
    for row in read("person.csv"):
        people[row["id"]] = row
    present = {row["id"]: row for row in read("opportunity.csv")}
    for row in read("field_change.csv"):
        changes.append(row)
    by_deal = defaultdict(list)
    for row in changes:
        by_deal[row["record_id"]].append((row["changed_at"], int(row["sequence"]), row))
    for key, row in present.items():
        deal = dict(row)
        found = sorted(by_deal.get(key, []), key=lambda change: change[:2])
        for _, _, change in reversed(found):
            deal[change["field"]] = change["old_value"]
        states = []
        for when, _, change in found:
            deal[change["field"]] = change["new_value"]
            if when[:10] >= TODAY:
                continue
            if states and states[-1][0] == when[:10]:
                states.pop()
            states.append((when[:10], dict(deal)))
        states.append((TODAY, row))
        # What says nothing new is no telling.
        told = []
        fields = ("stage_id", "close_date", "next_step")
        for day, state in states:
            if not told or any(told[-1][1][name] != state[name] for name in fields):
                told.append((day, state))
        pasts[key] = told
        deals.append({
            "id": key, "owner": row["owner_id"], "stage": row["stage_id"], "own": row["forecast_category"],
            "amount": row["amount"], "close": row["close_date"], "created": row["created_date"],
            "next": row["next_step"], "told": True, "rate": rate if row["currency"] == "EUR" else Decimal(1),
        })
    for row in read("activity.csv"):
        flags = {"true": True, "false": False, "": None}
        activities.append((row["opportunity_id"], row["owner_id"], row["kind"], row["activity_date"],
                           row["logged_at"], flags[row["is_done"]], flags[row["is_held"]],
                           row["direction"] or None))
    calls = read("call.csv")
    for row in read("milestone_claim.csv"):
        if not row.get("withdrawn_date") or row["withdrawn_date"] > TODAY:
            claims[row["opportunity_id"]].append(
                any(row.get(proof) for proof in ("evidence", "evidence_date", "verified_date")))

FIRST = min((found[0][0] for found in pasts.values()), default=TODAY)


def stage(deal):
    return stages.get(deal["stage"], (None, "open", None))


def dollars(deal):
    if not deal["amount"]:
        return None
    return (Decimal(deal["amount"]) * deal["rate"]).quantize(Decimal("0.01"), ROUND_HALF_UP)


open_deals = [deal for deal in deals if stage(deal)[1] == "open"]

# Activities of each deal.
last, answer, ahead, delay = {}, {}, {}, {}
latency = defaultdict(Counter)
for deal, owner, kind, day, logged, done, held, direction in activities:
    if not day:
        continue
    contact = kind not in ("task", "note")
    if deal:
        if contact and day <= TODAY and done is not False and held is not False:
            last[deal] = max(last.get(deal, ""), day)
            if kind == "meeting" or direction == "inbound":
                answer[deal] = max(answer.get(deal, ""), day)
        if contact and day > TODAY and held is not False:
            ahead[deal] = min(ahead.get(deal, "9"), day)
        if logged and plus(TODAY, -30) < day <= TODAY and done is not False:
            delay[deal] = max(delay.get(deal, -10**6), apart(day, logged[:10]))
    if logged and plus(TODAY, -90) < day <= TODAY and done is not False:
        latency[owner][max(apart(day, logged[:10]), 0)] += 1


def business_days_after(day):
    count = 0
    while day < TODAY:
        day = plus(day, 1)
        count += date(day).weekday() < 5 and day not in holidays
    return count


# How long deals won within a year stayed in each stage.
def visits(key):
    found = []
    for day, state in pasts[key]:
        if not found or found[-1][0] != state["stage_id"]:
            if found:
                found[-1][2] = day
            found.append([state["stage_id"], day, None])
    return found


stays = defaultdict(list)
for deal in deals:
    if deal["told"] and stage(deal)[1] == "won" and plus(TODAY, -365) < deal["close"] <= TODAY:
        for name, entered, left in visits(deal["id"]):
            if left and entered != FIRST:
                stays[name].append(apart(entered, left))
limits = {name: percentile(days, 0.75) for name, days in stays.items() if len(days) >= 10}

# The calls of the week by team, the last word of each kind.
standing = {}
for row in sorted(calls, key=lambda row: (row["submitted_at"], row["id"])):
    if row["submitted_at"][:10] <= TODAY:
        standing[tuple(row[name] for name in (
            "node_kind", "node_id", "period", "category", "kind", "business_line", "measure"))] = row
week = [row for row in standing.values()
        if row["amount"] and not row["withdrawn_at"] and row["submitted_at"][:10] > plus(TODAY, -7)]
team_calls = defaultdict(list)
for row in week:
    for key, team in teams.items():
        if (row["node_kind"] == "team" and key == row["node_id"]) or (
                row["node_kind"] == "lead" and team["lead_id"] == row["node_id"]):
            team_calls[key].append(datetime.datetime.fromisoformat(row["submitted_at"]))
edits = defaultdict(list)
for row in changes:
    if row["field"] in ("amount", "close_date", "forecast_category", "stage_id"):
        if row["changed_at"][:10] > plus(TODAY, -8):
            edits[row["record_id"]].append(datetime.datetime.fromisoformat(row["changed_at"]))


def pushes(key):
    days, before = [], None
    for day, state in pasts[key]:
        if before and before["close_date"] != state["close_date"]:
            is_open = stages[before["stage_id"]][1] == stages[state["stage_id"]][1] == "open"
            if is_open and (state["close_date"] or "9") > (before["close_date"] or "9"):
                days.append(day)
        before = state
    return days


has_history = bool(pasts)
measured = {
    "past_due": True, "undated": True, "far_close_date": True, "heaping": True,
    "amount_missing": any(deal["amount"] for deal in deals),
    "no_next_step": any(deal["next"] for deal in deals),
    "category_conflict": any(deal["own"] for deal in deals),
    "no_owner": True, "inactive_owner": any(row for row in people.values()),
    "no_activity": bool(activities), "empty_push": bool(activities) and has_history,
    "pushed": has_history, "over_age": has_history,
    "late_entry": any(activity[4] for activity in activities),
    "no_contact_role": has_roles, "unproven_claim": bool(claims),
    "last_hour_edit": bool(week) and any(row["changed_at"][:10] > plus(TODAY, -7) for row in changes),
}
ends = set(quarter_ends())


def judge(deal, defect):
    """True, False, or None where it cannot be told of the deal."""
    key, close = deal["id"], deal["close"]
    if defect == "past_due":
        return bool(close) and close < TODAY
    if defect == "undated":
        return not close
    if defect == "no_activity":
        since = last.get(key) or deal["created"]
        return key not in ahead and (not since or business_days_after(since) >= 10)
    if defect == "no_next_step":
        if not deal["next"].strip():
            return True
        told = [day for place, (day, state) in enumerate(pasts[key])
                if place == 0 or pasts[key][place - 1][1]["next_step"] != state["next_step"]]
        return apart(told[-1], TODAY) >= 30
    if defect == "amount_missing":
        if (stage(deal)[0] or 2) < 2:
            return None
        return not deal["amount"] or Decimal(deal["amount"]) == 0
    if defect == "category_conflict":
        own, usual = deal["own"], stage(deal)[2]
        return own in ORDER and usual in ORDER and abs(ORDER.index(own) - ORDER.index(usual)) >= 2
    if defect == "pushed":
        return len(pushes(key)) >= 3
    if defect == "empty_push":
        found = pushes(key)
        return bool(found) and answer.get(key, "") < plus(found[-1], -14)
    if defect == "over_age":
        name, entered, _ = visits(key)[-1]
        if name not in limits:
            return None
        if apart(entered, TODAY) > limits[name]:
            return True
        return None if entered == FIRST else False
    if defect == "no_owner":
        return deal["owner"] not in people
    if defect == "inactive_owner":
        row = people.get(deal["owner"])
        if deal["owner"] not in people:
            return None
        return row["is_active"] == "false" or bool(row["end_date"]) and row["end_date"] < TODAY
    if defect == "far_close_date":
        return bool(close) and close > f"{int(TODAY[:4]) + 1}{TODAY[4:]}"
    if defect == "heaping":
        return None if not close or close < TODAY else close in ends
    if defect == "last_hour_edit":
        team = (people.get(deal["owner"]) or {}).get("team_id")
        minutes = [(call - edit).total_seconds() / 60 for call in team_calls.get(team, [])
                   for edit in edits.get(key, []) if edit <= call]
        return bool(minutes) and min(minutes) <= 60
    if defect == "unproven_claim":
        return not all(claims[key]) if claims[key] else None
    if defect == "late_entry":
        return delay[key] > 3 if key in delay else None
    raise AssertionError(defect)


rules, found_deals, owners = {}, {}, defaultdict(dict)
any_defect = set()
for defect, is_measured in measured.items():
    if not is_measured:
        rules[defect] = None
        continue
    told = [(deal, judge(deal, defect)) for deal in open_deals]
    told = [(deal, verdict) for deal, verdict in told if verdict is not None]
    bad = [deal for deal, verdict in told if verdict]
    any_defect |= {deal["id"] for deal in bad}
    found_deals[defect] = sorted(deal["id"] for deal in bad)
    rules[defect] = [
        len(bad), str(sum((dollars(deal) or 0 for deal in bad), Decimal(0))),
        len(told), str(sum((dollars(deal) or 0 for deal, _ in told), Decimal(0)))]
    for deal, verdict in told:
        sums = owners[deal["owner"]].setdefault(defect, [0, 0])
        sums[0] += verdict
        sums[1] += 1


def score(part, whole):
    could = sum(WEIGHTS[name] * Decimal(sums[whole]) for name, sums in rules.items() if sums)
    lost = sum(WEIGHTS[name] * Decimal(sums[part]) for name, sums in rules.items() if sums)
    return float(100 - 100 * lost / could) if could > 0 else None


bad = [deal for deal in open_deals if deal["id"] in any_defect]
print(json.dumps({
    "rules": rules,
    "owners": owners,
    "any": [len(bad), str(sum((dollars(deal) or 0 for deal in bad), Decimal(0))),
            len(open_deals), str(sum((dollars(deal) or 0 for deal in open_deals), Decimal(0)))],
    "score": [score(0, 2), score(1, 3)],
    "deals": found_deals,
    "latency": {owner: {str(days): count for days, count in sorted(found.items())}
                for owner, found in latency.items()},
}))
