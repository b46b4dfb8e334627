"""What the exports say of people, leads and evidence, from the files of one night with its history alone.

Usage: evidence.py FOLDER -> lines name=value
"""
import collections
import csv
import datetime
import os
import sys
from decimal import Decimal

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


def entries(deal, changes):
    """The stages that a deal came to, each with its day."""
    rows = sorted((row for row in changes if row["field"] == "stage_id"), key=lambda row: int(row["sequence"]))
    told = [(row["new_value"], row["changed_at"][:10]) for row in rows]
    if not rows:
        return [(deal["stage_id"], deal["created_date"])]
    # A stage before the first that is told of: the one it was created in.
    return ([(rows[0]["old_value"], deal["created_date"])] if rows[0]["old_value"] else []) + told


def stages(deals, people):
    changes = collections.defaultdict(list)
    for row in read("field_change"):
        changes[row["record_id"]].append(row)
    position = {row["id"]: int(row["position"]) for row in read("stage")}
    kind = {row["id"]: row["kind"] for row in read("stage")}
    claimed = {(row["opportunity_id"], row["milestone_id"]) for row in read("milestone_claim")}
    lengths, reached, met = (collections.defaultdict(list) for _ in range(3))
    for key, deal in deals.items():
        path = entries(deal, changes[key])
        for (stage, day), (_, end) in zip(path, path[1:]):
            if stage == "Proposal" and "2026-01-01" <= day < "2026-10-15":
                days = (datetime.date.fromisoformat(end) - datetime.date.fromisoformat(day)).days
                lengths["since" if day >= "2026-07-06" else "before"].append(days)
        came = [day for stage, day in path if stage == "Qualification"]
        far = any(position[stage] >= 3 and kind[stage] in ("open", "won") for stage, _ in path)
        if came and (far or kind[path[-1][0]] != "open"):
            team = people[deal["owner_id"]]["team_id"]
            reached[f"{team}.{'since' if came[0] >= '2026-04-01' else 'before'}"].append(far)
        if deal["created_date"] >= "2025-10-01" and any(stage == "Solution" for stage, _ in path) and key > "D0001":
            who = people[deal["owner_id"]]["name"]
            met["Rachel" if who == "Rachel Steinberg" else "others"].append((key, "M-DECIDER") in claimed)
    for side, days in sorted(lengths.items()):
        print(f"proposal.{side}={sorted(days)[len(days) // 2]} days of {len(days)}")
    for name, flags in sorted(reached.items()) + sorted(met.items()):
        print(f"{'solution' if '.' in name else 'decider'}.{name}={share(sum(flags), len(flags))}")
    requests = read("resource_request")
    for name, rows in (("met", [row for row in requests if row["criteria_met"] == "true"]),
                       ("exceptions", [row for row in requests if row["is_exception"] == "true"])):
        ended = [row for row in rows if row["status"] == "done"]
        print(f"requests.{name}={share(sum(row['outcome'] == 'Won' for row in ended), len(ended))}")


def overrides(deals):
    """How often a lead's number over a person's call was nearer to what the person closed at than the call itself."""
    won = collections.defaultdict(Decimal)
    for deal in deals.values():
        if deal["is_won"] == "true":
            year, month = int(deal["close_date"][:4]), int(deal["close_date"][5:7])
            amount = Decimal(deal["amount"])
            won[deal["owner_id"], f"FY{year}Q{(month + 2) // 3}"] += amount
    own, set_ = {}, {}
    for row in read("call"):
        if row["node_kind"] == "person":
            side = set_ if row["kind"] == "override" else own
            side[row["node_id"], row["period"], row["submitted_at"][:10]] = Decimal(row["amount"])
    worse = better = 0
    for key, amount in set_.items():
        landed = won[key[:2]]
        worse += abs(amount - landed) > abs(own[key] - landed)
        better += abs(amount - landed) < abs(own[key] - landed)
    print(f"overrides={share(worse, worse + better)}")


def main():
    deals = {deal["id"]: deal for deal in read("opportunity")}
    people = {person["id"]: person for person in read("person")}
    sums = commits(deals, people)
    print(f"late.Maya={share(*sums['Maya Lindqvist'][:2])}")
    print(f"late.others={others(sums, 'Maya Lindqvist', 0)}")
    print(f"landed.Luc={share(*sums['Luc Moreau'][2:])}")
    print(f"landed.others={others(sums, 'Luc Moreau', 2)}")
    leads(deals)
    stages(deals, people)
    overrides(deals)


main()
