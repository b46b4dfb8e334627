"""Checks the form of the exports: RFC 4180, columns, ids, references, and how rows change.

Usage: format.py FOLDER SQL_TABLES_FOLDER -> prints `ok` and some counts, or what is wrong (exit 1).
"""
import csv
import datetime
import os
import re
import sys

ROOT, TABLES = sys.argv[1:3]
ENTITIES = ("company", "team", "person", "account", "product", "stage", "holiday", "exchange_rate", "plan_line",
            "opportunity", "call", "deal_call", "activity", "booking")


OPTIONAL = {"opportunity_split.csv", "field_change.csv", "merged_record.csv", "lead.csv"}
# Files without columns of which nothing is told.
PARTIAL = ("lead",)
EVENTS = ("call", "deal_call", "activity", "booking", "merged_record")


def fail(text):
    print(text)
    sys.exit(1)


def columns_of(entity):
    """The columns that the entity's SQL file declares beside the frame of versions."""
    name = next(name for name in os.listdir(TABLES) if re.fullmatch(rf"\d+_{entity}\.sql", name))
    with open(f"{TABLES}/{name}", encoding="utf-8") as file:
        body = re.search(r"create table \S+ \((.*?)\n\)", file.read(), re.S).group(1)
    lines = [line.strip() for line in body.split("\n")]
    columns = [line.split()[0] for line in lines if line and not line.startswith(("like", "primary"))]
    if entity == "company":
        # How its calendar is kept was added later.
        more = next(name for name in os.listdir(TABLES) if name.endswith("_company_more.sql"))
        with open(f"{TABLES}/{more}", encoding="utf-8") as file:
            columns += re.findall(r"add column (\w+)", file.read())
    return columns


def strict(path):
    """RFC 4180 byte by byte, with line feeds; nothing but the grammar."""
    data = open(path, "rb").read()
    state = "start"
    for byte in data:
        char = chr(byte)
        if state in ("start", "plain"):
            if char == '"':
                if state == "plain":
                    fail(f"{path}: a quote inside a plain cell")
                state = "quoted"
            elif char == "\r":
                fail(f"{path}: a carriage return")
            else:
                state = "start" if char in ",\n" else "plain"
        elif state == "quoted":
            if char == '"':
                state = "after"
        elif char == '"':
            state = "quoted"
        elif char in ",\n":
            state = "start"
        else:
            fail(f"{path}: text after a closing quote")
    if state != "start" or not data.endswith(b"\n"):
        fail(f"{path}: it does not end with a line feed")


def read(night, entity):
    path = f"{ROOT}/{night}/{entity}.csv"
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file, strict=True))
    header = rows[0]
    columns = ["id"] + columns_of(entity)
    if header != [column for column in columns if entity not in PARTIAL or column in header]:
        fail(f"{path}: header {header}")
    for row in rows[1:]:
        if len(row) != len(header):
            fail(f"{path}: ragged row {row[0]}")
    records = {row[0]: dict(zip(header, row)) for row in rows[1:]}
    if len(records) != len(rows) - 1:
        fail(f"{path}: an id twice")
    return records


def resolve(night, entity, records, column, targets, required):
    for key, record in records.items():
        value = record[column]
        if value not in targets and (value or required):
            fail(f"{night} {entity} {key}: {column} {value!r} resolves to nothing")


def check_deal(night, key, deal, stages):
    kind = stages[deal["stage_id"]]["kind"]
    if deal["is_closed"] != ("false" if kind == "open" else "true"):
        fail(f"{night} {key}: is_closed is {deal['is_closed']} in {deal['stage_id']}")
    if deal["is_won"] != ("true" if kind == "won" else "false"):
        fail(f"{night} {key}: is_won is {deal['is_won']} in {deal['stage_id']}")
    if kind != "open" and not deal["created_date"] <= deal["close_date"] <= night:
        fail(f"{night} {key}: closed on {deal['close_date']}")
    if kind == "won" and not deal["amount"]:
        fail(f"{night} {key}: won without an amount")
    if deal["amount"] and not re.fullmatch(r"[1-9]\d*\.\d\d", deal["amount"]):
        fail(f"{night} {key}: amount {deal['amount']}")
    if deal["forecast_category"] not in ("", "commit", "best_case", "pipeline", "omitted", "closed"):
        fail(f"{night} {key}: category {deal['forecast_category']}")
    for column in ("close_date", "created_date"):
        if deal[column]:
            datetime.date.fromisoformat(deal[column])
    if deal["created_date"] > night:
        fail(f"{night} {key}: created on {deal['created_date']}")
    if bool(deal["loss_reason"]) != (kind in ("lost", "no_decision")):
        fail(f"{night} {key}: loss reason {deal['loss_reason']!r} while {kind}")


INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:00-0[45]:00"


def check_call(night, key, call, people):
    if call["submitted_at"][:10] > night or not re.fullmatch(INSTANT, call["submitted_at"]):
        fail(f"{night} call {key}: submitted at {call['submitted_at']}")
    if datetime.date.fromisoformat(call["submitted_at"][:10]).weekday() > 1:
        fail(f"{night} call {key}: not at the beginning of a week")
    # Who has left may have called before.
    if call["submitted_by_id"] not in people:
        fail(f"{night} call {key}: by {call['submitted_by_id']}")
    if call["withdrawn_at"] and not call["submitted_at"] < call["withdrawn_at"] <= f"{night}T24":
        fail(f"{night} call {key}: taken back at {call['withdrawn_at']}")
    for column in ("amount", "calculated_amount"):
        if not re.fullmatch(r"\d+\.\d\d", call[column]):
            fail(f"{night} call {key}: {column} {call[column]!r}")
    if not re.fullmatch(r"FY202[4-7]Q[1-4]", call["period"]) or call["category"] not in ("commit", "best_case"):
        fail(f"{night} call {key}: {call['period']} {call['category']}")


def check_lead(night, key, lead):
    ends = {"Converted": lead["converted_date"], "Disqualified": lead["disqualified_date"]}
    end = ends.get(lead["status"], "none")
    if not lead["created_date"] <= night or not end or end != "none" and not lead["created_date"] < end <= night:
        fail(f"{night} lead {key}: {lead}")
    converted = lead["status"] == "Converted"
    if (lead["is_converted"] == "true") != converted or bool(lead["opportunity_id"]) != converted:
        fail(f"{night} lead {key}: {lead}")


def check_activity(night, key, activity):
    if activity["logged_at"][:10] > night:
        fail(f"{night} activity {key}: logged at {activity['logged_at']}")
    planned = activity["status"] == "Planned"
    if planned != (activity["activity_date"] > activity["logged_at"][:10]) or planned == (activity["is_done"] == "true"):
        fail(f"{night} activity {key}: {activity['status']} for {activity['activity_date']}")
    if datetime.date.fromisoformat(activity["activity_date"]).weekday() > 4:
        fail(f"{night} activity {key}: on a weekend")


