#!/usr/bin/env python3
"""Reads the public exports with the standard library alone and writes what the mappings must give.

    python3 read_real_exports.py FOLDER      FOLDER holds maven-crm/, salesforce-dtc/, fivetran-*/

real_exports.json has for each export and entity: the number of records, of values a column, the sum of
its amounts, and MurmurHash3 of all records as text (id and columns divided by tabs, `\\N` for no value,
one record a line, sorted by bytes).
"""
import csv, decimal, json, pathlib, re, sys

from make_oracles import murmur3_x64_128

folder = pathlib.Path(sys.argv[1])
# The columns of each entity in the order of sql/tables: those of its own file, then those that later files add.
COLUMNS = {}
for path in sorted((pathlib.Path(__file__).parents[3] / "sql" / "tables").glob("*.sql")):
    types = "text|numeric|integer|date|boolean|timestamptz"
    for statement in path.read_text(encoding="utf-8").split(";\n"):
        table = re.search(r"^(?:create|alter) table bellwether_store\.(\w+)", statement, re.M)
        if table and ("version_frame inc" in statement or table[1] in COLUMNS):
            COLUMNS.setdefault(table[1], []).extend(
                re.findall(rf"^    (?:add column )?(\w+) (?:{types}),?$", statement, re.M))


def rows(name):
    with open(folder / name, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def number(text):
    if not text:
        return None
    value = decimal.Decimal(text)
    return format(value.normalize(), "f") if value else "0"


def day(text):
    return text[:10] or None if text else None


def flag(text):
    return {"": None, "true": "t", "TRUE": "t", "false": "f", "FALSE": "f"}[text]


def instant(text):
    """As ISO 8601 in UTC, which is what a time without a zone counts in."""
    if not text:
        return None
    time = (text[11:] or "00:00:00")
    time = "0" * (time.index(":") < 2) + time
    return f"{text[:10]}T{time.rstrip('0').rstrip('.') if '.' in time else time}Z"


def unique(records):
    kept = {}
    for record in records:
        assert kept.setdefault(record["id"], record) == record, record
    return list(kept.values())


def maven():
    teams = rows("maven-crm/sales_teams.csv")
    manager_team = {row["manager"]: "team " + row["manager"] for row in teams}
    yield "team", unique(
        [{"id": "office " + r["regional_office"], "name": r["regional_office"]} for r in teams]
        + [{"id": manager_team[r["manager"]], "name": "Team " + r["manager"], "lead_id": r["manager"],
            "parent_id": "office " + r["regional_office"]} for r in teams])
    yield "person", unique(
        [{"id": r["sales_agent"], "name": r["sales_agent"], "title": "Sales Agent",
          "team_id": manager_team[r["manager"]], "manager_id": r["manager"]} for r in teams]
        + [{"id": m, "name": m, "title": "Manager", "team_id": t} for m, t in manager_team.items()])
    yield "account", [
        {"id": r["account"], "name": r["account"], "parent_id": r["subsidiary_of"], "industry": r["sector"],
         "country": r["office_location"], "annual_revenue": number(r["revenue"]), "employees": r["employees"]}
        for r in rows("maven-crm/accounts.csv")]
    yield "product", [{"id": r["product"], "name": r["product"], "family": r["series"],
                       "list_price": number(r["sales_price"])} for r in rows("maven-crm/products.csv")]
    yield "opportunity", [
        {"id": r["opportunity_id"], "name": r["opportunity_id"], "account_id": r["account"],
         "owner_id": r["sales_agent"], "product_id": "GTX Pro" if r["product"] == "GTXPro" else r["product"],
         "stage_id": r["deal_stage"], "amount": number(r["close_value"]), "currency": "USD",
         "close_date": day(r["close_date"]), "created_date": day(r["engage_date"])}
        for r in rows("maven-crm/sales_pipeline.csv")]


def dtc():
    deals, accounts = rows("salesforce-dtc/DTC_Opportunity.csv"), rows("salesforce-dtc/DTC_Account.csv")
    yield "person", unique([{"id": r["Owner.Name"], "name": r["Owner.Name"]} for r in deals + accounts])
    yield "account", [
        {"id": r["Name"], "name": r["Name"], "owner_id": r["Owner.Name"], "type": r["Type"],
         "industry": r["Industry"], "segment": r["Segment"], "country": r["BillingCountry"],
         "annual_revenue": number(r["AnnualRevenue"]), "employees": r["NumberOfEmployees"],
         "source_channel": r["AccountSource"]} for r in accounts]
    yield "product", [{"id": r["Name"], "name": r["Name"], "family": r["Family"]}
                      for r in rows("salesforce-dtc/DTC_Product2.csv")]
    categories = {"Closed": "closed", "Omitted": "omitted", "Forecast": "commit", "BestCase": "best_case",
                  "Pipeline": "pipeline"}
    yield "opportunity", [
        {"id": r["Name"], "name": r["Name"], "account_id": r["Account.Name"], "owner_id": r["Owner.Name"],
         "stage_id": r["StageName"], "forecast_category": categories[r["ForecastCategory"]],
         "amount": number(r["Amount"]), "currency": "USD", "close_date": day(r["CloseDate"]),
         "created_date": day(r["CreatedDate"]), "type": r["Type"], "lead_source": r["LeadSource"]}
        for r in deals]
    book = {r["UnitPrice"]: r["Product2Id"] for r in rows("salesforce-dtc/DTC_PriceBookEntry.csv")}
    yield "opportunity_line", [
        {"id": ":".join([r["OpportunityId"], r["PricebookEntryId"], r["Quantity"]]),
         "opportunity_id": r["OpportunityId"], "product_id": book[r["PricebookEntryId"]],
         "list_price": r["PricebookEntryId"], "quantity": r["Quantity"], "amount": number(r["TotalPrice"]),
         "currency": "USD"} for r in rows("salesforce-dtc/DTC_OpportunityLineItem.csv")]
    yield "activity", [
        {"id": "event " + r["Subject"], "kind": "meeting", "subject": r["Subject"], "opportunity_id": r["WhatId"],
         "owner_id": r["OwnerId"], "activity_date": r["ActivityDate"], "logged_at": instant(r["CreatedDate"])}
        for r in rows("salesforce-dtc/DTC_Event.csv")
    ] + [
        {"id": "task " + r["Subject"], "kind": r["TaskSubtype"].lower(), "type": r["Type"],
         "subject": r["Subject"], "opportunity_id": r["WhatId"], "owner_id": r["OwnerId"],
         "activity_date": r["ActivityDate"], "logged_at": instant(r["CreatedDate"]), "status": r["Status"],
         "is_done": "t" if r["Status"] == "Completed" else "f"} for r in rows("salesforce-dtc/DTC_Task.csv")
    ] + [
        {"id": ":".join([r["WhatId"], r["CreatedDate"], r["Call Object Identifier"]]), "kind": "call",
         "subject": r["Subject"], "owner_id": r["OwnerId"], "activity_date": r["ActivityDate"],
         "duration_seconds": r["CallDurationInSeconds"], "logged_at": instant(r["CreatedDate"]),
         "status": r["Status"], "direction": r["Call Type"].lower(), "outcome": r["Call Result"]}
        for r in rows("salesforce-dtc/DTC_Telephony.csv")]


def salesforce():
    def live(name):
        return [r for r in rows("fivetran-salesforce/" + name)
                if r.get("_fivetran_active", "true") not in ("false", "FALSE")
                and r.get("_fivetran_deleted", "false") not in ("true", "TRUE")
                and r.get("is_deleted", "false") not in ("true", "TRUE", "1")]
    yield "team", [{"id": r["id"], "name": r["name"], "parent_id": r["parent_role_id"],
                    "lead_id": r["forecast_user_id"]} for r in live("sf_user_role_data.csv")]
    yield "person", [
        {"id": r["id"], "name": r["name"], "email": r["email"], "title": r["title"], "team_id": r["user_role_id"],
         "manager_id": r["manager_id"], "is_active": flag(r["is_active"])} for r in live("sf_user_data.csv")]
    yield "account", [
        {"id": r["id"], "name": r["name"], "owner_id": r["owner_id"], "parent_id": r["parent_id"],
         "type": r["type"], "industry": r["industry"], "region": r["billing_state"],
         "country": r["billing_country"], "annual_revenue": number(r["annual_revenue"]),
         "employees": r["number_of_employees"], "source_channel": r["account_source"]}
        for r in live("sf_account_data.csv")]
    yield "product", [{"id": r["id"], "name": r["name"], "family": r["family"]}
                      for r in live("sf_product_2_data.csv")]
    yield "opportunity", [{"id": r["id"]} for r in live("sf_opportunity_data.csv")]
    yield "lead", [
        {"id": r["id"], "owner_id": r["owner_id"], "lead_source": r["lead_source"], "status": r["status"],
         "industry": r["industry"], "region": r["state"], "country": r["country"],
         "employees": r["number_of_employees"], "annual_revenue": number(r["annual_revenue"]),
         "created_date": day(r["created_date"]), "is_converted": flag(r["is_converted"]),
         "converted_date": day(r["converted_date"]), "opportunity_id": r["converted_opportunity_id"],
         "account_id": r["converted_account_id"], "contact_id": r["converted_contact_id"]}
        for r in live("sf_lead_data.csv")]
    yield "opportunity_line", [
        {"id": r["id"], "opportunity_id": r["opportunity_id"], "product_id": r["product_2_id"],
         "name": r["name"], "quantity": number(r["quantity"]), "list_price": number(r["list_price"]),
         "unit_price": number(r["unit_price"]), "discount_percent": number(r["discount"]),
         "amount": number(r["total_price"]), "start_date": day(r["service_date"])}
        for r in live("sf_opportunity_line_item_data.csv")]

    def activity(r, **more):
        ids = {"opportunity_id": ("what_id", "006"), "contact_id": ("who_id", "003"), "lead_id": ("who_id", "00Q")}
        return {
            "id": r["id"], "type": r["type"], "subject": r["subject"], "owner_id": r["owner_id"],
            "account_id": r["account_id"], "activity_date": day(r["activity_date"]),
            "logged_at": instant(r["created_date"]), **more,
            **{name: r[column] for name, (column, start) in ids.items() if r[column].startswith(start)}}
    yield "activity", [
        activity(r, kind=r["task_subtype"].lower(), status=r["status"], is_done=flag(r["is_closed"]),
                 done_at=instant(r["completed_date_time"])) for r in live("sf_task_data.csv")
    ] + [
        activity(r, kind="meeting", started_at=instant(r["start_date_time"] or r["activity_date_time"])
                 if r["start_date_time"] else None, ended_at=instant(r["end_date_time"]))
        for r in live("sf_event_data.csv")]
    yield "booking", [
        {"id": r["id"], "order_id": r["order_number"], "account_id": r["account_id"], "kind": r["type"],
         "booked_date": day(r["activated_date"]), "amount": number(r["total_amount"])}
        for r in live("sf_order_data.csv") if r["status_code"] != "Draft"]
    yield "merged_record", [
        {"id": r["id"], "entity": entity, "record_id": r["id"], "survivor_id": r["master_record_id"]}
        for entity in ("account", "contact", "lead")
        for r in rows(f"fivetran-salesforce/sf_{entity}_data.csv") if r["master_record_id"]]


def hubspot():
    yield "team", [{"id": r["id"], "name": r["name"]} for r in rows("fivetran-hubspot/team_data.csv")]
    yield "person", [
        {"id": r["owner_id"], "name": (r["first_name"] + " " + r["last_name"]).strip(), "email": r["email"]}
        for r in rows("fivetran-hubspot/owner_data.csv")]
    yield "account", [
        {"id": r["id"], "name": r["property_name"], "industry": r["property_industry"],
         "region": r["property_state"], "country": r["property_country"],
         "annual_revenue": number(r["property_annualrevenue"]), "created_date": day(r["property_createdate"])}
        for r in rows("fivetran-hubspot/company_data.csv") if r["is_deleted"] != "true"]
    yield "stage", [
        {"id": r["stage_id"], "name": r["label"], "position": str(int(r["display_order"]) + 1),
         "pipeline_id": r["pipeline_id"],
         "kind": {"FALSE": "open", "TRUE": "won"}[r["is_closed"]],
         "category": {"FALSE": "pipeline", "TRUE": "closed"}[r["is_closed"]]}
        for r in rows("fivetran-hubspot/deal_pipeline_stage_data.csv") if r["_fivetran_deleted"] == "FALSE"]
    yield "opportunity", [
        {"id": r["deal_id"], "name": r["property_dealname"], "owner_id": r["owner_id"],
         "stage_id": r["deal_pipeline_stage_id"], "amount": number(r["property_amount"]),
         "close_date": day(r["property_closedate"]), "created_date": day(r["property_createdate"])}
        for r in rows("fivetran-hubspot/deal_data.csv") if r["is_deleted"] != "true"]
    yield "lead", [
        {"id": r["id"], "annual_revenue": number(r["property_annualrevenue"]),
         "created_date": day(r["property_createdate"])}
        for r in rows("fivetran-hubspot/contact_data.csv") if r["_fivetran_deleted"] != "TRUE"]
    yield "contact_role", unique(
        {"id": r["deal_id"] + ":" + r["contact_id"], "opportunity_id": r["deal_id"],
         "contact_id": r["contact_id"]} for r in rows("fivetran-hubspot/deal_contact_data.csv"))

    def engagements(kind, **columns):
        for r in rows(f"fivetran-hubspot/engagement_{kind}_data.csv"):
            if r.get("_fivetran_deleted") != "true":
                record = {
                    "id": r["engagement_id"], "kind": kind, "owner_id": r.get("property_hubspot_owner_id"),
                    "activity_date": day(r.get("property_hs_timestamp", r.get("start_time"))),
                    "logged_at": instant(r.get("property_hs_createdate")),
                }
                yield record | {
                    name: instant(r[column]) if name.endswith("_at") else r[column]
                    for name, column in columns.items()}
    yield "activity", [
        *engagements("call", started_at="property_hs_timestamp"),
        *engagements("meeting", subject="title", started_at="start_time", ended_at="end_time",
                     outcome="meeting_outcome"),
        *engagements("email", subject="property_hs_email_subject"),
        *engagements("task", type="property_hs_task_type"),
        *engagements("note")]
    yield "merged_record", [
        {"id": "deal " + r["merged_deal_id"], "entity": "opportunity", "record_id": r["merged_deal_id"],
         "survivor_id": r["deal_id"]} for r in rows("fivetran-hubspot/merged_deal_data.csv")
    ] + [
        {"id": "contact " + r["vid_to_merge"], "entity": "lead", "record_id": r["vid_to_merge"],
         "survivor_id": r["canonical_vid"], "merged_date": day(r["timestamp"])}
        for r in rows("fivetran-hubspot/contact_merge_audit_data.csv")]


def summary(entity, records):
    columns = COLUMNS[entity]
    lines, counts, total = [], {column: 0 for column in columns}, decimal.Decimal(0)
    for record in records:
        assert set(record) <= {"id", *columns}, record
        for column in columns:
            counts[column] += bool(record.get(column))
        total += decimal.Decimal(record.get("amount") or 0)
        lines.append("\t".join([record["id"]] + [record.get(column) or "\\N" for column in columns]))
    text = "".join(line + "\n" for line in sorted(line.encode() for line in lines) for line in [line.decode()])
    return {"records": len(records), "values": {c: n for c, n in counts.items() if n}, "amount": str(total),
            "hash": "%016x%016x" % murmur3_x64_128(text.encode(), 0, 0)}


result = {}
for folder_name, mapping, entities in [
    ("maven-crm", "maven-crm", maven()), ("salesforce-dtc", "salesforce-dtc", dtc()),
    ("fivetran-salesforce", "salesforce", salesforce()), ("fivetran-hubspot", "hubspot", hubspot()),
]:
    result[folder_name] = {
        "mapping": mapping, "entities": {entity: summary(entity, records) for entity, records in entities}}
(pathlib.Path(__file__).parent / "real_exports.json").write_text(json.dumps(result, indent=1) + "\n")
