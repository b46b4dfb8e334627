#!/usr/bin/env python3
"""How long `bellwether forecast` takes for today and for past days of two years: `make bench-forecast`.

DEALS=1000000 PEOPLE=2000 NIGHTS=670 NIGHTS_LOADED=60 SHARE=0.01 REPS=15 PEERS=folder|none WORK=folder
RESULT=file.json BELLWETHER=binary KEEP=1
"""

import csv
import datetime
import glob
import json
import os
import random
import shutil
import statistics
import sys
import time
from decimal import Decimal

from kit.commands import ROOT, Failure, commit, machine
from kit.reference import FIRST, write
from kit.report import number, place_from_environment, table

_DATABASE = "bench_forecast"
_TODAY, _PAST = 0.15, 0.3
_COLUMNS = (
    "id, name, account_id, owner_id, product_id, stage_id, forecast_category, amount, currency, close_date, "
    "created_date, type, lead_source, next_step, is_closed, is_won, probability"
)
_STAGES = ("qualify", "discover", "propose", "negotiate", "contract")


def main():
    place = place_from_environment()
    sizes = {
        name: int(os.environ.get(name.upper()) or usual)
        for name, usual in [
            ("deals", 1_000_000), ("people", 2_000), ("nights", 670), ("nights_loaded", 60), ("reps", 15)]
    }
    share = float(os.environ.get("SHARE") or 0.01)
    commit()  # asked now: files may change while this runs
    place.start()
    try:
        last = build(place, sizes, share)
        report(place, sizes, measure(place, sizes, last), last)
        return 0
    finally:
        place.stop()
        if not os.environ.get("KEEP"):
            shutil.rmtree(place.folder)


def note(text, begin):
    print(f"{time.monotonic() - begin:5.0f} s  {text}", file=sys.stderr, flush=True)


# The company


def build(place, sizes, share):
    """The history by SQL, then nights by the product itself; gives the last day."""
    begin = time.monotonic()
    place.create(_DATABASE)
    place.run([place.binary, "migrate", "--db", place.url(_DATABASE)])
    folder = place.path("nights", FIRST.isoformat())
    write(folder, sizes["people"], sizes["nights"] + sizes["nights_loaded"])
    load(place, folder, FIRST)
    place.run(
        ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", place.url(_DATABASE)]
        + [word for name in ("deals", "people", "nights") for word in ("-v", f"{name}={sizes[name]}")]
        + ["-f", os.path.join(ROOT, "Benchmarks", "kit", "history.sql")])
    place.sql("vacuum (analyze) bellwether_store.opportunity", _DATABASE)
    note(f"{versions(place)} versions", begin)
    chance = random.Random(1)
    day = FIRST + datetime.timedelta(days=sizes["nights"])
    for _ in range(sizes["nights_loaded"]):
        day += datetime.timedelta(days=1)
        folder = place.path("nights", day.isoformat())
        os.makedirs(folder)
        write_night(place, os.path.join(folder, "opportunity.csv"), day, share, chance)
        load(place, folder, day)
        summarise(place)
        shutil.rmtree(folder)
    note(f"{sizes['nights_loaded']} nights, {versions(place)} versions", begin)
    place.rest()
    return day


def load(place, folder, day):
    guards = ["gone", "rows", "amount", "drift:opportunity"]
    place.run(
        [place.binary, "load", "generic", folder, "--date", day.isoformat(), "--db", place.url(_DATABASE)]
        + [word for guard in guards for word in ("--accept", guard)])


def summarise(place):
    """What the schedule runs after each load: it keeps what questions need, and frees the space of what went."""
    place.run([place.binary, "summarise", "--db", place.url(_DATABASE)])


def versions(place):
    return number(int(place.sql("select count(*) from bellwether_store.opportunity", _DATABASE)))


def write_night(place, path, day, share, chance):
    """The export of the night: what was there, with a share of the open deals moved on."""
    text = place.run(
        [
            "psql", "-X", "-q", "-d", place.url(_DATABASE), "-c",
            f"copy (select {_COLUMNS} from bellwether.opportunity) to stdout with (format csv, header)",
        ])
    lines = text.splitlines()
    header = lines[0].split(",")
    at = {name: header.index(name) for name in header}
    wanted = int(share * (len(lines) - 1))
    for index in chance.sample(range(1, len(lines)), min(len(lines) - 1, 6 * wanted)):
        row = next(csv.reader([lines[index]]))
        if wanted == 0 or row[at["is_closed"]] == "t":
            continue
        wanted -= 1
        fate = chance.randrange(20)
        if fate < 2:
            row[at["stage_id"]], row[at["is_closed"]] = ("won", "t") if fate else ("lost", "t")
            row[at["is_won"]] = "t" if fate else "f"
            row[at["close_date"]] = day.isoformat()
        elif fate < 9:
            row[at["stage_id"]] = chance.choice(_STAGES)
        elif fate < 15:
            row[at["close_date"]] = (day + datetime.timedelta(days=chance.randrange(-5, 120))).isoformat()
        else:
            row[at["amount"]] = str(chance.randrange(1000, 900_000))
        row[at["next_step"]] = f"Meet their lawyers for the signed order form ({day})"
        lines[index] = ",".join(f'"{cell}"' if "," in cell else cell for cell in row)
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


# The questions


