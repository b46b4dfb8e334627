#!/usr/bin/env python3
"""What lies between two days of a period, deal by deal: every bucket of every node.

usage: movement.py random FOLDER SEED                     writes nights of a random company, and reckons many cases
       movement.py exports FOLDER MAPPING PERIOD FROM TO MEASURE
       movement.py second FOLDER OUT MAPPING SEED         writes the export of a later night: FOLDER's, changed

FOLDER holds one folder a day with full exports in the words of MAPPING (generic, maven-crm, salesforce-dtc). Contracts:
metric 18. A deal that leaves does so at the earlier day's amount, one that enters with that amount too, if it was there;
a change of amount is valued at the earlier day's plan rate, the rest is currency; a deal that moved leaves the old
node and enters the new one at the earlier amount. Knows neither versions nor SQL: reads two days and compares."""
import csv
import json
import random
import sys
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

MEASURES = {
    "firm": ["closed", "commit"], "closed": ["closed"], "commit": ["commit"], "best_case": ["best_case"],
    "pipeline": ["pipeline"], "open": ["commit", "best_case", "pipeline"],
    "all": ["closed", "commit", "best_case", "pipeline"], "omitted": ["omitted"],
}
SURE = ["omitted", "unmapped", "pipeline", "best_case", "commit", "closed"]
OPEN_CATEGORIES = ("commit", "best_case", "pipeline", "omitted")


def cents(number):
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)


def rows(path):
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8") as file:
        return [{(key or "").strip(): value for key, value in row.items()} for row in csv.DictReader(file)]


# ---------------------------------------------------------------------------------------------------------------------
# Exports in their own words


def once(read):
    """Remembers what it read of a night."""
    def known(self, day):
        night = max((d for d in self.days if d <= day), default=None)
        if ("as read", read.__name__, night) not in self.cache:
            self.cache["as read", read.__name__, night] = read(self, day)
        return self.cache["as read", read.__name__, night]
    return known


class Generic:
    def __init__(self, folder):
        self.folder = folder
        self.days = sorted(path.name for path in folder.iterdir() if path.is_dir())
        self.cache = {}

    def night(self, entity, day):
        days = [d for d in self.days if d <= day]
        if not days and entity == "opportunity":
            return []
        return rows(self.folder / (days[-1] if days else self.days[0]) / (entity + ".csv"))

    def state(self, entity, day):
        night = max((d for d in self.days if d <= day), default=None)
        if (entity, night) not in self.cache:
            self.cache[entity, night] = self.night(entity, day)
        return self.cache[entity, night]

    def company(self, day):
        row = self.state("company", day)[0]
        return row["name"], row["currency"], int(row["fiscal_year_start_month"])

    @once
    def teams(self, day):
        return {row["id"]: (row["name"] or row["id"], row["parent_id"]) for row in self.state("team", day)}

    @once
    def people(self, day):
        return {row["id"]: (row["name"] or row["id"], row["team_id"]) for row in self.state("person", day)}

    @once
    def stages(self, day):
        return {row["id"]: (row["kind"] or "open", row["category"]) for row in self.state("stage", day)}

    def rate(self, currency, company, day, told):
        """The plan rate of a day as it was told on another; None without one."""
        if not currency or currency == company:
            return Decimal(1)
        valid = [
            row for row in self.state("exchange_rate", told)
            if row["kind"] == "plan" and row["from_currency"] == currency and row["to_currency"] == company
            and (row["start_date"] or "0001") <= day <= (row["end_date"] or "9999")
        ]
        return Decimal(max(valid, key=lambda row: row["start_date"] or "0001")["rate"]) if valid else None

    def deals(self, day):
        for row in self.state("opportunity", day):
            yield dict(
                id=row["id"], owner=row["owner_id"], stage=row["stage_id"], category=row["forecast_category"],
                amount=row["amount"], currency=row["currency"], close=row["close_date"],
                is_closed=row.get("is_closed", ""), is_won=row.get("is_won", ""))

    def splits(self, day):
        return self.state("opportunity_split", day)

    def merged(self, day):
        """Events: what any night up to the day has told."""
        return {
            row["record_id"] for d in self.days if d <= day for row in rows(self.folder / d / "merged_record.csv")
            if row["entity"] == "opportunity"
        }


