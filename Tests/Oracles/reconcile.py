#!/usr/bin/env python3
"""Random won deals and orders: writes their exports, and reckons what `bellwether reconcile` must say.

usage: reconcile.py FOLDER SEED

Writes FOLDER/2026-06-20 and prints {"closed", "ordered", "reasons": {REASON: [COUNT, AMOUNT]}, "items": [[REASON, ID,
AMOUNT] ...], "tied": [...], "teams": {TEAM: [CLOSED, ORDERED]}}; an item's id is the deal's, else the booking's.

Contracts: both sides at the plan rate of the deal's close date, orders without a deal at that of the day they were
booked, rounded one by one. A deal ties out when its orders come to its amount in its own currency, in the company's
where currencies differ. An order is repeated when an earlier one (by day, then id) has its number, currency and amount,
above zero, unless the deal ties out all the same."""
import csv
import json
import random
import sys
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

folder, seed = Path(sys.argv[1]), int(sys.argv[2])
draw = random.Random(seed)
DAY, FIRST, LAST = "2026-06-20", "2026-04-01", "2026-06-30"
CENT = Decimal("0.01")
PLAN = [("EUR", "", "2026-03-31", "1.1"), ("EUR", "2026-04-01", "", "1.075"), ("GBP", "", "", "1.333333")]
TEAM = {"p1": "East", "p2": "West", "p3": "West"}
MONTHS = ["2026-02-11", "2026-04-03", "2026-04-30", "2026-05-15", "2026-06-01", "2026-06-19", "2026-07-02"]


def some_amount():
    return Decimal(draw.randint(1, 4000)) * draw.choice([1, 5, 100]) / draw.choice([1, 1, 10, 100])


def here(day):
    return bool(day) and FIRST <= day <= LAST


deals, orders = {}, []
for number in range(70):
    deals[f"d{number:02}"] = {
        "stage": draw.choice(["won"] * 7 + ["open", "lost"]), "owner": draw.choice(list(TEAM)),
        "amount": draw.choice([some_amount()] * 12 + [None, Decimal(0), -some_amount()]),
        "currency": draw.choice(["USD", "USD", "EUR", "EUR", "GBP", "XAU"] if draw.random() < 0.9 else [""]),
        "close": draw.choice(MONTHS[1:6] * 3 + [MONTHS[0], MONTHS[6], ""])}


def book(deal, amount, currency, day, number=None):
    name = f"b{len(orders):03}"
    orders.append({"id": name, "deal": deal, "number": number if number is not None else f"SO-{len(orders)}",
                   "amount": amount, "currency": currency, "day": day})
    return orders[-1]


for name, deal in deals.items():
    amount, currency, day = deal["amount"] or Decimal(0), deal["currency"], deal["close"] or "2026-05-05"
    other = draw.choice([d for d in MONTHS + [""] if d != day])
    what = draw.choice(["same"] * 6 + ["none", "less", "parts", "late", "credit", "kept credit", "twice", "lines", "currency",
                                       "half late", "shared number", "unsaid"])
    if deal["stage"] != "won" and draw.random() < 0.6:
        continue
    if what == "same":
        book(name, amount, currency, day)
    elif what == "less":
        book(name, amount - Decimal("0.01") * draw.randint(-900, 900), currency, day)
    elif what == "parts":
        part = (amount / 3).quantize(CENT)
        for piece in (part, part, amount - 2 * part):
            book(name, piece, currency, day)
    elif what == "late":
        book(name, amount, currency, other)
    elif what == "half late":
        part = (amount / 2).quantize(CENT)
        book(name, part, currency, day)
        book(name, amount - part, currency, other)
    elif what == "credit":
        book(name, amount, currency, day)
        book(name, -some_amount(), currency, draw.choice([day, other]))
    elif what == "kept credit":
        note = some_amount()
        book(name, amount + note, currency, day)
        book(name, -note, currency, draw.choice([day, other]))
    elif what == "twice":
        first = book(name, amount, currency, draw.choice([day, other]))
        book(name, amount, currency, day, first["number"])
    elif what == "lines":
        part = (amount / 2).quantize(CENT)
        first = book(name, part, currency, day)
        book(name, amount - part, currency, day, first["number"])
    elif what == "currency":
        book(name, some_amount(), draw.choice(["USD", "EUR"]), day)
    elif what == "shared number":
        first = book(name, amount, currency, day)
        book(draw.choice(list(deals)), amount, currency, other, first["number"])
    elif what == "unsaid":
        book(name, None, currency, day)
for _ in range(8):
    order = book(draw.choice(["", "", "gone"]), draw.choice([some_amount(), -some_amount()]),
                 draw.choice(["USD", "EUR", "XAU", ""]), draw.choice(MONTHS + [""]))
    if draw.random() < 0.3:
        book("", order["amount"], order["currency"], order["day"], order["number"])


def write(name, header, rows):
    path = folder / DAY
    path.mkdir(parents=True, exist_ok=True)
    with open(path / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header.split(",")] + rows)


def cell(amount):
    return "" if amount is None else str(amount)


write("company", "id,name,currency,fiscal_year_start_month", [["c", "Rand", "USD", "1"]])
write("team", "id,name", [[t, t] for t in ("East", "West")])
write("person", "id,name,team_id", [[p, p, t] for p, t in TEAM.items()])
write("stage", "id,kind,category", [["open", "open", "commit"], ["won", "won", "closed"], ["lost", "lost", "omitted"]])
write("exchange_rate", "id,kind,from_currency,to_currency,start_date,end_date,rate",
      [[f"r{n}", "plan", c, "USD", start, end, rate] for n, (c, start, end, rate) in enumerate(PLAN)])
