#!/usr/bin/env python3
"""Whether the CSV of an answer has the rows of the main table of its JSON.

usage: answer_formats.py ANSWER.json ANSWER.csv"""
import csv
import json
import sys
from decimal import Decimal

with open(sys.argv[1], encoding="utf-8") as file:
    # Numbers stay exact: an amount is a text, a rate a number.
    answer = json.load(file, parse_float=Decimal)
with open(sys.argv[2], newline="", encoding="utf-8") as file:
    header, *lines = list(csv.reader(file))

table = answer["tables"][0]
names = [column["name"] for column in table["columns"]]
differences = []
if answer["schema"] != "bellwether.answer/1":
    differences.append("schema")
if header != names:
    differences.append(f"header {header} for {names}")
if len(lines) != len(table["rows"]):
    differences.append(f"{len(lines)} lines for {len(table['rows'])} rows")


def same(value, text):
    if value is None:
        return text == ""
    if isinstance(value, bool):
        return text == str(value).lower()
    if isinstance(value, (int, Decimal)):
        return Decimal(text) == value
    # A text that a spreadsheet would take for a formula may carry a mark before it.
    return text in (value, "'" + value)


for number, (row, line) in enumerate(zip(table["rows"], lines)):
    for name, text in zip(names, line):
        if not same(row[name], text):
            differences.append(f"row {number} {name}: {row[name]!r} {text!r}")
print(json.dumps({"differences": differences}))
