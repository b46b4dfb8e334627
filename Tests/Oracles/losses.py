#!/usr/bin/env python3
"""Why deals were not won, to whom, from which stage, what deciding nothing costs, and what was given away: reckoned from the exports of
one night alone, with the field history where there is one.

usage: losses.py FOLDER NIGHT FIRST LAST        (the period's first and last day)

Prints {outcomes: {outcome: [deals, amount]}, people: {person: {outcome: deals}}, rates: [no decision, by amount, unknown], silent: [days, of, deals,
amount], reasons/competitors/stages: {name: [deals, amount]}, reviews: {reason: [reviewed, corrected, outsold]}, links: {"attribute|value|reason":
[deals, of, lift, p, adjusted]}, concessions: {kind: [times, deals, amount, discount, for nothing]}}."""
import csv
import datetime
import json
import math
import sys
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

ROOT, NIGHT, FIRST, LAST = Path(sys.argv[1]), *sys.argv[2:5]
SILENT_WORDS = ("", "unknown", "other", "none", "n/a", "-")


def read(entity):
    path = ROOT / NIGHT / f"{entity}.csv"
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, strict=True))


def days(first, last):
    return (datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days


def p_value(own, n, others, m):
    if min(own, n - own, others, m - others) < 5:
        hits, total = own + others, math.comb(n + m, own + others)
        def chance(x):
            return math.comb(n, x) * math.comb(m, hits - x) / total
        seen = chance(own)
        return min(1.0, sum(
            chance(x) for x in range(max(0, hits - m), min(n, hits) + 1) if chance(x) <= seen * (1 + 1e-7)))
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


rates = {row["from_currency"]: Decimal(row["rate"]) for row in read("exchange_rate") if row["kind"] == "plan"}
company = read("company")[0]["currency"]


def money(text, currency):
    amount = Decimal(text or 0)
    if currency and currency != company:
        amount = (amount * rates[currency]).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return amount


stages = {row["id"]: row for row in read("stage")}
accounts = {row["id"]: row for row in read("account")}
records = {row["opportunity_id"]: row for row in read("loss_record")}
rivals = {row["id"]: row["name"] for row in read("competitor")}
bands = {}
for row in read("lead"):
    if row["opportunity_id"]:
        bands[row["opportunity_id"]] = min(row["score_band"], bands.get(row["opportunity_id"], row["score_band"]))
before = {}
for row in sorted(read("field_change"), key=lambda row: int(row["sequence"])):
    if row["field"] == "stage_id":
        for stage in (row["old_value"], row["new_value"]):
            if stage and stages[stage]["kind"] == "open":
                before[row["record_id"]] = stage


def told(text):
    return None if (text or "").strip().lower() in SILENT_WORDS else text.strip()


outcomes, people = defaultdict(lambda: [0, Decimal(0)]), defaultdict(lambda: defaultdict(int))
reasons, competitors, at_stage = (defaultdict(lambda: [0, Decimal(0)]) for _ in range(3))
reviews = defaultdict(lambda: [0, 0, 0])
unknown, ages, missed = 0, [], []
deals = read("opportunity")
for deal in deals:
    kind = stages[deal["stage_id"]]["kind"]
    if kind == "open":
        continue
    if deal["close_date"] >= deal["created_date"] and deal["close_date"] <= NIGHT:
        ages.append(days(deal["created_date"], deal["close_date"]))
    if not FIRST <= deal["close_date"] <= min(LAST, NIGHT):
        continue
    record = records.get(deal["id"], {})
    outcome = "won" if kind == "won" else record.get("outcome") if record.get("outcome") in (
        "no_decision", "disqualified") else kind
    amount = money(deal["amount"], deal["currency"])
    outcomes[outcome][0] += 1
    outcomes[outcome][1] += amount
    people[deal["owner_id"]][outcome] += 1
    if outcome not in ("lost", "no_decision"):
        continue
    said = told(record.get("reason") or deal["loss_reason"])
    reviewed = told(record.get("reviewed_reason"))
    is_reviewed = bool(record.get("reviewed_date")) and record["reviewed_date"] <= NIGHT
    reason = reviewed or said
    unknown += reason is None
    outsold = record.get("is_outsold") == "true"
    review = reviews[str(reason)]
    review[0] += is_reviewed
    review[1] += is_reviewed and reviewed != said
    review[2] += outsold
    stage = record.get("from_stage_id") or before.get(deal["id"])
    rival = rivals.get(record.get("competitor_id"), record.get("competitor_id"))
    for table, name in ((reasons, str(reason)), (competitors, rival), (at_stage, stages[stage]["name"] if stage else "None")):
        if name:
            table[name][0] += 1
            table[name][1] += amount
    prospect = {"Source": deal["lead_source"], "Lead score": bands.get(deal["id"]),
                "Segment": accounts[deal["account_id"]]["segment"]}
    missed.append((reason, prospect))

links, tested, values = {}, [], []
for attribute in ("Source", "Lead score", "Segment"):
    known = [(reason, prospect[attribute]) for reason, prospect in missed if reason and prospect[attribute]]
    for value in {value for _, value in known}:
        n = sum(other == value for _, other in known)
        for reason in {reason for reason, other in known if other == value}:
            own = sum(pair == (reason, value) for pair in known)
            hits = sum(other == reason for other, _ in known)
            if own >= 5 and n >= 10 and len(known) - n >= 10:
                tested.append((attribute, value, reason, own, n, own / n * len(known) / hits))
                values.append(p_value(own, n, hits - own, len(known) - n))
for (attribute, value, reason, own, n, lift), p, q in zip(tested, values, adjusted(values)):
    links[f"{attribute}|{value}|{reason}"] = [own, n, lift, p, q]

ages.sort()
oldest = ages[max(0, math.ceil(len(ages) * Decimal("0.95")) - 1)] if ages else 0
silent = [money(deal["amount"], deal["currency"]) for deal in deals
          if stages[deal["stage_id"]]["kind"] == "open" and days(deal["created_date"], NIGHT) > oldest]

given = defaultdict(lambda: [0, set(), Decimal(0), [], 0])
won = {deal["id"]: deal for deal in deals if stages[deal["stage_id"]]["kind"] == "won"
       and FIRST <= deal["close_date"] <= LAST}
for row in read("concession"):
    if row["opportunity_id"] in won and row["agreed_date"] and row["agreed_date"] <= NIGHT:
        line = given[row["kind"]]
        line[0] += 1
        line[1].add(row["opportunity_id"])
        line[2] += money(row["amount"], row["currency"])
        line[3].append(Decimal(row["discount_percent"]))
        line[4] += not row["traded_for"]


def plain(table):
    return {name: [count, str(amount)] for name, (count, amount) in table.items()}


decided = sum(outcomes[name][0] for name in ("won", "lost", "no_decision"))
worth = sum(outcomes[name][1] for name in ("won", "lost", "no_decision"))
print(json.dumps({
    "outcomes": plain(outcomes), "people": people,
    "rates": [outcomes["no_decision"][0] / decided if decided else None,
              float(outcomes["no_decision"][1] / worth) if worth else None, unknown],
    "silent": [oldest, len(ages), len(silent), str(sum(silent, Decimal(0)))],
    "reasons": plain(reasons), "competitors": plain(competitors), "stages": plain(at_stage), "reviews": reviews,
    "links": links,
    "concessions": {kind: [times, len(ids), str(amount), float(sum(discounts) / len(discounts) / 100), free]
                    for kind, (times, ids, amount, discounts, free) in given.items()},
}))
