"""Recomputes the figures of the sample company's story from its exports alone.

Usage: figures.py FOLDER -> lines `name=value`, amounts in dollars at the plan's rate of 1.10.
Nothing here knows how the exports were made.
"""
import csv
import datetime
import os
import sys
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

ROOT = sys.argv[1]
NIGHTS = sorted(os.listdir(ROOT))
QUARTER = ("2026-10-01", "2026-12-31")
NEXT = ("2027-01-01", "2027-03-31")
PRESENT = "2026-12-07"
COLUMNS = ("closed", "commit", "best_case", "pipeline")


def read(night, entity):
    with open(f"{ROOT}/{night}/{entity}.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, strict=True))


def plan_rate(night):
    rates = {
        row["rate"] for row in read(night, "exchange_rate")
        if row["kind"] == "plan" and row["from_currency"] == "EUR" and row["to_currency"] == "USD"
    }
    assert len(rates) == 1, rates
    return Decimal(rates.pop())


def dollars(deal, rate):
    amount = Decimal(deal["amount"] or "0")
    if deal["currency"] == "EUR":
        amount = (amount * rate).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return amount


class Night:
    def __init__(self, night):
        self.night = night
        self.teams = {row["id"]: row for row in read(night, "team")}
        self.people = {row["id"]: row for row in read(night, "person")}
        self.stages = {row["id"]: row for row in read(night, "stage")}
        self.deals = {row["id"]: row for row in read(night, "opportunity")}
        self.rate = plan_rate(night)

    def column(self, deal, quarter):
        """The column of the forecast in which a deal counts; None when it does not."""
        if not deal["amount"] or not quarter[0] <= deal["close_date"] <= quarter[1]:
            return None
        stage = self.stages[deal["stage_id"]]
        if stage["kind"] == "won":
            return "closed"
        if stage["kind"] != "open":
            return None
        category = deal["forecast_category"] or stage["category"]
        return category if category in COLUMNS else None

    def team(self, deal):
        return self.teams[self.people[deal["owner_id"]]["team_id"]]["name"]

    def sums(self, quarter):
        result = defaultdict(Decimal)
        for deal in self.deals.values():
            column = self.column(deal, quarter)
            if column:
                team = TEAM_WHEN_CLOSED(self, deal) if column == "closed" else self.team(deal)
                for name in (team, "company"):
                    result[name, column] += dollars(deal, self.rate)
        return result

    def firm(self, deal):
        return self.column(deal, QUARTER) in ("closed", "commit")

    def firm_sum(self, team=None):
        return sum(
            (dollars(deal, self.rate) for deal in self.deals.values()
             if self.firm(deal) and team in (None, self.team(deal))), Decimal(0))


PEOPLE_BY_NIGHT = {}


def TEAM_WHEN_CLOSED(night, deal):
    """The owner's team on the day of closing: the newest export up to that day, else the oldest."""
    known = [day for day in NIGHTS if day <= deal["close_date"]] or NIGHTS[:1]
    day = known[-1]
    if day not in PEOPLE_BY_NIGHT:
        PEOPLE_BY_NIGHT[day] = {row["id"]: row["team_id"] for row in read(day, "person")}
    return night.teams[PEOPLE_BY_NIGHT[day][deal["owner_id"]]]["name"]


def show(name, value):
    print(f"{name}={value}")


def movement(before, after):
    buckets = defaultdict(Decimal)
    names = defaultdict(list)

    def move(bucket, deal, amount):
        buckets[bucket] += amount
        names[bucket].append(deal["name"].split(":")[0])

    for key, deal in after.deals.items():
        old = before.deals.get(key)
        was = old is not None and before.firm(old)
        now = after.firm(deal)
        a = dollars(old, before.rate) if old else Decimal(0)
        b = dollars(deal, after.rate)
        if was and now and a != b:
            won = after.column(deal, QUARTER) == "closed" and before.column(old, QUARTER) == "commit"
            move(("closed_" if won else "amount_") + ("down" if b < a else "up"), deal, b - a)
        elif was and not now:
            kind = after.stages[deal["stage_id"]]["kind"]
            slipped = kind == "open" and deal["close_date"] > QUARTER[1]
            move("slipped" if slipped else kind if kind != "open" else "left_commit", deal, -a)
        elif now and not was:
            assert old is not None, deal["id"]
            move("entered", deal, a)
            if a != b:
                move("amount_up" if b > a else "amount_down", deal, b - a)
    assert set(before.deals) <= set(after.deals)
    for bucket in sorted(buckets):
        show(f"movement.{bucket}", buckets[bucket])
        show(f"movement.{bucket}.deals", " ".join(sorted(name.replace(" ", "_") for name in names[bucket])))
    show("movement.sum", sum(buckets.values(), Decimal(0)))


def main():
    first, last = (datetime.date.fromisoformat(night) for night in (NIGHTS[0], NIGHTS[-1]))
    days = [str(first + datetime.timedelta(n)) for n in range((last - first).days + 1)]
    show("nights.count", len(NIGHTS))
    show("nights.first", first)
    show("nights.last", last)
    show("nights.missing", " ".join(day for day in days if day not in NIGHTS) or "none")

    now = Night(PRESENT)
    sums = now.sums(QUARTER)
    for team in ("East", "West", "EMEA", "company"):
        show(f"table.{team}", " ".join(str(sums[team, column]) for column in COLUMNS))
    coming = now.sums(NEXT)
    show("next.open", sum((coming["company", column] for column in COLUMNS), Decimal(0)))

    for team in now.teams.values():
        lead = now.people.get(team["lead_id"])
        show(f"lead.{team['name']}", lead["name"] if lead else "vacant")
    plans = read(PRESENT, "plan_line")

    def planned(kind, node_kind, period, node=None, line=None):
        return sum(
            (Decimal(row["amount"]) for row in plans
             if (row["kind"], row["node_kind"], row["period"]) == (kind, node_kind, period)
             and node in (None, row["node_id"]) and line in (None, row["business_line"])), Decimal(0))

    show("quota.company", planned("quota", "person", "FY2026Q4"))
    year = [planned("quota", "person", f"FY2026Q{q}") for q in (1, 2, 3, 4)]
    show("quota.weight", sum(year) and year[3] / sum(year))
    quotas = {
        sum((planned("quota", "person", f"FY2026Q{q}", key) for q in (1, 2, 3, 4)), Decimal(0))
        for key in {row["node_id"] for row in plans if row["kind"] == "quota"}
    }
    show("quota.person.year", " ".join(str(quota) for quota in sorted(quotas)))
    for key, team in now.teams.items():
        members = [p for p in now.people.values() if p["team_id"] == key]
        own = [planned("quota", "person", "FY2026Q4", p["id"]) for p in members]
        show(f"quota.{team['name']}", f"{sum(own)} of {sum(1 for quota in own if quota)} people")
    show("quota.periods", len({row["period"] for row in plans if row["kind"] == "quota"}))
    for period in ("FY2026Q4", "FY2027Q1"):
        show(f"budget.{period}", planned("budget", "company", period))
    ties = all(
        planned("budget", "company", period, line=line) == planned("budget", "team", period, line=line)
        for period in {row["period"] for row in plans} for line in ("new", "expansion", "renewal"))
    show("budget.ties", ties)
    show("plan.lines", " ".join(sorted({row["business_line"] for row in plans})))

    rates = [row for row in read(PRESENT, "exchange_rate") if row["kind"] == "daily"]
    show("rate.daily", next(row["rate"] for row in rates if row["start_date"] == PRESENT))

    wanted = {"2026-10-19", "2026-11-01", "2026-11-02", "2026-11-15", "2026-11-16", "2026-11-30"}
    at = {day: Night(day) for day in wanted if day in NIGHTS}
    at[PRESENT] = now
    for day, night in sorted(at.items()):
        show(f"firm.{day}", night.firm_sum())
        show(f"firm.EMEA.{day}", night.firm_sum("EMEA"))
        show(f"lead.West.{day}", next(
            night.people[t["lead_id"]]["name"] if t["lead_id"] else "vacant"
            for t in night.teams.values() if t["name"] == "West"))
        tom = next(p for p in night.people.values() if p["name"] == "Tom Iversen")
        own = [d for d in night.deals.values() if d["owner_id"] == tom["id"]]
        in_quarter = [d for d in own if night.column(d, QUARTER)]
        open_ = [d for d in own if night.stages[d["stage_id"]]["kind"] == "open"]
        show(f"tom.{day}", " ".join([
            night.teams[tom["team_id"]]["name"],
            str(sum((dollars(d, night.rate) for d in in_quarter), Decimal(0))),
            str(sum((dollars(d, night.rate) for d in open_), Decimal(0)))]))
    if "2026-11-30" in at:
        movement(at["2026-11-30"], now)

    if "2026-11-16" in at:
        # What Keller's override stood on, and what of it is still firm at the same amount.
        then = at["2026-11-16"]
        basis, still = (
            {key: dollars(deal, night.rate) for key, deal in night.deals.items()
             if night.firm(deal) and night.team(deal) == "EMEA"}
            for night in (then, now))
        show("basis.gone", " ".join(sorted(
            then.deals[key]["name"].split(":")[0] for key in basis.keys() - still.keys())))
        show("basis.new", len(still.keys() - basis.keys()))
        show("basis.changed", sum(1 for key in basis.keys() & still.keys() if basis[key] != still[key]))

    for name in ("Brightwater", "Kestrel", "Orbis"):
        seen = []
        for day in NIGHTS:
            if "2026-11-30" <= day <= PRESENT:
                deal = next(d for d in read(day, "opportunity") if d["name"].startswith(name + ":"))
                seen.append((deal["forecast_category"], deal["close_date"], deal["amount"]))
                if len(seen) == 1 or seen[-1] != seen[-2]:
                    show(f"{name}.{day}", " ".join(seen[-1]))


main()
