#!/usr/bin/env python3
"""Loads the same nights in every way there is, side by side, and prints one table: `make bench`.

ROWS=1000000 REPS=3 SHARES="0 0.01 0.1 1" PEERS=folder|none PEER_LIMIT=600 WORK=folder RESULT=file.json
BELLWETHER=binary KEEP=1. CONTRIBUTING.md says more.
"""

import datetime
import json
import os
import shutil
import statistics
import sys
import time

from kit.commands import Failure, commit, machine
from kit.contenders import Bellwether, CopyText, CopyTyped, SQLDiff
from kit.deals import COLUMNS, Company
from kit.peers import DBT, DLT
from kit.report import megabytes, number, place_from_environment, table
from kit.targets import nightly_targets

FIRST = "first load"


def label(share):
    """How a kind of night is called."""
    return f"nightly, {100 * share:g} % changed"


class Comparison:
    """The runs of all contenders over the same nights."""

    def __init__(self, place, rows, repetitions, shares, limit):
        self.place, self.rows, self.repetitions, self.shares, self.limit = place, rows, repetitions, shares, limit
        self.all = [kind(place) for kind in (Bellwether, CopyText, CopyTyped, SQLDiff, DBT, DLT)]
        self.absent = {contender.key: reason for contender in self.all if (reason := contender.missing())}
        self.runs = {}  # (kind of night, contender) -> [Run]
        self.stops = {}  # contender -> the kinds of nights on which it was stopped
        self.checks = []
        self.day = datetime.date(2024, 1, 1)

    def run(self):
        """First loads, then nights of each kind."""
        self.company = Company(self.rows, self.place.path("night"))
        self.file_bytes = self.company.bytes
        taking_part = [contender for contender in self.all if contender.key not in self.absent]
        for repetition in range(self.repetitions):
            for contender in self._turn(taking_part, repetition):
                # Peers take long: once.
                if repetition == 0 or not contender.is_peer:
                    contender.prepare()
                    self._load(contender, FIRST)
        self._check(FIRST)
        for share in self.shares:
            for repetition in range(self.repetitions):
                self.company.next_night(share)
                self.day += datetime.timedelta(days=1)
                for contender in self._turn(taking_part, repetition):
                    if self._goes_on(contender, label(share)):
                        self._load(contender, label(share))
            self._check(label(share))

    def _turn(self, contenders, repetition):
        """Each time another one is first."""
        shift = repetition % len(contenders)
        return contenders[shift:] + contenders[:shift]

    def _goes_on(self, contender, night):
        """Stopped on a kind of night, it is not tried on that kind again; stopped on two, on none."""
        stops = self.stops.get(contender.key, [])
        return night not in stops and len(stops) < 2 and FIRST not in stops

    def _load(self, contender, night):
        self.place.rest()
        limit = self.limit if contender.is_peer else 0
        run = contender.load(self.company.path, self.day.isoformat(), limit)
        print(f"{night}: {contender.name} {run.seconds:.2f} s", file=sys.stderr, flush=True)
        if run.stopped:
            self.stops.setdefault(contender.key, []).append(night)
            contender.recover()
        self.runs.setdefault((night, contender.key), []).append(run)

    def _check(self, night):
        """All hold the same current records, and those that keep history the same number of versions."""
        contents, versions = {}, {"the nights' own count": self.company.versions}
        for contender in self.all:
            stops = self.stops.get(contender.key, [])
            if (night, contender.key) not in self.runs or night in stops:
                continue
            contents[contender.name] = contender.content()
            # Whoever was stopped has missed a night.
            if contender.keeps_history and not stops:
                versions[contender.name] = contender.version_count()
        for what, found in (("current records", contents), ("versions", versions)):
            if len(set(found.values())) != 1:
                raise Failure(f"{night}: {what} differ: {found}")
        current = int(next(iter(contents.values())).split()[0])
        if current != self.rows:
            raise Failure(f"{night}: {current} current records of {self.rows}")
        self.checks.append(f"{night}: {number(current)} records, {number(self.company.versions)} versions")

    # What came of it

    def ratio(self, night, key, base=CopyTyped):
        """The median of the ratios of runs side by side; None where one of them is not there or was stopped."""
        ours, theirs = self.runs.get((night, key)), self.runs.get((night, base.__name__.lower()))
        if not ours or not theirs or ours[-1].stopped:
            return None
        return statistics.median(run.seconds / other.seconds for run, other in zip(ours, theirs))

    def seconds(self, night, key):
        """The median of a contender's seconds; None without a run."""
        runs = self.runs.get((night, key))
        return statistics.median(run.seconds for run in runs) if runs else None

    def peak(self, night, key):
        """The most memory of any of its runs."""
        return max((run.peak for run in self.runs.get((night, key), [])), default=None)

    def table_rows(self):
        """The table, a line a kind of night and contender."""
        for night in [FIRST] + [label(share) for share in self.shares]:
            for contender in self.all:
                runs = self.runs.get((night, contender.key))
                if not runs:
                    yield [night, contender.name, "–", "", "–", "–", "–", self.absent.get(contender.key, "stopped before")]
                    continue
                times = [run.seconds for run in runs]
                was_stopped = runs[-1].stopped
                ours = self.ratio(night, contender.key, Bellwether)
                yield [
                    night,
                    contender.name,
                    (">" if was_stopped else "") + f"{statistics.median(times):.2f}",
                    f"{min(times):.2f}–{max(times):.2f}" if len(times) > 1 else "",
                    "–" if was_stopped else f"{self.ratio(night, contender.key):.2f}",
                    "–" if ours is None else f"{ours:.2f}",
                    megabytes(self.peak(night, contender.key)),
                    f"stopped after {self.limit:g} s" if was_stopped else "",
                ]


