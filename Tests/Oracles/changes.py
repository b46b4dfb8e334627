"""What changed of each deal, told by walking its days one after the other: the plain, slow way.

    python3 changes.py FILE

FILE holds one JSON object a line, each a warehouse at one point of both clocks: {as_of, days: {day: {deal: {column:
text}}}, snapshots: [[day, load]], gaps: [day], past: {first_day, until_day, assumed, load} or null, stages: {id: {position,
kind, pipeline}}}. Days are all days from before the first to as_of, deals what a plain as-of reading gave of that
day, with `kind` and `category` as that day's forecast had them. Prints {"points": [{changes, visits, moves, spans}]}, lists of texts.
"""

import datetime
import json
import sys

JUDGED = ("kind", "category")


def date(text):
    return datetime.date.fromisoformat(text)


def before(day):
    return (date(day) - datetime.timedelta(days=1)).isoformat()


def distance(earlier, later):
    return (date(later) - date(earlier)).days


def quarter(text):
    if text is None:
        return None
    day = date(text)
    return f"FY{day.year:04d}Q{(day.month + 2) // 3}"


def text(value):
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value)


def line(*values):
    return "|".join(text(value) for value in values)


class Point:
    def __init__(self, point):
        self.as_of = point["as_of"]
        self.days = sorted(point["days"])
        self.states = point["days"]
        self.loads = {day: load for day, load in point["snapshots"]}
        self.gaps = point["gaps"]
        self.past = point["past"]
        self.stages = point["stages"]
        self.deals = sorted({deal for state in self.states.values() for deal in state})
        known = sorted(self.loads)
        if self.past:
            known.append(self.past["first_day"])
        self.first = min(known) if known else None

    def walk(self, deal):
        """(day, state the day before or None, state or None), for each day."""
        last = None
        for day in self.days:
            state = self.states[day].get(deal)
            yield day, last, state
            last = state

    def told(self, day):
        """seen_before, is_first_day, is_from_history, is_after_gap, load."""
        snapshot = day in self.loads
        earlier = [d for d in self.loads if d < day]
        seen = max(earlier) if snapshot and earlier else before(day)
        gap = snapshot and bool(earlier) and any(max(earlier) < g < day for g in self.gaps)
        first = day == self.first
        load = self.loads[day] if snapshot else (self.past or {}).get("load")
        return None if first else seen, first, not snapshot, gap, load

    def changes(self):
        for deal in self.deals:
            remembered = None
            for day, last, state in self.walk(deal):
                if last is None and state is None:
                    continue
                seen, first, history, gap, load = self.told(day)

                def row(change, field=None, old=None, new=None):
                    assumed = bool(self.past) and field in self.past["assumed"] and day <= self.past["until_day"]
                    return line(deal, day, change, field, old, new, seen, first, history, assumed, gap, load)

                if state is None:
                    yield row("vanished")
                    continue
                if last is None:
                    yield row("appeared" if remembered is None else "returned")
                if remembered is not None:
                    for field in sorted(set(state) | set(remembered)):
                        if field not in JUDGED and state.get(field) != remembered.get(field):
                            yield row("changed", field, remembered.get(field), state.get(field))
                remembered = state

    def visits(self):
        for deal in self.deals:
            found = []
            for day, last, state in self.walk(deal):
                stage = state and state["stage_id"]
                if last is not None and (state is None or stage != last["stage_id"]):
                    found[-1]["exited"] = day
                if state is not None and (last is None or stage != last["stage_id"]):
                    found.append({"stage": stage, "entered": day, "exited": None})
            for number, visit in enumerate(found, 1):
                following = found[number] if number < len(found) else None
                moved = following is not None and following["entered"] == visit["exited"]
                to = following["stage"] if moved else None
                here, there = self.stages.get(visit["stage"]), self.stages.get(to)
                skip = back = None
                if here and there and here["position"] is not None and there["position"] is not None:
                    lost = there["kind"] in ("lost", "no_decision")
                    skip = not lost and any(
                        here["position"] < other["position"] < there["position"]
                        for other in self.stages.values()
                        if other["position"] is not None
                        and other["pipeline"] == here["pipeline"]
                        and other["kind"] not in ("won", "lost", "no_decision")
                    )
                    back = not lost and there["position"] < here["position"]
                yield line(
                    deal, number, visit["stage"], visit["entered"], visit["exited"],
                    distance(visit["entered"], visit["exited"] or self.as_of), to, skip, back,
                    visit["exited"] is not None and not moved, visit["entered"] == self.first)

    def moves(self):
        for deal in self.deals:
            remembered = None
            for day, _, state in self.walk(deal):
                if state is None:
                    continue
                if remembered is not None and state["close_date"] != remembered["close_date"]:
                    old, new = remembered["close_date"], state["close_date"]
                    is_open = remembered["kind"] == "open" and state["kind"] == "open"
                    later = (new or "9999-99-99") > (old or "9999-99-99")
                    # ISO days and labels of quarters both sort as time does.
                    crosses = quarter(new) != quarter(old)
                    yield line(
                        deal, day, old, new, distance(old, new) if old and new else None,
                        is_open and later, is_open and not later, quarter(old), quarter(new),
                        is_open and later and crosses and old is not None,
                        is_open and not later and crosses and new is not None)
                remembered = state

    def spans(self):
        """Each day of each deal with what it was: spans must say the same of every day."""
        for deal in self.deals:
            for day, _, state in self.walk(deal):
                if state is not None:
                    yield line(deal, day, state["kind"], state["category"], state["close_date"])


def main():
    points = []
    with open(sys.argv[1], encoding="utf-8") as file:
        for row in file:
            point = Point(json.loads(row))
            points.append({
                name: sorted(getattr(point, name)()) for name in ("changes", "visits", "moves", "spans")
            })
    json.dump({"points": points}, sys.stdout)


main()
