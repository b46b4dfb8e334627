#!/usr/bin/env python3
"""Conversion, velocity, stage durations and leads, reckoned deal by deal from exports alone.

usage: rates.py DATASET FOLDER DAY      (DATASET: sample, maven, dtc or ibm)

FOLDER of a sample holds one night with the CRM's field history. Contracts: metrics 8, 10 to 13, 15 and 34. Walks every
deal on its own; knows neither versions nor SQL nor cells."""
import csv
import gzip
import json
import math
import sys
from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

dataset, folder, day = sys.argv[1], Path(sys.argv[2]), date.fromisoformat(sys.argv[3])
HORIZONS = [14, 30, 60, 90, 120, 180, 270, 365, 540, 730, 1095]
MINIMUM = 10


def rows(name):
    with open(folder / name, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file, skipinitialspace=True))


def parsed(text):
    return date.fromisoformat(text) if text else None


# --- Deals: created, ended, kind, amount, owner, source, segment, visits [(stage, entered, left)], qualified amount


def maven():
    kinds = {"Won": "won", "Lost": "lost"}
    for row in rows("sales_pipeline.csv"):
        kind = kinds.get(row["deal_stage"], "open")
        yield dict(
            created=parsed(row["engage_date"]), kind=kind,
            ended=min(parsed(row["close_date"]), day) if kind != "open" else None,
            amount=Decimal(row["close_value"]) if row["close_value"] else None,
            owner=row["sales_agent"], source=None, qualified=row["deal_stage"] == "Engaging", visits=None)


def dtc():
    kinds = {"Closed Won": "won", "Closed Lost": "lost"}
    segments = {row["Name"]: row["Segment"] or None for row in rows("DTC_Account.csv")}
    for row in rows("DTC_Opportunity.csv"):
        kind = kinds.get(row["StageName"], "open")
        yield dict(
            created=parsed(row["CreatedDate"]), kind=kind,
            ended=min(parsed(row["CloseDate"]), day) if kind != "open" else None,
            amount=Decimal(row["Amount"]) if row["Amount"] else None, owner=row["Owner.Name"],
            source=row["LeadSource"] or None, visits=None, segment=segments.get(row["Account.Name"]),
            qualified=kind == "open" and row["StageName"] != "Prospecting",
            close=parsed(row["CloseDate"]))


def ibm():
    with gzip.open(folder / "WA_Fn-UseC_-Sales-Win-Loss.csv.gz", "rt", newline="") as file:
        for row in csv.DictReader(file):
            yield dict(
                created=day - timedelta(int(row["Total Days Identified Through Closing"])), ended=day,
                kind="won" if row["Opportunity Result"] == "Won" else "lost",
                amount=Decimal(row["Opportunity Amount USD"]), owner=None, source=row["Route To Market"],
                competitor=row["Competitor Type"] if row["Competitor Type"] == "Known" else None,
                qualified=False, visits=None)


def sample():
    global STAGES, RATES
    (night,) = list(folder.iterdir())
    globals()["folder"] = night
    STAGES = {row["id"]: row for row in rows("stage.csv")}
    RATES = [row for row in rows("exchange_rate.csv") if row["kind"] == "plan"]
    segments = {row["id"]: row["segment"] or None for row in rows("account.csv")}
    changes = defaultdict(list)
    for row in rows("field_change.csv"):
        if row["entity"] == "opportunity":
            changes[row["record_id"]].append(row)
    deals = rows("opportunity.csv")
    told = {}
    for deal in deals:
        mine = sorted(changes[deal["id"]], key=lambda row: int(row["sequence"]))
        told[deal["id"]] = {
            field: timeline(deal, mine, field) for field in ("stage_id", "amount", "close_date")
        }
    first = min(line[0][0] for fields in told.values() for line in fields.values())
    for deal in deals:
        kind = STAGES[deal["stage_id"]]["kind"]
        fields = told[deal["id"]]
        visits = [
            (stage, start, end)
            for (start, stage), end in zip(
                fields["stage_id"], [start for start, _ in fields["stage_id"][1:]] + [None])
        ]
        entry = next((v for v in visits if STAGES[v[0]]["kind"] == "open" and v[0] != "Prospecting"), None)
        qualified_amount = None
        if entry and entry[1] != first:
            qualified_amount = converted(
                held(fields["amount"], entry[1]), deal["currency"],
                held(fields["close_date"], entry[1]) or entry[1].isoformat())
        yield dict(
            id=deal["id"], created=parsed(deal["created_date"]), kind=kind,
            ended=min(parsed(deal["close_date"]), day) if kind != "open" else None,
            amount=converted(deal["amount"], deal["currency"], deal["close_date"]), owner=deal["owner_id"],
            source=deal["lead_source"] or None, segment=segments.get(deal["account_id"]), first=first,
            visits=visits, qualified_amount=qualified_amount, close=parsed(deal["close_date"]),
            stage=deal["stage_id"], qualified=kind == "open" and deal["stage_id"] != "Prospecting")