HEADER = ["load", "contender", "seconds", "from–to", "× \\copy", "× ours", "peak MB", ""]


def main():
    place = place_from_environment()
    rows = int(os.environ.get("ROWS") or 1_000_000)
    repetitions = int(os.environ.get("REPS") or 3)
    shares = [float(word) for word in (os.environ.get("SHARES") or "0 0.01 0.1 1").split()]
    limit = float(os.environ.get("PEER_LIMIT") or 600)
    commit()  # asked now: files may change while this runs
    begin = time.monotonic()
    os.makedirs(place.path("night"), exist_ok=True)
    place.start()
    try:
        comparison = Comparison(place, rows, repetitions, shares, limit)
        comparison.run()
        report(place, comparison, time.monotonic() - begin)
        return 0
    finally:
        place.stop()
        if not os.environ.get("KEEP"):
            shutil.rmtree(place.folder)


def report(place, comparison, seconds):
    """Prints what was compared, the table, and what must hold."""
    settings = "shared_buffers work_mem maintenance_work_mem jit wal_level max_wal_size wal_writer_delay fsync"
    settings += " synchronous_commit"
    shown = [f"{name} {place.sql('show ' + name, 'postgres')}" for name in settings.split()]
    lines = [row for row in comparison.table_rows()]
    print(f"{number(comparison.rows)} rows, {len(COLUMNS)} columns, {number(comparison.file_bytes)} bytes of CSV;", end=" ")
    print(f"{comparison.repetitions} repetitions, of peers' first loads one; {machine()}")
    versions = dict.fromkeys(c.version() for c in comparison.all if c.key not in comparison.absent)
    print(f"PostgreSQL {place.sql('show server_version', 'postgres')}; {'; '.join(versions)}; commit {commit()}")
    print(f"One server for all, as bellwether's private one: {', '.join(shown)}\n")
    print(table(HEADER, lines, right={2, 3, 4, 5, 6}))
    print("\nSeconds: the median, whole commands. × \\copy: the median of the ratios to `\\copy, typed with key` side by side.")
    print("× ours: the same to `bellwether load`. Peak: resident memory of the command, mapped pages counted, the")
    print("server's left out. All contenders were asked after each kind of night, and agreed:")
    print("\n".join("  " + check for check in comparison.checks))
    targets = nightly_targets(comparison)
    print("\n" + table(["must hold", "measured", "wanted", ""], [target.cells() for target in targets], right={1, 2}))
    print(f"\n{seconds:.0f} s in all")
    if result := os.environ.get("RESULT"):
        with open(result, "w", encoding="utf-8") as file:
            json.dump(
                {
                    "rows": comparison.rows,
                    "bytes": comparison.file_bytes,
                    "commit": commit(),
                    "header": HEADER,
                    "table": lines,
                    "checks": comparison.checks,
                    "targets": [target.cells() for target in targets],
                },
                file,
                ensure_ascii=False,
                indent=1,
            )


if __name__ == "__main__":
    sys.exit(main())
