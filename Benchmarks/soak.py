#!/usr/bin/env python3
"""Kills the loader and the server at random moments, and asks whether anything was lost or doubled: `make soak`.

KILLS=200 SERVER_KILLS=20 ROWS=8000 SEED=number WORK=folder BELLWETHER=binary KEEP=1

Nights of a small random company are loaded in order, late, in another's place, and taken back. Of each step
the oracle here, a few lines that keep every snapshot, knows what every day must then hold; the warehouse's
fingerprint of every day, and of one earlier load's, is compared with it after each kill, again when the
server is at rest, and after the rerun. At the end of each company `bellwether verify` has the last word.
"""

import collections
import csv
import datetime
import hashlib
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import time

from kit.commands import ROOT, Failure, commit
from kit.deals import HEADER, row
from kit.report import place_from_environment

_FIRST_DAY = datetime.date(2024, 3, 4)
_DAYS = 12
_CELLS = ["Id", "Name", "StageName", "Amount", "CloseDate", "NextStep", "LossReason"]
# 28 bits of each record's MD5, added up: the order of rows plays no part, and Python can do the same.
_FINGERPRINT = """select count(*) || ' ' || coalesce(sum(('x' || left(md5(concat_ws('|', id, name, stage_id,
    amount, close_date, next_step, coalesce(loss_reason, ''))), 7))::bit(28)::bigint), 0)
    from bellwether.opportunity"""


