"""Usage: differences.py A B -> lines `entity id first_night last_night`, for records that differ
between two folders of exports, and `night day` for nights that only one of them has."""
import csv
import os
import sys

first, second = sys.argv[1:3]
nights = [set(os.listdir(first)), set(os.listdir(second))]
for night in sorted(nights[0] ^ nights[1]):
    print(f"night {night}")
found = {}
for night in sorted(nights[0] & nights[1]):
    for name in sorted(os.listdir(f"{first}/{night}")):
        paths = [f"{folder}/{night}/{name}" for folder in (first, second)]
        paths = [path for path in paths if os.path.exists(path)]
        if len(paths) == 2 and open(paths[0], "rb").read() == open(paths[1], "rb").read():
            continue
        rows = [{}] * (2 - len(paths))
        for path in paths:
            with open(path, newline="", encoding="utf-8") as file:
                rows.append({row[0]: row for row in csv.reader(file)})
        for key in rows[0].keys() | rows[1].keys():
            if rows[0].get(key) != rows[1].get(key):
                since, _ = found.get((name[:-4], key), (night, night))
                found[name[:-4], key] = (since, night)
for (entity, key), (since, until) in sorted(found.items()):
    print(entity, key, since, until)