class Plain(Generic):
    """A company without rates, splits and merges, in US dollars."""

    def rate(self, currency, company, day, told):
        return Decimal(1)

    def splits(self, day):
        return []

    def merged(self, day):
        return set()


class Maven(Plain):
    def company(self, day):
        return "Maven", "USD", 1

    @once
    def teams(self, day):
        found = {}
        for row in self.state("sales_teams", day):
            found["office " + row["regional_office"]] = (row["regional_office"], "")
            found["team " + row["manager"]] = ("Team " + row["manager"], "office " + row["regional_office"])
        return found

    @once
    def people(self, day):
        people = {}
        for row in self.state("sales_teams", day):
            for name in (row["sales_agent"], row["manager"]):
                people[name] = (name, "team " + row["manager"])
        return people

    @once
    def stages(self, day):
        return {"Prospecting": ("open", "pipeline"), "Engaging": ("open", "pipeline"),
                "Won": ("won", "closed"), "Lost": ("lost", "omitted")}

    def deals(self, day):
        for row in self.state("sales_pipeline", day):
            yield dict(id=row["opportunity_id"], owner=row["sales_agent"], stage=row["deal_stage"], category="",
                       amount=row["close_value"], currency="USD", close=row["close_date"], is_closed="", is_won="")


class Dtc(Plain):
    CATEGORY = {"Forecast": "commit", "BestCase": "best_case", "Pipeline": "pipeline", "Omitted": "omitted"}

    def company(self, day):
        return "DTC", "USD", 1

    @once
    def teams(self, day):
        return {}

    @once
    def people(self, day):
        names = {row["Owner.Name"] for file in ("DTC_Opportunity", "DTC_Account") for row in self.state(file, day)}
        return {name: (name, "") for name in names}

    @once
    def stages(self, day):
        return {"Closed Won": ("won", "closed"), "Closed Lost": ("lost", "omitted")}

    def deals(self, day):
        for row in self.state("DTC_Opportunity", day):
            yield dict(id=row["Name"], owner=row["Owner.Name"], stage=row["StageName"],
                       category=self.CATEGORY.get(row["ForecastCategory"], ""), amount=row["Amount"], currency="USD",
                       close=row["CloseDate"], is_closed="", is_won="")


READERS = {"generic": Generic, "maven-crm": Maven, "salesforce-dtc": Dtc}


# ---------------------------------------------------------------------------------------------------------------------
# A day


def day_of(crm, day):
    """Every deal of a day: what it is, and for whom it counts."""
    _, company, _ = crm.company(day)
    stages, teams, people = crm.stages(day), crm.teams(day), crm.people(day)
    ever = {person for d in crm.days for person in crm.people(d)}
    splits = {}
    for split in crm.splits(day):
        splits.setdefault(split["opportunity_id"], []).append(split)
    deals = {}
    for row in crm.deals(day):
        kind = stages.get(row["stage"], ("open", ""))[0]
        if row["is_won"] == "true":
            kind = "won"
        elif row["is_closed"] == "true":
            kind = kind if kind in ("lost", "no_decision") else "lost"
        elif row["is_closed"] == "false":
            kind = "open"
        words = [w for w in (row["category"], stages.get(row["stage"], ("", ""))[1]) if w in OPEN_CATEGORIES]
        category = {"won": "closed", "open": (words + ["unmapped"])[0]}.get(kind, "lost")
        rate = crm.rate(row["currency"], company, row["close"] or day, day)
        entered = Decimal(row["amount"]) if row["amount"] else None
        value = None if entered is None or rate is None else cents(entered * rate)
        then = day if kind == "open" else min(row["close"] or day, day)
        there = crm.people(then)

        def seat(person):
            if not person or (person not in there and person not in people):
                return ("unassigned",)
            team = there.get(person, ("", ""))[1]
            return ("person", person, team if team in teams else None)

        parts = {}
        for split in splits.get(row["id"], []):
            person = split["person_id"]
            if split["kind"] == "revenue" and person in ever and person != row["owner"] and Decimal(split["percent"]) > 0:
                parts[person] = parts.get(person, Decimal(0)) + Decimal(split["percent"])
        shares = [(person, percent, None if value is None else cents(value * percent / 100))
                  for person, percent in parts.items()]
        rest = 100 - sum(percent for _, percent, _ in shares)
        left = None if value is None else value - sum(amount for _, _, amount in shares)
        if rest > 0 or left:
            shares.append((row["owner"], rest, left))
        shares.sort(key=lambda share: (-share[1], share[0] == "", share[0]))
        deals[row["id"]] = dict(
            kind=kind, category=category, close=row["close"], entered=entered, currency=row["currency"] or company,
            value=value, shares=[(seat(p), p, percent, amount or Decimal(0)) for p, percent, amount in shares])
    return dict(day=day, company=company, deals=deals, teams=teams, people=people)