class Snapshot:
    """What the CRM says at the end of a day: for each slot that is filled, record and night of last change."""

    def __init__(self, deals):
        self.deals = deals
        self.lines = [row(slot, generation, night) for slot, (generation, night) in deals.items()]
        self.fingerprint = self._fingerprint()

    def _fingerprint(self):
        total = 0
        for cells in csv.DictReader([HEADER + "\n", *self.lines]):
            # Amounts are told without closing zeros, as numbers are.
            cells["Amount"] = canonical(cells["Amount"])
            text = "|".join(cells[name] for name in _CELLS)
            total += int(hashlib.md5(text.encode()).hexdigest()[:7], 16)
        return f"{len(self.lines)} {total}"

    def changed(self, rng, night):
        """The snapshot of another night: some edited, some gone, some new, some back."""
        deals = dict(self.deals)
        slots = list(deals)
        for slot in rng.sample(slots, len(slots) // 20):
            deals[slot] = (deals[slot][0], night)
        for slot in rng.sample(slots, len(slots) // 100):
            del deals[slot]
        for slot in rng.sample(range(len(slots) + len(slots) // 50), len(slots) // 100):
            deals.setdefault(slot, (rng.randrange(3), night))
        return Snapshot(deals)

    def write(self, folder):
        """Writes it as an export."""
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "opportunity.csv"), "w", encoding="utf-8", newline="") as file:
            file.write(HEADER + "\n")
            file.writelines(self.lines)


def canonical(amount):
    """An amount without closing zeros."""
    return amount.rstrip("0").rstrip(".") if "." in amount else amount


class Oracle:
    """Every snapshot that was ever loaded, by load; of a day, the one of the highest load not undone counts."""

    def __init__(self):
        self.entries = []  # [load, day, snapshot, is undone]

    def copy(self):
        """The same, to be changed apart."""
        other = Oracle()
        other.entries = [list(entry) for entry in self.entries]
        return other

    def live(self):
        """The snapshot that counts for each day, and its load."""
        return {day: (load, snapshot) for load, day, snapshot, is_undone in self.entries if not is_undone}

    def days(self):
        """The fingerprint of every day."""
        live, told, found = self.live(), None, []
        for day in days():
            if day in live:
                told = live[day][1].fingerprint
            found.append(told or "0 0")
        return found


def days():
    """All days of a company."""
    return [_FIRST_DAY + datetime.timedelta(days=at) for at in range(_DAYS)]


class Soak:
    """Companies one after another until enough was killed."""

    def __init__(self, place, rows, kills, server_kills, seed):
        self.place, self.rows, self.rng = place, rows, random.Random(seed)
        self.wanted = {"loader": kills, "server": server_kills}
        self.fallen = collections.Counter()
        self.seconds = []  # of the last whole loads
        self.database = "soak"
        self.companies = self.steps = 0
        self.has_verify = self._has_verify()

    def _has_verify(self):
        help_text = subprocess.run(
            [self.place.binary, "--help"], env=self.place.environment, capture_output=True, text=True
        ).stdout
        return any(line.split()[:1] == ["verify"] for line in help_text.splitlines())

    def done(self, victim):
        """How many kills of a victim hit it alive."""
        return sum(count for (who, _), count in self.fallen.items() if who == victim)

    def run(self):
        """Goes on until both have been killed often enough."""
        while any(self.done(victim) < count for victim, count in self.wanted.items()):
            self._company()
            print(
                f"company {self.companies}: {self.steps} steps, {self.done('loader')} kills of the loader, "
                f"{self.done('server')} of the server",
                file=sys.stderr,
                flush=True,
            )

    # One company

    def _company(self):
        self.companies += 1
        self.place.create(self.database)
        self.place.run([self.place.binary, "migrate", "--db", self._url()])
        self.oracle, self.number, self.night = Oracle(), 0, 0
        self.past = [(0, self.oracle.days())]
        waiting = days()
        while waiting and any(self.done(victim) < count for victim, count in self.wanted.items()):
            self._step(*self._draw(waiting))
        self._verify()

    def _draw(self, waiting):
        """The next step: arguments of the command, and the oracle after it."""
        live, draw = self.oracle.live(), self.rng.random()
        after = self.oracle.copy()
        if live and draw < 0.1:
            load, _ = live[self.rng.choice(sorted(live))]
            for entry in after.entries:
                entry[3] = entry[3] or entry[0] == load
            return ["loads", "undo", str(load)], after
        if live and draw < 0.25:
            day, options = self.rng.choice(sorted(live)), ["--replace"]
        else:
            # Mostly the next day, at times one further on, so that those before it come late.
            day, options = waiting.pop(min(int(self.rng.expovariate(1.2)), len(waiting) - 1)), []
        snapshot = self._snapshot(live, day)
        folder = self.place.path("exports", "day")
        snapshot.write(folder)
        after.entries.append([self.number + 1, day, snapshot, False])
        mapping = os.path.join(ROOT, "Benchmarks", "opportunity.yml")
        return ["load", mapping, folder, "--date", day.isoformat(), *options], after

    def _snapshot(self, live, day):
        self.night += 1
        before = [live[other][1] for other in sorted(live) if other < day] or [live[d][1] for d in sorted(live)][:1]
        if before:
            return before[-1].changed(self.rng, self.night)
        return Snapshot({slot: (0, 0) for slot in range(self.rows)})

    # One step and its kills

    def _step(self, words, after):
        self.steps += 1
        old, new = (self.number, self.oracle.days()), (self.number + 1, after.days())
        is_published = False
        while not is_published and (victim := self._victim()):
            was_alive = self._killed(words, victim)
            self._check_one_of(old, new)
            self._settle()
            is_published = self._check_one_of(old, new) == new
            if was_alive:
                self.fallen[(victim, "after publishing" if is_published else "before publishing")] += 1
            if self.rng.random() < 0.5:
                break
        if not is_published or words[0] == "load":
            self._complete(words)
        self._settle()
        if self._check_one_of(old, new) != new:
            raise Failure(f"{' '.join(words)} ended well and published nothing")
        self._check_past()
        self.oracle, self.number = after, new[0]
        self.past.append(new)

    def _victim(self):
        left = {who: count - self.done(who) for who, count in self.wanted.items() if count > self.done(who)}
        if not left or self.rng.random() < 0.1:
            return None
        return self.rng.choices(list(left), weights=left.values())[0]

    def _start(self, words):
        return subprocess.Popen(
            [self.place.binary, *words, "--db", self._url()],
            env=self.place.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True,
        )

    def _killed(self, words, victim):
        """Runs the command and kills the victim at a random moment; false when the command had ended by then."""
        usual = statistics.median(self.seconds or [0.5])
        # A third of them near the end, where the load is published.
        moment = usual * (self.rng.uniform(0.75, 1.05) if self.rng.random() < 0.35 else self.rng.uniform(0, 1))
        child = self._start(words)
        try:
            said = child.communicate(timeout=moment)[0]
            if child.returncode:
                raise Failure(f"{' '.join(words)}: status {child.returncode}\n{said}")
            return False
        except subprocess.TimeoutExpired:
            pass
        if victim == "loader":
            child.send_signal(signal.SIGKILL)
        else:
            kill_server(self.place)
        said = child.communicate(timeout=120)[0]
        if victim == "server":
            self.place.start()
            # With 0 where it had published already.
            if child.returncode < 0 or "BW9" in said:
                raise Failure(f"the loader ended with {child.returncode} when the server was killed:\n{said}")
        return True

    def _complete(self, words):
        begin = time.monotonic()
        child = self._start(words)
        said = child.communicate(timeout=300)[0]
        if child.returncode:
            raise Failure(f"{' '.join(words)}: status {child.returncode}\n{said}")
        if words[0] == "load" and "already" not in said:
            self.seconds = [*self.seconds[-8:], time.monotonic() - begin]

    # What the warehouse says

    def _settle(self):
        """Waits until no session of a killed loader is left."""
        question = f"""select count(*) from pg_stat_activity
            where datname = '{self.database}' and pid <> pg_backend_pid() and backend_type = 'client backend'"""
        for _ in range(1200):
            if self.place.sql(question, self.database) == "0":
                return
            time.sleep(0.05)
        raise Failure("a session of a killed loader goes on for more than a minute")

    def _asked(self, known=None):
        """The newest load and the fingerprint of every day, in one transaction; as known at a load, if wanted."""
        lines = ["begin isolation level repeatable read read only;"]
        if known is not None:
            lines.append(f"set local bellwether.as_known = '{known}';")
        lines.append("select bellwether.as_known();")
        for day in days():
            lines.append(f"set local bellwether.as_of = '{day}'; {_FINGERPRINT};")
        lines.append("commit;")
        number, *fingerprints = self.place.sql("\n".join(lines), self.database).splitlines()
        return int(number), fingerprints

    def _check_one_of(self, *states):
        """The one of the states that the warehouse is in."""
        found = self._asked()
        if found not in states:
            raise Failure(f"the warehouse is in none of the states that it may be in: {found}\nbut {states}")
        return found

    def _check_past(self):
        """What was known at an earlier load is known still."""
        number, expected = self.rng.choice(self.past)
        # Before the first load there is nothing to be asked.
        if number and self._asked(number) != (number, expected):
            raise Failure(f"the answers as known at load {number} have changed")

    def _verify(self):
        if self.has_verify:
            self.place.run([self.place.binary, "verify", "--db", self._url()])

    def _url(self):
        return self.place.url(self.database)


def kill_server(place):
    """Kills every process of the server at once."""
    with open(place.path("home", "postgres", "postmaster.pid"), encoding="utf-8") as file:
        postmaster = int(file.readline())
    table = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    children = [int(pid) for pid, parent in map(str.split, table.splitlines()) if int(parent) == postmaster]
    for process in [postmaster, *children]:
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            pass


def main():
    seed = int(os.environ.get("SEED") or random.randrange(1 << 32))
    kills, server_kills = int(os.environ.get("KILLS") or 200), int(os.environ.get("SERVER_KILLS") or 20)
    rows = int(os.environ.get("ROWS") or 8_000)
    place = place_from_environment()
    print(f"SEED={seed} KILLS={kills} SERVER_KILLS={server_kills} ROWS={rows}, commit {commit()}", flush=True)
    begin = time.monotonic()
    place.start()
    try:
        soak = Soak(place, rows, kills, server_kills, seed)
        soak.run()
    except BaseException:
        print(f"The warehouse and the last export are left in {place.folder}; SEED={seed}", file=sys.stderr)
        raise
    place.stop()
    if not os.environ.get("KEEP"):
        shutil.rmtree(place.folder)
    for (victim, phase), count in sorted(soak.fallen.items()):
        print(f"{count} kills of the {victim} {phase}")
    print(f"{soak.steps} loads and undos of {soak.companies} companies: nothing lost, nothing doubled")
    if soak.has_verify:
        print(f"bellwether verify was clean {soak.companies} times")
    else:
        print("!!! THIS PROGRAM HAS NO `bellwether verify`: ITS PART OF THE PROOF WAS LEFT OUT !!!")
    print(f"{time.monotonic() - begin:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
