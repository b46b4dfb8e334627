#!/usr/bin/env python3
"""How many records Fivetran's sample copies of Salesforce and HubSpot hold: rows that neither the CRM
nor the connector calls deleted, one a key; rows that the connector calls inactive are old versions.

usage: fivetran.py FOLDER salesforce|hubspot"""
import csv
import json
import sys
from pathlib import Path

folder = Path(sys.argv[1])
FILES = {
    "salesforce": {
        "team": ("sf_user_role_data.csv", "id"), "person": ("sf_user_data.csv", "id"),
        "account": ("sf_account_data.csv", "id"), "product": ("sf_product_2_data.csv", "id"),
        "opportunity": ("sf_opportunity_data.csv", "id"),
    },
    "hubspot": {
        "team": ("team_data.csv", "id"), "person": ("owner_data.csv", "owner_id"),
        "account": ("company_data.csv", "id"), "stage": ("deal_pipeline_stage_data.csv", "stage_id"),
        "opportunity": ("deal_data.csv", "deal_id"),
    },
}


def is_current(row):
    deleted = any(row.get(name, "").lower() in ("true", "1") for name in ("is_deleted", "_fivetran_deleted"))
    return not deleted and row.get("_fivetran_active", "true").lower() != "false"


counts, read, repeated = {}, {}, {}
for entity, (name, key) in FILES[sys.argv[2]].items():
    with open(folder / name, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    contents = {}
    for row in rows:
        if is_current(row):
            contents.setdefault(row[key], set()).add(tuple(sorted(row.items())))
    read[entity] = len(rows)
    counts[entity] = len(contents)
    # Keys that the file has with several contents.
    repeated[entity] = sorted(key for key, values in contents.items() if len(values) > 1)
print(json.dumps({"counts": counts, "read": read, "repeated": repeated}))
