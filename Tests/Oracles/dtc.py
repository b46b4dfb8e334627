#!/usr/bin/env python3
"""What the CSV files of the Salesforce demo company "DTC" say of a period as of a day.

usage: dtc.py FOLDER FIRST LAST AS_OF      (days, FIRST and LAST inclusive)

Salesforce's own words: ForecastCategory "Forecast" is the commit, "BestCase" the upside; a stage
"Closed Won" is booked, "Closed Lost" is in no forecast. Contracts: open deals count in the period of
their close date even when that day has passed ("of which past due"); open deals whose close date
passed in an earlier period are a line of their own."""
import csv
import json
import sys
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

folder = Path(sys.argv[1])
first, last, as_of = sys.argv[2:5]
CATEGORY = {"Forecast": "commit", "BestCase": "best_case", "Pipeline": "pipeline", "Omitted": "omitted"}
NAMES = ["closed", "commit", "best_case", "pipeline", "omitted", "past_due", "undated", "earlier_past_due"]


def rows(name):
    with open(folder / name, newline="", encoding="utf-8") as file:
        # Some headers begin with a blank.
        return [{key.strip(): value for key, value in row.items()} for row in csv.DictReader(file)]


def new_line():
    return {name: [Decimal(0), 0] for name in NAMES}


def cells(deal):
    """The sums in which a deal counts."""
    if deal["StageName"] == "Closed Lost":
        return []
    day = deal["CloseDate"]
    if deal["StageName"] == "Closed Won":
        return ["closed"] if first <= day <= last else []
    category = CATEGORY[deal["ForecastCategory"]]
    if not day:
        return ["undated"]
    if day < first:
        return ["earlier_past_due"] if day < as_of else []
    if day > last:
        return []
    return [category] + (["past_due"] if day < as_of and category != "omitted" else [])


deals = rows("DTC_Opportunity.csv")
accounts = rows("DTC_Account.csv")
lines = defaultdict(new_line)
for owner in {row["Owner.Name"] for row in deals + accounts}:
    lines[owner]
total = new_line()
for deal in deals:
    for name in cells(deal):
        for line in (total, lines[deal["Owner.Name"]]):
            line[name][0] += Decimal(deal["Amount"])
            line[name][1] += 1


def printed(line):
    result = {name: str(amount) for name, (amount, _) in line.items()}
    result.update({name + "_count": count for name, (_, count) in line.items()})
    return result


items, tasks = rows("DTC_OpportunityLineItem.csv"), rows("DTC_Task.csv")
# The price book has each price once, and the items name their entry by it.
product = {row["UnitPrice"]: row["Product2Id"] for row in rows("DTC_PriceBookEntry.csv")}
print(json.dumps({
    "opportunities": len({row["Name"] for row in deals}),
    "accounts": len({row["Name"] for row in accounts}),
    "products": len({row["Name"] for row in rows("DTC_Product2.csv")}),
    "people": len(lines),
    "history_columns": list(rows("DTC_OpportunityHistory.csv")[0]),
    "other_files": sorted(
        path.name for path in folder.iterdir()
        if path.name in ("DTC_Case.csv", "DTC_OpportunityHistory.csv", "DTC_PriceBookEntry.csv")),
    "lines_of_deals": len(items),
    "lines_amount": str(sum(Decimal(row["TotalPrice"]) for row in items)),
    "lines_by_product": Counter(product[row["PricebookEntryId"]] for row in items),
    "activities": {
        "meeting": len(rows("DTC_Event.csv")),
        "call": len(rows("DTC_Telephony.csv")) + sum(row["TaskSubtype"] == "Call" for row in tasks),
        "email": sum(row["TaskSubtype"] == "Email" for row in tasks),
        "task": sum(row["TaskSubtype"] == "Task" for row in tasks),
    },
    "total": printed(total),
    "lines": {owner: printed(line) for owner, line in lines.items()},
}))
