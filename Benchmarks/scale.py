#!/usr/bin/env python3
"""Shows how seconds and memory of `bellwether load` grow with the rows: `make bench-scale`.

SCALE_ROWS="100000 1000000 10000000" SHARE=0.01 WORK=folder RESULT=file.json BELLWETHER=binary KEEP=1
"""

import datetime
import json
import os
import shutil
import sys

from kit.commands import Failure, commit, machine
from kit.contenders import Bellwether
from kit.deals import Company
from kit.report import megabytes, number, place_from_environment, table

_BYTES_A_ROW = 40
# A million rows of the largest size may take so much longer than a million of the smallest and still be linear.
_SLACK = 1.3


def measure(place, rows, share):
    """First load and one night of a company of so many rows."""
    company = Company(rows, place.path("night"))
    contender = Bellwether(place)
    contender.prepare()
    day = datetime.date(2024, 1, 1)
    runs = []
    for turn in range(2):
        if turn:
            company.next_night(share)
        place.rest()
        runs.append(contender.load(company.path, (day + datetime.timedelta(days=turn)).isoformat()))
        print(f"{number(rows)} rows: {runs[-1].seconds:.2f} s", file=sys.stderr, flush=True)
        if contender.version_count() != company.versions:
            raise Failure(f"{number(rows)} rows: {contender.version_count()} versions of {company.versions}")
    size = company.bytes
    os.remove(company.path)
    place.drop(contender.database)
    return rows, size, runs


def main():
    place = place_from_environment()
    sizes = [int(word) for word in (os.environ.get("SCALE_ROWS") or "100000 1000000 10000000").split()]
    share = float(os.environ.get("SHARE") or 0.01)
    os.makedirs(place.path("night"), exist_ok=True)
    commit()  # asked now: files may change while this runs
    place.start()
    try:
        points = [measure(place, rows, share) for rows in sizes]
        report(points, share)
        return 0
    finally:
        place.stop()
        if not os.environ.get("KEEP"):
            shutil.rmtree(place.folder)


def report(points, share):
    """Prints a line a size, and what must hold."""
    lines = [
        [number(rows), f"{size / 1e6:.0f}"]
        + [
            cell
            for run in runs
            for cell in (f"{run.seconds:.2f}", f"{run.seconds / rows * 1e6:.2f}", megabytes(run.peak))
        ]
        for rows, size, runs in points
    ]
    night = f"{100 * share:g} %"
    header = ["rows", "MB", "first load, s", "s a million", "peak MB", f"nightly {night}, s", "s a million", "peak MB"]
    print(f"`bellwether load`, {machine()}, commit {commit()}\n")
    print(table(header, lines, right=set(range(8))))
    (few, _, first), (many, _, last) = points[0], points[-1]
    targets = []
    for at, name in enumerate(("first load", f"nightly, {night} changed")):
        growth = (last[at].peak - first[at].peak) / max(1, many - few)
        targets.append(
            [f"{name}, memory a row beyond the base", f"{growth:.1f} bytes", f"≤ {_BYTES_A_ROW} bytes",
             "holds" if growth <= _BYTES_A_ROW else "MISSED"])
        # From the second size on: what every load costs weighs on the smallest.
        middle = points[len(points) // 2]
        slope = (last[at].seconds / many) / (middle[2][at].seconds / middle[0])
        targets.append(
            [f"{name}, time a row at {number(many)} against {number(middle[0])}", f"{slope:.2f} ×", f"≤ {_SLACK} ×",
             "holds" if slope <= _SLACK else "MISSED"])
    print("\n" + table(["must hold", "measured", "wanted", ""], targets, right={1, 2}))
    if result := os.environ.get("RESULT"):
        with open(result, "w", encoding="utf-8") as file:
            json.dump({"header": header, "table": lines, "targets": targets}, file, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    sys.exit(main())
