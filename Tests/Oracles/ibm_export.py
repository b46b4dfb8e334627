#!/usr/bin/env python3
"""Writes the 78,025 rows of IBM's "Sales Win Loss" as an export in Bellwether's own words (mapping `generic`).

usage: ibm_export.py FOLDER OUT DAY

The file has no dates, only how many days each opportunity took from being identified to its end: all are taken to
have ended on DAY. Numbers repeat, so that the row's place is the key."""
import csv
import gzip
import json
import sys
from datetime import date, timedelta
from pathlib import Path

folder, out, day = Path(sys.argv[1]), Path(sys.argv[2]) / sys.argv[3], date.fromisoformat(sys.argv[3])
out.mkdir(parents=True)
tables = {
    "company": [["id", "name", "currency", "time_zone", "fiscal_year_start_month"], ["i", "IBM", "USD", "UTC", 1]],
    "stage": [
        ["id", "name", "position", "kind", "category"], ["Open", "Open", 1, "open", "pipeline"],
        ["Won", "Won", 2, "won", "closed"], ["Loss", "Loss", 3, "lost", "omitted"],
    ],
    "opportunity": [
        ["id", "stage_id", "amount", "currency", "close_date", "created_date", "type", "lead_source"]],
    "competitor": [["id", "name"], ["Known", "Known"]],
    "deal_competitor": [["id", "opportunity_id", "competitor_id"]],
}
with gzip.open(folder / "WA_Fn-UseC_-Sales-Win-Loss.csv.gz", "rt", newline="") as file:
    for place, row in enumerate(csv.DictReader(file), 1):
        created = day - timedelta(int(row["Total Days Identified Through Closing"]))
        tables["opportunity"].append([
            f"O{place}", row["Opportunity Result"], row["Opportunity Amount USD"], "USD", day, created,
            row["Supplies Group"], row["Route To Market"],
        ])
        if row["Competitor Type"] == "Known":
            tables["deal_competitor"].append([f"C{place}", f"O{place}", "Known"])
for name, lines in tables.items():
    with open(out / f"{name}.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(lines)
print(json.dumps({"deals": len(tables["opportunity"]) - 1, "competitors": len(tables["deal_competitor"]) - 1}))
