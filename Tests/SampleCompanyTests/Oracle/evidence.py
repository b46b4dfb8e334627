"""What the exports say of people, leads and evidence, from the files of one night with its history alone.

Usage: evidence.py FOLDER -> lines name=value
"""
import collections
import csv
import datetime
import os
import sys

NIGHT = sorted(os.listdir(sys.argv[1]))[-1]
CHANGE = "2026-09-14"


def read(entity):
    path = f"{sys.argv[1]}/{NIGHT}/{entity}.csv"
    if not os.path.exists(path):
        return []
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def share(some, all_):
    return f"{some} of {all_} {some / all_:.2f}" if all_ else "none"


def commits(deals, people):
    """By owner: wins that entered commit late, wins, commits that landed, commits."""
    default = {stage["id"]: stage["category"] for stage in read("stage")}
    open_ = {stage["id"] for stage in read("stage") if stage["kind"] == "open"}
    changes = collections.defaultdict(list)
    for row in read("field_change"):
        changes[row["record_id"]].append(row)
    sums = collections.defaultdict(lambda: [0, 0, 0, 0])
    for key, deal in deals.items():
        state, entry, ended = {"stage_id": "", "forecast_category": ""}, None, None
        rows = sorted(changes[key], key=lambda row: int(row["sequence"]))
        # A field that is told of later than the deal was what its first change says that it was.
        for row in reversed(rows):
            state[row["field"]] = row["old_value"]
        for place, row in enumerate(rows):
            state[row["field"]] = row["new_value"]
            day = row["changed_at"][:10]
            if place + 1 < len(rows) and rows[place + 1]["changed_at"][:10] == day:
                continue
            is_open = state["stage_id"] in open_
            category = state["forecast_category"] or default.get(state["stage_id"])
            if is_open and category == "commit" and entry is None:
                entry = datetime.date.fromisoformat(day)
            ended = None if is_open else ended or datetime.date.fromisoformat(day)
        if deal["is_closed"] != "true":
            continue
        counts = sums[people[deal["owner_id"]]["name"]]
        if deal["is_won"] == "true":
            counts[0] += entry is not None and (ended - entry).days < 7
            counts[1] += 1
        if entry is not None:
            counts[2] += deal["is_won"] == "true"
            counts[3] += 1
    return sums


def others(sums, name, first):
    rest = [counts for person, counts in sums.items() if person != name]
    return share(sum(row[first] for row in rest), sum(row[first + 1] for row in rest))


def leads(deals):
    counts = collections.defaultdict(lambda: [0, 0])
    for lead in read("lead"):
        converted = lead["is_converted"] == "true"
        deal = deals.get(lead["opportunity_id"])
        if converted != (deal is not None) or deal and (
                deal["lead_source"] != lead["lead_source"] or deal["created_date"] != lead["converted_date"]):
            print(f"wrong={lead}")
        side = "since" if lead["created_date"] >= CHANGE else "before"
        counts[f"leads.{lead['lead_source']}.{side}"][0] += converted
        counts[f"leads.{lead['lead_source']}.{side}"][1] += 1
    for name, (some, all_) in sorted(counts.items()):
        print(f"{name}={share(some, all_)}")
    print(f"leads={sum(all_ for _, all_ in counts.values())}")


def main():
    deals = {deal["id"]: deal for deal in read("opportunity")}
    people = {person["id"]: person for person in read("person")}
    sums = commits(deals, people)
    print(f"late.Maya={share(*sums['Maya Lindqvist'][:2])}")
    print(f"late.others={others(sums, 'Maya Lindqvist', 0)}")
    print(f"landed.Luc={share(*sums['Luc Moreau'][2:])}")
    print(f"landed.others={others(sums, 'Luc Moreau', 2)}")
    leads(deals)


main()