def measure(place, sizes, last):
    """Seconds of whole commands, for today and for random days of the past, each beside DuckDB's query of the same."""
    chance = random.Random(2)
    span = (last - FIRST).days
    past = [FIRST + datetime.timedelta(days=chance.randrange(30, span)) for _ in range(sizes["reps"])]
    duck = Duck(place)
    if duck.missing is None:
        agree(place, duck, past[0])
    runs = {}
    for name, days in (("today", [None] * sizes["reps"]), ("a past day", past)):
        command = [place.binary, "forecast", "--db", place.url(_DATABASE)]
        place.run(command)
        for day in days:
            words = command + ([] if day is None else ["--as-of", day.isoformat()])
            runs.setdefault(("bellwether forecast", name), []).append(place.measure(words).seconds)
            if duck.missing is None:
                runs.setdefault(("DuckDB, its sums alone", name), []).append(duck.seconds(day or last))
    if duck.missing is not None:
        runs[("DuckDB, its sums alone", duck.missing)] = []
    return runs


def agree(place, duck, day):
    """Both must have the same deals and the same amount, or their times are of different questions."""
    answer = json.loads(
        place.run(
            [
                place.binary, "forecast", "--db", place.url(_DATABASE), "--as-of", day.isoformat(), "--format", "json",
            ]))
    top = answer["tables"][0]["rows"][0]
    parts = (
        "closed", "commit", "best_case", "pipeline", "omitted", "unmapped", "undated", "won_undated",
        "earlier_past_due")
    ours = (sum(top[f"{part}_count"] for part in parts), sum(Decimal(top[part]) for part in parts))
    sums = duck.sums(day)
    theirs = (sum(row[3] for row in sums), sum(Decimal(row[4]) for row in sums))
    if ours != theirs:
        raise Failure(f"{day}: bellwether {ours}, DuckDB {theirs}")


class Duck:
    """The same versions in the memory of DuckDB, and the sums by owner and category of one quarter."""

    def __init__(self, place):
        self.missing = None
        peers = os.environ.get("PEERS") or os.path.join(ROOT, ".build", "peers")
        sys.path += glob.glob(os.path.join(peers, "lib", "python3*", "site-packages"))
        try:
            import duckdb  # noqa: PLC0415 - it may well not be there
        except ImportError:
            self.missing = "not installed (scripts/peers)"
            return
        self.database = duckdb.connect()
        self.database.execute("set threads to 2")
        path = place.path("versions.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(
                place.run(
                    [
                        "psql", "-X", "-q", "-d", place.url(_DATABASE), "-c",
                        """copy (
                            select id, valid_from, least(valid_to, '9999-01-01') as valid_to, owner_id, stage_id,
                                forecast_category, amount, currency, close_date
                            from bellwether_store.opportunity where superseded_in is null
                        ) to stdout with (format csv, header)""",
                    ]))
        self.database.execute(f"create table version as from read_csv_auto('{path}')")
        os.remove(path)
        self.database.execute(
            """create table stage as select * from (values
                ('qualify', 'open', 'pipeline'), ('discover', 'open', 'pipeline'), ('propose', 'open', 'best_case'),
                ('negotiate', 'open', 'commit'), ('contract', 'open', 'commit'), ('won', 'won', 'closed'),
                ('lost', 'lost', 'omitted')) as stage (id, kind, category)""")

    def seconds(self, day):
        """How long its sums of the quarter of a day take."""
        begin = time.monotonic()
        self.sums(day)
        return time.monotonic() - begin

    def sums(self, day):
        """Deals and amounts by owner, category and whether past due."""
        start = datetime.date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
        end = datetime.date(start.year + start.month // 10, (start.month + 2) % 12 + 1, 1)
        return self.database.execute(
            """select
                owner_id,
                case when kind = 'won' then 'closed' else coalesce(forecast_category, category) end as category,
                close_date < ? as is_past_due, count(*),
                sum(round(cast(amount * case currency when 'EUR' then 1.1 else 1 end as decimal(18, 4)), 2))
            from version inner join stage on stage.id = version.stage_id
            where valid_from <= ? and valid_to > ? and kind in ('open', 'won')
                and (
                    (close_date >= ? and close_date < ?) or close_date is null
                    or (kind = 'open' and close_date < ? and close_date < ?)
                )
            group by all""",
            [day, day, day, start, end, day, start]).fetchall()


def report(place, sizes, runs, last):
    print(
        f"{number(sizes['people'])} people, {number(sizes['deals'])} deals, {versions(place)} versions, the last"
        f" {sizes['nights_loaded']} nights by `bellwether load`; as of {last}, {machine()}, commit {commit()}\n")
    lines = []
    for (who, what), seconds in runs.items():
        if seconds:
            span = f"{min(seconds):.3f}–{max(seconds):.3f}"
            lines.append([who, what, f"{statistics.median(seconds):.3f}", span, str(len(seconds))])
        else:
            lines.append([who, what, "–", "", "0"])
    header = ["question", "as of", "median, s", "from–to", "runs"]
    print(table(header, lines, right={2, 3, 4}))
    targets = []
    for what, wanted in (("today", _TODAY), ("a past day", _PAST)):
        found = statistics.median(runs[("bellwether forecast", what)])
        targets.append(
            [f"forecast, {what}", f"{found:.3f} s", f"≤ {wanted} s", "holds" if found <= wanted else "MISSED"])
    print("\n" + table(["must hold", "measured", "wanted", ""], targets, right={1, 2}))
    if result := os.environ.get("RESULT"):
        with open(result, "w", encoding="utf-8") as file:
            json.dump({"header": header, "table": lines, "checks": [], "targets": targets}, file, ensure_ascii=False)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        sys.exit(str(failure))
