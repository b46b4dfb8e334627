#!/usr/bin/env python3
"""One export of every entity, named as the mapping `generic` wants it, and what must come back of it.

usage: entities.py SQL_TABLES FOLDER SEED

Reads the table files by itself: their `create table` and `add column` lines, comments and all. Writes one CSV file
an entity into FOLDER, with rows in which every column has a value, none has, and some have, and prints
{entity: {kind, columns, rows: [[id, value …]]}}: each value as PostgreSQL writes it in a session in UTC."""
import csv
import json
import random
import re
import sys
from pathlib import Path

tables, folder, seed = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
draw = random.Random(seed)
entities = {}
for path in sorted(tables.glob("*.sql")):
    sql = path.read_text(encoding="utf-8")
    kind = re.search(r"^-- Kind:\s+(\w+)$", sql, re.M)
    body = re.search(r"^create table bellwether_store\.(\w+) \((.*?)^\)", sql, re.M | re.S)
    if body and "like bellwether_store.version_frame" in body[2]:
        columns = re.findall(r"^    (\w+) (text|numeric|integer|date|boolean|timestamptz),$", body[2], re.M)
        entities[body[1]] = {"kind": kind[1], "columns": columns}
    for table, added in re.findall(r"^alter table bellwether_store\.(\w+)\n(.*?);", sql, re.M | re.S):
        if table in entities:
            entities[table]["columns"] += re.findall(r"add column (\w+) (\w+)", added)

WORDS = ["a", 'a "quoted" word', "two\nlines", "comma, semicolon;", " blanks ", "Ünïcödé 東京 🙂", "\\N", "null", "0", "=1+1", "x" * 300]


def value(form):
    """What stands in the file, and what comes back."""
    if form == "text":
        text = draw.choice(WORDS) + str(draw.randrange(1000))
        return text, text
    if form == "numeric":
        whole, part = draw.choice([0, 7, 123456, 10**14 + 5]), draw.choice(["", ".5", ".000001", ".25"])
        sign = draw.choice(["", "-"]) if whole or part else ""
        return f"{sign}{whole}{part}", f"{sign}{whole}{part}"
    if form == "integer":
        number = draw.choice([0, -1, 2147483647, -2147483648, draw.randrange(1000)])
        return str(number), str(number)
    if form == "date":
        day = f"{draw.randrange(1990, 2100)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
        return day, day
    if form == "boolean":
        truth = draw.random() < 0.5
        return draw.choice(["true", "TRUE", "1", "yes"] if truth else ["false", "f", "0", "no"]), "true" if truth else "false"
    day, minute, second = f"{draw.randrange(2000, 2040)}-0{draw.randrange(1, 10)}-15", draw.randrange(60), draw.randrange(60)
    # 12 o'clock, so that no zone of up to eleven hours changes the day.
    zone, hour = draw.choice([("Z", 12), ("+02:00", 10), ("-08:00", 20), ("", 12)])
    return f"{day}T12:{minute:02}:{second:02}{zone}", f"{day} {hour}:{minute:02}:{second:02}+00"


result = {}
for name, entity in entities.items():
    # A CRM's own history is read by rules of its own and shown by another view: past.py is its oracle.
    if name == "field_change":
        continue
    columns, rows, lines = entity["columns"], [], []
    for number in range(6):
        share = [1, 1, 0, 0.5, 0.5, 0.8][number]
        cells = [value(form) if draw.random() < share else ("", None) for _, form in columns]
        key = f"{name}-{number}"
        lines.append([key] + [cell[0] for cell in cells])
        rows.append([key] + [cell[1] for cell in cells])
    with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id"] + [column for column, _ in columns])
        writer.writerows(lines)
    result[name] = {"kind": entity["kind"], "columns": [column for column, _ in columns], "rows": rows}
print(json.dumps(result))
