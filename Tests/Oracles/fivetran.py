#!/usr/bin/env python3
"""How many records Fivetran's sample copies of Salesforce and HubSpot hold: rows that neither the CRM
nor the connector calls deleted, one a key; rows that the connector calls inactive are old versions.

Entities that several files give, and keys of several columns, are put together here on their own account.

usage: fivetran.py FOLDER salesforce|hubspot"""
import csv
import json
import sys
from pathlib import Path

folder = Path(sys.argv[1])
FILES = {
    "salesforce": {
        "team": [("sf_user_role_data.csv", "id")], "person": [("sf_user_data.csv", "id")],
        "account": [("sf_account_data.csv", "id")], "product": [("sf_product_2_data.csv", "id")],
        "opportunity": [("sf_opportunity_data.csv", "id")], "lead": [("sf_lead_data.csv", "id")],
        "opportunity_line": [("sf_opportunity_line_item_data.csv", "id")],
        "activity": [("sf_task_data.csv", "id"), ("sf_event_data.csv", "id")],
        "booking": [("sf_order_data.csv", "id")],
        "merged_record": [
            ("sf_account_data.csv", "id"), ("sf_contact_data.csv", "id"), ("sf_lead_data.csv", "id"),
        ],
    },
    "hubspot": {
        "team": [("team_data.csv", "id")], "person": [("owner_data.csv", "owner_id")],
        "account": [("company_data.csv", "id")], "stage": [("deal_pipeline_stage_data.csv", "stage_id")],
        "opportunity": [("deal_data.csv", "deal_id")], "lead": [("contact_data.csv", "id")],
        "contact_role": [("deal_contact_data.csv", "deal_id", "contact_id")],
        "activity": [
            (f"engagement_{kind}_data.csv", "engagement_id")
            for kind in ("call", "meeting", "email", "task", "note")
        ],
        "merged_record": [
            ("merged_deal_data.csv", "merged_deal_id"), ("contact_merge_audit_data.csv", "vid_to_merge"),
        ],
    },
}


def is_current(row):
    deleted = any(row.get(name, "").lower() in ("true", "1") for name in ("is_deleted", "_fivetran_deleted"))
    return not deleted and row.get("_fivetran_active", "true").lower() != "false"


def is_told(entity, row):
    if entity == "merged_record" and "master_record_id" in row:
        return row["master_record_id"] != ""
    return is_current(row)


counts, read, repeated = {}, {}, {}
for entity, inputs in FILES[sys.argv[2]].items():
    contents, read[entity] = {}, 0
    for name, *key in inputs:
        with open(folder / name, newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
        read[entity] += len(rows)
        for row in rows:
            if is_told(entity, row):
                identity = (name,) * (entity == "merged_record") + tuple(row[part] for part in key)
                contents.setdefault(identity, set()).add(tuple(sorted(row.items())))
    counts[entity] = len(contents)
    # Keys that the files have with several contents.
    repeated[entity] = sorted(map(list, (key for key, values in contents.items() if len(values) > 1)))
print(json.dumps({"counts": counts, "read": read, "repeated": repeated}))
