#!/usr/bin/env python3
"""The past of the data set "DTC" as its opportunity history tells it, day by day, reckoned from the files alone.

usage: past.py FOLDER DAY …

A row of the history states stage, amount, close date and category of a deal from a day on. Before its first row a deal
was what that row says; a deal without a row was always what it is. A deal begins on the day of its creation or of
its first row, whichever comes first."""
import csv
import json
import sys
from decimal import Decimal
from pathlib import Path

folder = Path(sys.argv[1])
CATEGORIES = {"Closed": "closed", "Forecast": "commit", "BestCase": "best_case", "Pipeline": "pipeline", "Omitted": "omitted"}


def rows(name):
    with open(folder / name, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file, skipinitialspace=True))


def state(row):
    amount = row["Amount"].strip()
    return [
        row["StageName"], format(Decimal(amount).normalize(), "f") if amount else None,
        row["CloseDate"], CATEGORIES.get(row["ForecastCategory"], row["ForecastCategory"]),
    ]


told = {}
for row in rows("DTC_OpportunityHistory.csv"):
    told.setdefault(row["OpportunityName"], []).append((row["CreatedDate"], state(row)))
for changes in told.values():
    changes.sort(key=lambda change: change[0])
deals = {row["Name"]: row for row in rows("DTC_Opportunity.csv")}

days = {}
for day in sys.argv[2:]:
    known = {}
    for name, deal in deals.items():
        changes = told.get(name, [])
        if min([deal["CreatedDate"]] + [at for at, _ in changes]) > day:
            continue
        before = [said for at, said in changes if at <= day]
        known[name] = before[-1] if before else changes[0][1] if changes else state(deal)
    days[day] = known
first = min([deal["CreatedDate"] for deal in deals.values()] + [changes[0][0] for changes in told.values()])
differ = sum(
    said != last for name, changes in told.items() if name in deals
    for said, last in zip(changes[-1][1], state(deals[name])))
print(json.dumps({"days": days, "first": first, "differences": differ, "unknown": sum(name not in deals for name in told)}))
