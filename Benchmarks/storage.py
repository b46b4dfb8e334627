#!/usr/bin/env python3
"""Loads night after night and weighs what the history takes on disk: `make bench-storage`.

DEALS=100000 NIGHTS=730 SHARE=0.01 WORK=folder RESULT=file.json BELLWETHER=binary KEEP=1. One night's file is
on the disk at a time.
"""

import datetime
import json
import os
import shutil
import sys
import time

from kit.commands import Failure, commit, machine
from kit.contenders import Bellwether, CopyTyped
from kit.deals import Company
from kit.report import number, place_from_environment, table

_LIMIT = 2


def main():
    place = place_from_environment()
    deals, nights = int(os.environ.get("DEALS") or 100_000), int(os.environ.get("NIGHTS") or 730)
    share = float(os.environ.get("SHARE") or 0.01)
    os.makedirs(place.path("night"), exist_ok=True)
    commit()  # asked now: files may change while this runs
    place.start()
    try:
        report(place, *load(place, deals, nights, share), nights, share)
        return 0
    finally:
        place.stop()
        if not os.environ.get("KEEP"):
            shutil.rmtree(place.folder)


def load(place, deals, nights, share):
    """All nights into the warehouse; the last one into a plain table, to weigh a snapshot stored as it is."""
    begin = time.monotonic()
    company = Company(deals, place.path("night"))
    contender = Bellwether(place)
    contender.prepare()
    day, snapshot_bytes = datetime.date(2023, 1, 2), 0
    for night in range(nights):
        if night:
            company.next_night(share)
        snapshot_bytes += company.bytes
        contender.load(company.path, (day + datetime.timedelta(days=night)).isoformat())
        if night % 50 == 49:
            print(f"{night + 1} nights, {time.monotonic() - begin:.0f} s", file=sys.stderr, flush=True)
    if contender.version_count() != company.versions:
        raise Failure(f"{contender.version_count()} versions of {company.versions}")
    plain = CopyTyped(place)
    plain.prepare()
    plain.load(company.path, "")
    return company, contender, plain, snapshot_bytes, time.monotonic() - begin


def report(place, company, contender, plain, snapshot_bytes, seconds, nights, share):
    """Prints what takes how much, and whether the target holds."""
    place.rest()
    weigh = "select pg_table_size('{0}') || ' ' || pg_indexes_size('{0}')"
    rows, indexes = map(
        int, place.sql(weigh.format("bellwether_store.opportunity"), contender.database).split())
    # Beside the entity's table: loads, snapshots, marks, whatever grows with the nights.
    store = int(
        place.sql(
            """select sum(pg_total_relation_size(oid)) from pg_class
            where relnamespace = 'bellwether_store'::regnamespace and relkind = 'r'""",
            contender.database,
        )
    )
    one = int(place.sql("select pg_total_relation_size('opportunity')", plain.database))
    def line(what, size):
        return [what, f"{size / 1e6:,.1f}", f"{size / company.version_bytes:.2f} ×"]

    print(f"{number(company.rows)} deals, {nights} nights with {100 * share:g} % changed, loaded in {seconds:.0f} s;")
    print(f"{number(company.versions)} versions; {machine()}, commit {commit()}\n")
    lines = [
        line("CSV of the distinct versions, all 20 columns", company.version_bytes),
        line("opportunity: rows", rows),
        line("opportunity: indexes", indexes),
        line("opportunity: rows and indexes", rows + indexes),
        line("all tables of the store", store),
        line("every snapshot as CSV", snapshot_bytes),
        line("every snapshot as typed rows with a key (one measured)", one * nights),
    ]
    print(table(["", "MB", "of the CSV"], lines, right={1, 2}))
    ratio = (rows + indexes) / company.version_bytes
    target = ["rows and indexes, of the CSV of distinct versions", f"{ratio:.2f} ×", f"≤ {_LIMIT:.2f} ×",
              "holds" if ratio <= _LIMIT else "MISSED"]
    print("\n" + table(["must hold", "measured", "wanted", ""], [target], right={1, 2}))
    if result := os.environ.get("RESULT"):
        with open(result, "w", encoding="utf-8") as file:
            json.dump({"table": lines, "targets": [target]}, file, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    sys.exit(main())