write("opportunity", "id,name,owner_id,stage_id,amount,currency,close_date",
      [[d, f"Deal {d}", v["owner"], v["stage"], cell(v["amount"]), v["currency"], v["close"]] for d, v in deals.items()])
shuffled = orders[:]
draw.shuffle(shuffled)
write("booking", "id,opportunity_id,order_id,booked_date,amount,currency",
      [[o["id"], o["deal"], o["number"], o["day"], cell(o["amount"]), o["currency"]] for o in shuffled])


def company(amount, currency, day):
    """None without a rate."""
    if amount is None:
        return Decimal(0)
    if (currency or "USD") == "USD":
        return amount.quantize(CENT, ROUND_HALF_UP)
    for name, start, end, rate in PLAN:
        if name == currency and (start or "0001") <= (day or DAY) <= (end or "9999"):
            return (amount * Decimal(rate)).quantize(CENT, ROUND_HALF_UP)
    return None


seen, repeated = set(), set()
for order in sorted(orders, key=lambda o: (o["day"] or "9999", o["id"])):
    known = deals.get(order["deal"])
    order["usd"] = company(order["amount"], order["currency"], known["close"] if known else order["day"])
    said = (order["number"], order["currency"] or "USD", order["amount"])
    if order["amount"] is not None and order["amount"] > 0:
        if said in seen:
            repeated.add(order["id"])
        seen.add(said)
items, tied = [], []


def total(some):
    return sum((o["usd"] or Decimal(0) for o in some), Decimal(0))


def own(some):
    return sum((o["amount"] or Decimal(0) for o in some), Decimal(0))


def judge(name, deal):
    mine = [o for o in orders if o["deal"] == name]
    won = deal["stage"] == "won"
    closes = won and here(deal["close"])
    usd = company(deal["amount"], deal["currency"], deal["close"])
    booked = [o for o in mine if here(o["day"])]
    if not closes and not booked:
        return
    gap = total(booked) - (usd or 0 if closes else 0)
    found = []

    def add(reason, amount):
        found.append([reason, name, amount])

    def ties(some):
        if not won:
            return False
        if all((o["currency"] or "USD") == (deal["currency"] or "USD") for o in some):
            return own(some) == (deal["amount"] or 0)
        return total(some) == (usd or 0)

    def part(some, reason, sign=1):
        if some:
            add(reason, sign * total(some))

    away = [o for o in mine if not here(o["day"])]
    if any(o["usd"] is None for o in mine) or (closes and usd is None):
        add("rate_missing", gap)
    elif closes and ties(mine):
        part(away, "booked_in_another_period", -1)
        if not away:
            tied.append(name)
    else:
        twice = [] if ties(mine) else [o for o in mine if o["id"] in repeated]
        rest = [o for o in mine if o not in twice]
        part([o for o in twice if o in booked], "order_repeated")
        if not closes:
            part([o for o in rest if o in booked and (o["amount"] or 0) < 0], "credit_note")
            part([o for o in rest if o in booked and (o["amount"] or 0) >= 0],
                 "closed_in_another_period" if won else "deal_not_won")
        elif ties(rest):
            part([o for o in rest if o in away], "booked_in_another_period", -1)
        else:
            credits = [o for o in rest if (o["amount"] or 0) < 0 and usd >= 0]
            sales = [o for o in rest if o not in credits]
            part([o for o in credits if o in booked], "credit_note")
            part([o for o in sales if o in away], "booked_in_another_period", -1)
            same = all((o["currency"] or "USD") == (deal["currency"] or "USD") for o in sales)
            if not sales:
                add("won_without_order", -usd)
            elif not same or own(sales) != (deal["amount"] or 0):
                add("amount_differs" if same else "currency_differs", total(sales) - usd)
    # What is left can only be the cents of amounts rounded one by one.
    left = gap - sum((amount for _, _, amount in found), Decimal(0))
    if left:
        assert abs(left) <= CENT * (len(mine) + 1), (name, left)
        add("rounding", left)
    items.extend(found)


for name, deal in deals.items():
    judge(name, deal)
for order in orders:
    if order["deal"] not in deals and here(order["day"]):
        reason = ("rate_missing" if order["usd"] is None else "credit_note" if (order["amount"] or 0) < 0
                  else "order_repeated" if order["id"] in repeated else "order_without_deal")
        items.append([reason, order["id"], order["usd"] or Decimal(0)])


def text(amount):
    plain = f"{amount:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("-0", "") else plain


reasons = defaultdict(lambda: [0, Decimal(0)])
for reason, _, amount in items:
    reasons[reason][0] += 1
    reasons[reason][1] += amount
closed = {name: company(d["amount"], d["currency"], d["close"]) or Decimal(0)
          for name, d in deals.items() if d["stage"] == "won" and here(d["close"])}
booked = [o for o in orders if here(o["day"])]
teams = {t: [text(sum((usd for name, usd in closed.items() if TEAM[deals[name]["owner"]] == t), Decimal(0))),
             text(total(o for o in booked if o["deal"] in deals and TEAM[deals[o["deal"]]["owner"]] == t))]
         for t in ("East", "West")}
print(json.dumps({
    "closed": text(sum(closed.values(), Decimal(0))), "ordered": text(total(booked)), "tied": sorted(tied),
    "reasons": {reason: [count, text(amount)] for reason, (count, amount) in reasons.items()},
    "items": sorted([reason, name, text(amount)] for reason, name, amount in items), "teams": teams}))
