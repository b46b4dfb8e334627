"""Checks the form of the exports: RFC 4180, columns, ids, references, and how rows change.

Usage: format.py FOLDER SQL_TABLES_FOLDER -> prints `ok` and some counts, or what is wrong (exit 1).
"""
import csv
import datetime
import os
import re
import sys

ROOT, TABLES = sys.argv[1:3]
ENTITIES = ("company", "team", "person", "account", "product", "stage", "exchange_rate", "plan_line",
            "opportunity")


def fail(text):
    print(text)
    sys.exit(1)


def columns_of(entity):
    """The columns that the entity's SQL file declares beside the frame of versions."""
    name = next(name for name in os.listdir(TABLES) if re.fullmatch(rf"\d+_{entity}\.sql", name))
    with open(f"{TABLES}/{name}", encoding="utf-8") as file:
        body = re.search(r"create table \S+ \((.*?)\n\);", file.read(), re.S).group(1)
    lines = [line.strip() for line in body.split("\n")]
    return [line.split()[0] for line in lines if line and not line.startswith(("like", "primary"))]


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
    if header != ["id"] + columns_of(entity):
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


def main():
    nights = sorted(os.listdir(ROOT))
    shares = []
    weekend_changes = 0
    before = None
    for night in nights:
        if sorted(os.listdir(f"{ROOT}/{night}")) != sorted(f"{entity}.csv" for entity in ENTITIES):
            fail(f"{night}: files {os.listdir(f'{ROOT}/{night}')}")
        data = {entity: read(night, entity) for entity in ENTITIES}
        people, deals = data["person"], data["opportunity"]
        resolve(night, "team", data["team"], "lead_id", people, False)
        resolve(night, "team", data["team"], "parent_id", data["team"], False)
        resolve(night, "person", people, "team_id", data["team"], True)
        resolve(night, "person", people, "manager_id", people, False)
        resolve(night, "account", data["account"], "owner_id", people, True)
        resolve(night, "account", data["account"], "parent_id", data["account"], False)
        for column, entity in (("owner_id", "person"), ("account_id", "account"),
                               ("product_id", "product"), ("stage_id", "stage")):
            resolve(night, "opportunity", deals, column, data[entity], True)
        nodes = {**people, **data["team"], "": None}
        resolve(night, "plan_line", data["plan_line"], "node_id", nodes, True)
        for key, deal in deals.items():
            check_deal(night, key, deal, data["stage"])
            if people[deal["owner_id"]]["start_date"] > deal["created_date"]:
                fail(f"{night} {key}: the owner started later")
        if before is not None:
            if set(before) - set(deals):
                fail(f"{night}: deals vanished")
            changed = sum(1 for key, deal in before.items() if deals[key] != deal)
            if datetime.date.fromisoformat(night).weekday() > 4:
                weekend_changes += changed
            else:
                shares.append(changed / len(before))
        before = deals
    for entity in ENTITIES:
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