def timeline(deal, changes, field):
    """[(day, value)] with a new value each, as the end of the day has it."""
    mine = [row for row in changes if row["field"] == field]
    start = min([parsed(deal["created_date"])] + [parsed(row["changed_at"][:10]) for row in changes])
    line = {start: mine[0]["old_value"] if mine else deal[field]}
    for row in mine:
        line[parsed(row["changed_at"][:10])] = row["new_value"]
    found = []
    for at in sorted(line):
        if not found or found[-1][1] != line[at]:
            found.append((at, line[at]))
    return found


def held(line, at):
    values = [value for start, value in line if start <= at]
    return values[-1] if values else None


def converted(amount, currency, at):
    if not amount:
        return None
    rate = Decimal(1)
    if currency not in ("", "USD"):
        valid = [
            row for row in RATES
            if row["from_currency"] == currency and row["to_currency"] == "USD"
            and (row["start_date"] or "0001") <= at <= (row["end_date"] or "9999")
        ]
        if not valid:
            return None
        rate = Decimal(max(valid, key=lambda row: row["start_date"] or "0001")["rate"])
    return (Decimal(amount) * rate).quantize(Decimal("0.01"), ROUND_HALF_UP)


# --- Months and curves


def month_start(months):
    return date(months // 12, months % 12 + 1, 1)


def months_of(at):
    return at.year * 12 + at.month - 1


def windows(horizon):
    complete = month_start(months_of(day + timedelta(1)))
    end = months_of(complete - timedelta(horizon))
    cut = [month_start(end - back) for back in (15, 12, 3, 0)]
    return dict(before=(cut[0], cut[2]), year=(cut[1], cut[3]), now=(cut[2], cut[3]))


def incidence(lives):
    """[(days, end or None)] -> [(day, {end: share})], by Aalen and Johansen."""
    lasting, shares, steps = 1.0, defaultdict(float), []
    for at in sorted({days for days, end in lives if end}):
        risk = sum(days >= at for days, _ in lives) if len(lives) < 5000 else RISK(lives, at)
        ended = defaultdict(int)
        for days, end in lives if len(lives) < 5000 else BY_DAY(lives)[at]:
            if days == at and end:
                ended[end] += 1
        for end, count in ended.items():
            shares[end] += lasting * count / risk
        lasting *= 1 - sum(ended.values()) / risk
        steps.append((at, dict(shares), lasting))
    return steps


CACHE = {}


def BY_DAY(lives):
    if id(lives) not in CACHE:
        found = defaultdict(list)
        for life in lives:
            found[life[0]].append(life)
        CACHE[id(lives)] = found
    return CACHE[id(lives)]


def RISK(lives, at):
    return sum(len(found) for days, found in BY_DAY(lives).items() if days >= at)


def horizon(steps, end):
    if not steps or steps[-1][1].get(end, 0) <= 0:
        return None
    at = next(at for at, shares, _ in steps if shares.get(end, 0) >= 0.9 * steps[-1][1][end])
    return next((h for h in HORIZONS if at <= h), HORIZONS[-1])


def within(window, at):
    return window[0] <= at < window[1]


def quantile(values, share):
    values = sorted(values)
    place = share * (len(values) - 1)
    low = math.floor(place)
    return values[low] if low + 1 >= len(values) else values[low] + (place - low) * (values[low + 1] - values[low])


# --- Conversion


def life(deal, start, reached):
    """Days from a start to coming through, else to the end, else to the day read; how it ended."""
    if reached:
        return (reached - start).days, "won"
    last = deal["ended"] or day
    return (last - start).days, None if deal["kind"] == "open" else deal["kind"]


def cohort(starts):
    """starts: [(deal, start, day of coming through or None)]"""
    lived = [(deal, start, reached, *life(deal, start, reached)) for deal, start, reached in starts if start]
    lived = [one for one in lived if one[3] >= 0]
    recent = [
        (days, end) for _, start, _, days, end in lived
        if month_start(months_of(day) - 24) <= start <= day
    ]
    steps = incidence(recent)
    limit = horizon(steps, "won")
    return lived, steps, limit, len(recent)


def counted(lived, limit):
    if limit is None:
        return None
    spans = windows(limit)
    year = [one for one in lived if within(spans["year"], one[1])]
    valued = [one for one in year if one[0].get("qualified_amount") is not None]

    def came(some):
        return [one for one in some if one[2] and one[3] <= limit]

    def pair(name):
        some = [one for one in lived if within(spans[name], one[1])]
        return [len(came(some)), len(some)]

    return dict(
        horizon=limit, begun=len(year), reached=len(came(year)),
        lost=sum(not one[2] and one[4] == "lost" and one[3] <= limit for one in year),
        no_decision=sum(not one[2] and one[4] == "no_decision" and one[3] <= limit for one in year),
        stands_reached=sum(one[2] is not None for one in year),
        stands_open=sum(one[2] is None and one[0]["kind"] == "open" for one in year),
        before=pair("before"), now=pair("now"), amount_n=len(valued),
        amount=str(sum((one[0]["qualified_amount"] for one in valued), Decimal(0))),
        amount_won=str(sum((one[0]["qualified_amount"] for one in came(valued)), Decimal(0))),
        largest=str(max((one[0]["qualified_amount"] for one in valued), default=Decimal(0))))


def closed(deals):
    year = [d for d in deals if d["ended"] and day - timedelta(364) <= d["ended"] <= day]
    return {kind: sum(d["kind"] == kind for d in year) for kind in ("won", "lost", "no_decision")}


def wins(deals):
    return [(deal, deal["created"], deal["ended"] if deal["kind"] == "won" else None) for deal in deals]


def passages(deals):
    found = defaultdict(list)
    for deal in deals:
        seen = set()
        for index, (stage, entered, _) in enumerate(deal["visits"] or []):
            if STAGES[stage]["kind"] != "open" or stage in seen:
                continue
            seen.add(stage)
            if entered == deal["first"]:
                continue
            later = [
                start for other, start, _ in deal["visits"][index + 1:]
                if STAGES[other]["kind"] == "won"
                or STAGES[other]["kind"] == "open"
                and int(STAGES[other]["position"]) > int(STAGES[stage]["position"])
            ]
            reached = min(later) if later else deal["ended"] if deal["kind"] == "won" else None
            found[stage].append((deal, entered, reached))
    return found


def conversion(deals):
    lived, steps, limit, count = cohort(wins(deals))
    slices = defaultdict(list)
    for one in lived:
        slices[one[0]["source"]].append(one)
    owners = defaultdict(list)
    for one in lived:
        owners[one[0]["owner"]].append(one)
    stages = {}
    for stage, starts in passages(deals).items():
        stage_lived, _, stage_limit, _ = cohort(starts)
        stages[stage] = counted(stage_lived, stage_limit)
    return dict(
        deals=len(deals), company=counted(lived, limit), ended=closed(deals),
        curve=[[at, shares, lasting] for at, shares, lasting in steps], curve_n=count,
        sources={str(name): counted(some, limit) for name, some in slices.items()},
        owners={str(name): counted(some, limit) for name, some in owners.items()}, stages=stages)


# --- Velocity


def velocity(deals, bounds):
    year = [d for d in deals if d["ended"] and day - timedelta(364) <= d["ended"] <= day]
    timed = [(d["ended"] - d["created"]).days for d in year if d["created"]]
    timed = [days for days in timed if days >= 0]
    trailing = min(730, max(30, -(-2 * sum(timed) // len(timed)))) if timed else 365
    ended = [d for d in year if True]
    ended = [d for d in deals if d["ended"] and day - timedelta(trailing - 1) <= d["ended"] <= day]
    days = [(d["ended"] - d["created"]).days for d in ended if d["created"] and d["ended"] >= d["created"]]
    won = [d for d in ended if d["kind"] == "won"]
    amounts = [d["amount"] for d in won if d["amount"] is not None]
    open_deals = [d for d in deals if d["kind"] == "open"]

    def over(deal):
        return bounds(deal)

    qualified = [
        d for d in open_deals
        if d["qualified"] and not (d.get("close") and d["close"] < day) and over(d) is not True
    ]
    mean = sum(amounts) / len(amounts) if amounts else None
    rate = Decimal(len(won)) / len(ended) if ended else None
    per_day = None
    if mean is not None and rate is not None and sum(days):
        per_day = float(len(qualified) * mean * rate * len(days) / sum(days))
    return dict(
        trailing=trailing, won=len(won), ended=len(ended), open=len(open_deals), qualified=len(qualified),
        over_age=sum(over(d) is True for d in open_deals), mean_won=float(mean) if mean is not None else None,
        days=sum(days) / len(days) if days else None, per_day=per_day)


def age_bounds(deals):
    """Three of four won deals of the segment left the stage, or were won, in so many days."""
    found = defaultdict(list)
    for deal in deals:
        if deal["kind"] != "won":
            continue
        segment = deal.get("segment")
        if deal["created"] and deal["ended"] >= deal["created"]:
            found[segment, None].append((deal["ended"] - deal["created"]).days)
        for stage, entered, left in deal["visits"] or []:
            if STAGES[stage]["kind"] == "open" and left and entered != deal["first"]:
                found[segment, stage].append((left - entered).days)
    common = defaultdict(list)
    for (segment, stage), values in found.items():
        common[stage] += values

    def bound(segment, stage):
        for values in (found.get((segment, stage), []), common.get(stage, [])):
            if len(values) >= MINIMUM:
                return quantile(values, 0.75)
        return None

    def over(deal):
        if deal["visits"]:
            stage, entered, _ = deal["visits"][-1]
            limit = bound(deal.get("segment"), stage)
            if entered != deal["first"] and limit is not None:
                return (day - entered).days > limit
        limit = bound(deal.get("segment"), None)
        if not deal["created"] or deal["created"] > day or limit is None:
            return None
        return (day - deal["created"]).days > limit

    return over


def durations(deals):
    start = month_start(months_of(day) - 24)
    result = {}
    for stage in STAGES if deals and deals[0]["visits"] else []:
        if STAGES[stage]["kind"] != "open":
            continue
        visits = [
            ((left or day) - entered, left) for deal in deals for at, entered, left in deal["visits"]
            if at == stage and start <= entered <= day and entered != deal["first"]
        ]
        done = [span.days for span, left in visits if left]
        lives = [(span.days, "left" if left else None) for span, left in visits]
        median = next((at for at, _, lasting in incidence(lives) if lasting <= 0.5 + 1e-9), None)
        result[stage] = dict(
            completed=len(done), median=quantile(done, 0.5), p75=quantile(done, 0.75),
            unfinished=len(visits) - len(done), survival_median=median, pace=pace(deals, stage))
    return result


def pace(deals, stage):
    visits = [
        (entered, ((left or day) - entered).days, left) for deal in deals for at, entered, left in deal["visits"]
        if at == stage and entered != deal["first"]
    ]
    complete = months_of(day + timedelta(1))
    usual = [
        days for entered, days, left in visits
        if left and month_start(complete - 24) <= entered < month_start(complete - 6)
    ]
    if len(usual) < MINIMUM:
        return None
    bound = quantile(usual, 0.75)
    limit = next((h for h in HORIZONS if h > bound), HORIZONS[-1])
    end = months_of(month_start(complete) - timedelta(limit))
    quarters = []
    for back in range(8):
        span = month_start(end - 3 * back - 3), month_start(end - 3 * back)
        mine = [min(days, limit) for entered, days, _ in visits if within(span, entered)]
        quarters.append((len(mine), sum(mine), sum(days > bound for days in mine)))
    found = []
    for back in range(4):
        n, spent, slow = quarters[back]
        was = [sum(q[part] for q in quarters[back + 1:back + 5]) for part in range(3)]
        enough = n and was[0]
        found.append(dict(
            visits=n, mean=spent / n if n else None, usual=was[1] / was[0] if was[0] else None,
            excess=(spent / n - was[1] / was[0]) * n if enough else None, now=[slow, n], before=[was[2], was[0]]))
    return found


# --- Leads


def leads(deals):
    if dataset != "sample":
        return None
    by_id = {deal["id"]: deal for deal in deals}
    found = defaultdict(list)
    for row in rows("lead.csv"):
        created, became = parsed(row["created_date"]), parsed(row["converted_date"])
        given_up = parsed(row["disqualified_date"])
        deal = by_id.get(row["opportunity_id"])
        kind = deal["kind"] if deal else "lost" if given_up else "open"
        stand = dict(kind=kind, ended=given_up or (deal["ended"] if deal else None))
        found["all"].append((stand, created, became))
        found[row["lead_source"]].append((stand, created, became))
    lived, _, limit, _ = cohort(found["all"])
    result = {}
    for source, starts in found.items():
        one, _, _, _ = cohort(starts)
        result[source] = counted(one, limit)
    return result


deals = list({"maven": maven, "dtc": dtc, "ibm": ibm, "sample": sample}[dataset]())
print(json.dumps(dict(
    conversion=conversion(deals), velocity=velocity(deals, age_bounds(deals)),
    durations=durations(deals) if dataset == "sample" else {}, leads=leads(deals))))