def nodes_of(seat, teams):
    if seat == ("unassigned",):
        return [("company",), seat]
    above, team = [], seat[2]
    while team in teams:
        above.append(("team", team))
        team = teams[team][1]
    return [("company",)] + (above or [("loose",)]) + [seat]


# ---------------------------------------------------------------------------------------------------------------------
# Two days


def where(deal, span):
    if not deal["close"] or deal["close"] >= span[1]:
        return "later"
    return "earlier" if deal["close"] < span[0] else "in"


def counts(deal, span, measure):
    return deal is not None and deal["kind"] in ("open", "won") and deal["close"] != "" and where(deal, span) == "in" \
        and deal["category"] in MEASURES[measure]


def why_left(old, new, span, is_merged):
    if new is None:
        return "merged" if is_merged else "deleted"
    if new["kind"] == "won" and old["kind"] != "won":
        return "won" if where(new, span) == "in" else "won_outside"
    if new["kind"] in ("lost", "no_decision"):
        return new["kind"]
    if new["kind"] == "open" and old["kind"] == "won":
        return "reopened"
    if where(new, span) != "in":
        return {"later": "slipped", "earlier": "pulled_out"}[where(new, span)]
    if new["category"] == "omitted":
        return "omitted"
    return "left" if SURE.index(new["category"]) < SURE.index(old["category"]) else "advanced"


def why_entered(old, new, span, was_known):
    if old is None:
        return "returned" if was_known else ("won" if new["kind"] == "won" else "created")
    if new["kind"] == "won" and old["kind"] != "won":
        return "won"
    if new["kind"] == "open" and old["kind"] != "open":
        return "reopened"
    if where(old, span) != "in":
        return {"later": "pulled_in", "earlier": "pushed_in"}[where(old, span)]
    if old["category"] == "omitted":
        return "unomitted"
    return "entered" if SURE.index(new["category"]) > SURE.index(old["category"]) else "fell_back"


def divided(amount, like, before):
    """Another amount of a deal, for whom it counts now."""
    shares = like["shares"]
    if amount == (like["value"] or 0):
        return [share[3] for share in shares]
    kept = {}
    if before is not None and (before["value"] or 0) == amount:
        for _, person, percent, part in reversed(before["shares"]):
            kept[person, percent] = part
    parts = [kept.get((person, percent), cents(amount * percent / 100)) for _, person, percent, _ in shares]
    taker = next((i for i, s in enumerate(shares) if (s[1], s[2]) not in kept), 0)
    parts[taker] += amount - sum(parts)
    return parts