def main():
    nights = sorted(os.listdir(ROOT))
    shares = []
    weekend_changes = 0
    before = None
    told = {entity: {} for entity in EVENTS}
    for night in nights:
        names = [f"{entity}.csv" for entity in ENTITIES]
        # Only a company with splits has a file of them: an empty one would say that all are gone.
        if sorted(set(os.listdir(f"{ROOT}/{night}")) - OPTIONAL) != sorted(names):
            fail(f"{night}: files {os.listdir(f'{ROOT}/{night}')}")
        has_splits = os.path.exists(f"{ROOT}/{night}/opportunity_split.csv")
        # Nor is a merge told of before there is one.
        has_merges = os.path.exists(f"{ROOT}/{night}/merged_record.csv")
        entities = (ENTITIES + (("opportunity_split",) if has_splits else ())
                    + (("merged_record",) if has_merges else ())
                    + tuple(entity for entity in PARTIAL if os.path.exists(f"{ROOT}/{night}/{entity}.csv")))
        data = {entity: read(night, entity) for entity in entities}
        people, deals = data["person"], data["opportunity"]
        resolve(night, "team", data["team"], "lead_id", people, False)
        resolve(night, "team", data["team"], "parent_id", data["team"], False)
        resolve(night, "person", people, "team_id", data["team"], False)
        if [p["title"] for p in people.values() if not p["team_id"]] != ["Chief revenue officer"]:
            fail(f"{night}: people without a team")
        resolve(night, "person", people, "manager_id", people, False)
        resolve(night, "account", data["account"], "owner_id", people, True)
        resolve(night, "account", data["account"], "parent_id", data["account"], False)
        for column, entity in (("owner_id", "person"), ("account_id", "account"),
                               ("product_id", "product"), ("stage_id", "stage")):
            resolve(night, "opportunity", deals, column, data[entity], True)
        nodes = {**people, **data["team"], "": None}
        resolve(night, "plan_line", data["plan_line"], "node_id", nodes, True)
        for column, entity in (("opportunity_id", "opportunity"), ("account_id", "account"), ("owner_id", "person")):
            resolve(night, "activity", data["activity"], column, data[entity], True)
        resolve(night, "booking", data["booking"], "opportunity_id", deals, False)
        resolve(night, "booking", data["booking"], "account_id", data["account"], True)
        resolve(night, "deal_call", data["deal_call"], "opportunity_id", deals, True)
        resolve(night, "deal_call", data["deal_call"], "submitted_by_id", people, True)
        resolve(night, "call", data["call"], "node_id", nodes, True)
        for key, call in data["call"].items():
            check_call(night, key, call, people)
        for key, activity in data["activity"].items():
            check_activity(night, key, activity)
        if has_splits:
            resolve(night, "split", data["opportunity_split"], "opportunity_id", deals, True)
            resolve(night, "split", data["opportunity_split"], "person_id", people, True)
            if not data["opportunity_split"]:
                fail(f"{night}: a file of splits without one")
        for entity in EVENTS:
            for key in data.get(entity, ()):
                if before is None:
                    continue
                if key in told[entity] and data[entity][key] == told[entity][key]:
                    fail(f"{night} {entity} {key}: told again though nothing is new")
            told[entity].update(data.get(entity, {}))
        for column, entity in (("owner_id", "person"), ("opportunity_id", "opportunity")):
            resolve(night, "lead", data.get("lead", {}), column, data[entity], column == "owner_id")
        for key, lead in data.get("lead", {}).items():
            check_lead(night, key, lead)
        merges = data.get("merged_record", {})
        resolve(night, "merged_record", merges, "survivor_id", deals, True)
        merged = {row["record_id"] for row in merges.values()}
        if merged & set(deals) or any(row["merged_date"] > night for row in merges.values()):
            fail(f"{night}: merged and still there")
        for key, deal in deals.items():
            check_deal(night, key, deal, data["stage"])
            if people[deal["owner_id"]]["start_date"] > deal["created_date"]:
                fail(f"{night} {key}: the owner started later")
        if before is not None:
            if set(before) - set(deals) != merged & set(before):
                fail(f"{night}: deals vanished")
            changed = sum(1 for key, deal in before.items() if deals.get(key) != deal)
            if datetime.date.fromisoformat(night).weekday() > 4:
                weekend_changes += changed
            else:
                shares.append(changed / len(before))
        before = deals
    for entity in entities:
        strict(f"{ROOT}/{nights[-1]}/{entity}.csv")
    closed = [deal for deal in before.values() if deal["is_closed"] == "true"]
    won = [deal for deal in closed if deal["is_won"] == "true"]
    open_ = [deal for deal in before.values() if deal["is_closed"] == "false"]
    print("ok")
    print(f"deals={len(before)}")
    print(f"bytes={sum(os.path.getsize(f'{ROOT}/{n}/{f}') for n in nights for f in os.listdir(f'{ROOT}/{n}'))}")
    print(f"won={len(won) / max(1, len(closed)):.4f}")
    print(f"first_close={min((deal['close_date'] for deal in closed), default='')}")
    print(f"past_due={sum(1 for deal in open_ if deal['close_date'] and deal['close_date'] < nights[-1])}")
    print(f"undated={sum(1 for deal in open_ if not deal['close_date'])}")
    print(f"without_amount={sum(1 for deal in open_ if not deal['amount'])}")
    print(f"changed={sum(shares) / max(1, len(shares)):.4f}")
    print(f"weekend={weekend_changes}")


main()
