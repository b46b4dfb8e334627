"""Usage: events.py FOLDER -> for each file of events a line: its name, a SHA-256 over the newest word on each
record of all nights, and the number of records."""
import csv
import hashlib
import os
import sys

root = sys.argv[1]
for entity in ("activity", "booking", "call", "deal_call"):
    newest = {}
    for night in sorted(os.listdir(root)):
        with open(f"{root}/{night}/{entity}.csv", newline="", encoding="utf-8") as file:
            newest.update({row[0]: row for row in list(csv.reader(file))[1:]})
    text = repr(sorted(newest.items())).encode()
    print(entity, hashlib.sha256(text).hexdigest(), len(newest))