def compare(crm, old_day, new_day, span, measure):
    old, new = day_of(crm, old_day), day_of(crm, new_day)
    known = {row["id"] for d in crm.days if d < old_day for row in crm.deals(d)}
    merged = crm.merged(new_day)
    sums = {}

    def at(node):
        return sums.setdefault(node, dict(start=Decimal(0), end=Decimal(0), start_count=0, end_count=0, buckets={}))

    def put(node, bucket, amount):
        found = at(node)["buckets"].setdefault(bucket, [Decimal(0), 0])
        found[0] += amount
        found[1] += 1
        if node == ("company",):
            moved.append([deal_id, bucket, plain(amount)])

    moved = []
    for deal_id in sorted(set(old["deals"]) | set(new["deals"])):
        then, now = old["deals"].get(deal_id), new["deals"].get(deal_id)
        was, stands = counts(then, span, measure), counts(now, span, measure)
        if not was and not stands:
            continue
        like = now or then
        a = (then["value"] or Decimal(0)) if then else None
        b = (now["value"] or Decimal(0)) if stands else None
        bucket = change = valued = first = None
        if was and not stands:
            bucket = why_left(then, now, span, deal_id in merged)
        if stands:
            if then is None:
                valued = b
            elif then["entered"] == now["entered"] and then["currency"] == now["currency"]:
                valued = a
            elif now["currency"] == new["company"]:
                valued = b
            else:
                rate = crm.rate(now["currency"], old["company"], then["close"] or old_day, old_day)
                valued = cents(now["entered"] * rate) if rate is not None and now["entered"] is not None else Decimal(0)
            first = a if then else valued
            if not was:
                bucket = why_entered(then, now, span, deal_id in known)
            is_win = now["kind"] == "won" and (then is None or then["kind"] != "won")
            change = ("closed_" + ("below" if valued < first else "above")) if is_win else (
                "amount_" + ("down" if valued < first else "up"))
        # Node by node.
        before, carried, firsts, values, ends = {}, {}, {}, {}, {}

        def add(table, seat, teams, amount):
            for node in nodes_of(seat, teams):
                table[node] = table.get(node, Decimal(0)) + amount

        if was:
            for seat, _, _, part in then["shares"]:
                add(before, seat, old["teams"], part)
        teams = new["teams"] if now else old["teams"]
        for table, amount in ((carried, a if was else None), (firsts, first), (values, valued), (ends, b)):
            if amount is not None:
                parts = [s[3] for s in like["shares"]] if table is ends else divided(amount, like, then)
                for share, part in zip(like["shares"], parts):
                    add(table, share[0], teams, part)
        here = {node for share in like["shares"] for node in nodes_of(share[0], teams)}
        for node in set(before) | here:
            entry = at(node)
            if node in before:
                entry["start"] += before[node]
                entry["start_count"] += 1
            if stands and node in here:
                entry["end"] += ends[node]
                entry["end_count"] += 1
            if was:
                move = carried.get(node, Decimal(0)) - before.get(node, Decimal(0))
                if node not in here:
                    put(node, "moved_out", move)
                elif node not in before:
                    put(node, "moved_in", move)
                elif move:
                    put(node, "moved_out" if move < 0 else "moved_in", move)
            if node not in here:
                continue
            if was and not stands:
                put(node, bucket, -carried[node])
            if stands:
                if bucket:
                    put(node, bucket, firsts[node])
                base = firsts[node] if bucket else carried[node]
                if values[node] != base:
                    put(node, change, values[node] - base)
                if ends[node] != values[node]:
                    put(node, "currency", ends[node] - values[node])
    return sums, moved, old, new


def plain(number):
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def span_of(label, start_month):
    """First day and the day after the last of FY2026Q2 or FY2026; the year is that of its end."""
    year = int(label[2:6]) - (start_month > 1)
    first, length = year * 12 + start_month - 1, 12
    if "Q" in label:
        first, length = first + (int(label[7]) - 1) * 3, 3
    day = lambda months: date(months // 12, months % 12 + 1, 1).isoformat()
    return day(first), day(first + length)


def answer(crm, label, old_day, new_day, measure):
    name, _, start_month = crm.company(new_day)
    sums, moved, old, new = compare(crm, old_day, new_day, span_of(label, start_month), measure)
    names = {}
    for day in crm.days:
        names.update({person: row[0] for person, row in crm.people(day).items()})

    def titled(node, here, there):
        team_name = lambda team: here["teams"][team][0]
        if node[0] == "company":
            return "company", None, name
        if node[0] == "team":
            if node[1] not in here["teams"]:
                return titled(node, there, here)
            parent = here["teams"][node[1]][1]
            return "team", team_name(parent) if parent in here["teams"] else name, team_name(node[1])
        if node[0] == "person":
            if node[2] and node[2] not in here["teams"]:
                return titled(node, there, here)
            return "person", team_name(node[2]) if node[2] else "No team", names[node[1]]
        return "team", name, "No team" if node[0] == "loose" else "Unassigned"

    lines = []
    for node, line in sums.items():
        level, parent, title = titled(node, new, old)
        lines.append({
            "level": level, "parent": parent, "node": title, "start": plain(line["start"]), "end": plain(line["end"]),
            "start_count": line["start_count"], "end_count": line["end_count"],
            "buckets": {code: [plain(amount), count] for code, (amount, count) in line["buckets"].items()},
        })
        total = line["start"] + sum(amount for amount, _ in line["buckets"].values())
        assert total == line["end"], (node, line)
    return {"lines": lines, "deals": sorted(moved)}


# ---------------------------------------------------------------------------------------------------------------------
# A random company


def random_company(folder, seed):
    draw = random.Random(seed)
    nights = [date(2026, 4, 6) + timedelta(days) for days in (0, 9, 17, 31, 44, 58)]
    teams = {f"t{n}": (f"t{draw.randrange(n)}" if n and draw.random() < 0.7 else "") for n in range(5)}
    people = {f"p{n}": draw.choice(list(teams) + [""]) for n in range(7)}
    rates = {"EUR": "1.1", "JPY": "0.0067", "CHF": "1.2"}
    blank = ""
    deals, gone, merged, splits = {}, {}, [], {}

    def some_day():
        return "" if draw.random() < 0.08 else str(date(2026, 5, 16) + timedelta(draw.randint(-110, 120)))

    def fresh():
        return dict(
            owner=draw.choice(list(people) * 2 + ["", "p99"]),
            stage=draw.choice(["new", "likely", "sure", "sure", "blank", "won", "won", "lost", "nothing", "odd"]),
            category=draw.choice(["", "", "commit", "best_case", "pipeline", "omitted", "weird"]),
            amount=draw.choice(["", "0", f"-{draw.randint(1, 5000)}.5", *[f"{draw.randint(1, 900000)}.{draw.randint(10, 99)}"] * 4]),
            currency=draw.choice(["USD", "USD", "", "EUR", "EUR", "JPY", "GBP", "CHF"]), close=some_day())

    def share(deal):
        others = draw.sample(list(people), draw.randint(1, 2))
        splits[deal] = [(p, draw.choice(["30", "25", "12.5", "33.333333", "50"])) for p in others]

    def write(day, name, header, lines):
        place = folder / str(day)
        place.mkdir(parents=True, exist_ok=True)
        with open(place / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([header.split(",")] + lines)

    for n in range(70):
        deals[f"d{n:02}"] = fresh()
        if draw.random() < 0.25:
            share(f"d{n:02}")
    for number, night in enumerate(nights):
        if number:
            for key in list(deals):
                if draw.random() < 0.3:
                    new = fresh()
                    kept = [field for field in new if draw.random() < 0.6]
                    deals[key] = {**new, **{field: deals[key][field] for field in kept}}
                if draw.random() < 0.05:
                    gone[key] = deals.pop(key)
                    if draw.random() < 0.4:
                        merged.append([f"m{key}-{number}", "opportunity", key, "d01", ""])
                elif draw.random() < 0.1:
                    share(key) if draw.random() < 0.6 else splits.pop(key, None)
            for key in list(gone):
                if draw.random() < 0.3:
                    deals[key] = gone.pop(key)
            for n in range(draw.randint(0, 4)):
                deals[f"e{number}{n}"] = fresh()
            for person in people:
                if draw.random() < 0.2:
                    people[person] = draw.choice(list(teams) + [""])
            for n in range(1, 5):
                if draw.random() < 0.15:
                    teams[f"t{n}"] = f"t{draw.randrange(n)}"
            rates["EUR"] = draw.choice([rates["EUR"], "1.05", "1.2345"])
            if draw.random() < 0.3:
                rates.pop("CHF", None) if "CHF" in rates else rates.update(CHF="1.3")
            blank = draw.choice(["", "commit", "pipeline"])
        absent = draw.choice(list(people)) if draw.random() < 0.4 else None
        write(night, "company", "id,name,currency,fiscal_year_start_month", [["c", "Rand", "USD", "1"]])
        write(night, "team", "id,name,parent_id", [[t, f"Team {t}", p] for t, p in teams.items()])
        write(night, "person", "id,name,team_id", [[p, f"Person {p}", t] for p, t in people.items() if p != absent])
        write(night, "stage", "id,name,position,kind,category", [
            ["new", "New", 1, "open", "pipeline"], ["likely", "Likely", 2, "open", "best_case"],
            ["sure", "Sure", 3, "open", "commit"], ["blank", "Blank", 4, "open", blank],
            ["won", "Won", 5, "won", "closed"], ["lost", "Lost", 6, "lost", "omitted"],
            ["nothing", "Nothing", 7, "no_decision", "omitted"]])
        write(night, "exchange_rate", "id,kind,from_currency,to_currency,start_date,end_date,rate",
              [[c, "plan", c, "USD", "", "", r] for c, r in rates.items()]
              + [["E2", "plan", "EUR", "USD", "2026-06-01", "2026-06-30", "1.31"]])
        write(night, "opportunity", "id,name,owner_id,stage_id,forecast_category,amount,currency,close_date", [
            [k, f"Deal {k}", d["owner"], d["stage"], d["category"], d["amount"], d["currency"], d["close"]]
            for k, d in deals.items()])
        write(night, "opportunity_split", "id,opportunity_id,person_id,kind,percent,amount,currency", [
            [f"{k}-{n}", k, p, "revenue", percent, "", ""] for k, all in splits.items() for n, (p, percent) in enumerate(all)])
        write(night, "merged_record", "id,entity,record_id,survivor_id,merged_date", merged)
        merged = []
    crm, cases = Generic(folder), []
    days = [nights[0] + timedelta(n) for n in range((nights[-1] - nights[0]).days + 3)]
    for number in range(16):
        old, new = sorted(draw.sample(days, 2))
        label = draw.choice(["FY2026Q2", "FY2026Q2", "FY2026Q3", "FY2026Q1", "FY2026"])
        measure = list(MEASURES)[number % len(MEASURES)]
        cases.append(dict(period=label, **{"from": str(old), "to": str(new)}, measure=measure,
                          answer=answer(crm, label, str(old), str(new), measure)))
    return {"nights": [str(night) for night in nights], "cases": cases}


# ---------------------------------------------------------------------------------------------------------------------
# A later night of a real export

SECOND = {
    "maven-crm": dict(file="sales_pipeline.csv", id="opportunity_id", owner="sales_agent", stage="deal_stage",
                      amount="close_value", close="close_date", stages=["Won", "Lost", "Engaging"]),
    "salesforce-dtc": dict(file="DTC_Opportunity.csv", id="Name", owner="Owner.Name", stage="StageName", amount="Amount",
                           close="CloseDate", category="ForecastCategory",
                           stages=["Closed Won", "Closed Lost", "Negotiation/Review", "Qualification"]),
}


def second(folder, out, mapping, seed):
    """All files as they are, but for the deals, of which a tenth has something else to say."""
    draw, words = random.Random(seed), SECOND[mapping]
    out.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.name != words["file"]:
            (out / path.name).write_bytes(path.read_bytes())
    with open(folder / words["file"], newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        header, deals = reader.fieldnames, list(reader)
    named = {name.strip(): name for name in header}
    column = {key: named[name] for key, name in words.items() if key not in ("file", "stages")}
    owners = sorted({deal[column["owner"]] for deal in deals})
    kept = []
    for deal in deals:
        if draw.random() < 0.01:
            continue
        if draw.random() < 0.1:
            if draw.random() < 0.3:
                deal[column["owner"]] = draw.choice(owners)
            if draw.random() < 0.5:
                deal[column["stage"]] = draw.choice(words["stages"])
                if "category" in column:
                    deal[column["category"]] = draw.choice(["Forecast", "BestCase", "Pipeline", "Omitted"])
            if draw.random() < 0.5 and deal[column["close"]]:
                deal[column["close"]] = str(date.fromisoformat(deal[column["close"]]) + timedelta(draw.randint(-90, 120)))
            if draw.random() < 0.5 and deal[column["amount"]]:
                deal[column["amount"]] = str(draw.randint(1, 900000))
        kept.append(deal)
    with open(out / words["file"], "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)
    return {"deals": len(kept), "of": len(deals)}


def main(mode, *words):
    if mode == "random":
        return random_company(Path(words[0]), int(words[1]))
    if mode == "second":
        return second(Path(words[0]), Path(words[1]), words[2], int(words[3]))
    folder, mapping, label, old, new, measure = words
    return answer(READERS[mapping](Path(folder)), label, old, new, measure)


print(json.dumps(main(*sys.argv[1:])))
