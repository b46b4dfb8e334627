"""What each deal comes to for each person: an independent reckoning of splits, in fractions.

    python3 splits.py DEALS SPLITS PEOPLE RATES CURRENCY

DEALS: CSV of source-less deals: id, owner, amount, currency, amount_company, close_date.
SPLITS: CSV of splits: id, deal, person, kind, percent, amount, currency. PEOPLE: a line an id that was ever there.
RATES: CSV of from_currency, start, end, rate to the company's. Prints {"deal person": part}, "-" for no owner.
"""

import csv
import json
import sys
from fractions import Fraction


def half_away(value, places):
    scaled = abs(value) * 10**places
    whole = int(scaled)
    if scaled - whole >= Fraction(1, 2):
        whole += 1
    return (1 if value >= 0 else -1) * Fraction(whole, 10**places)


def text(value):
    if value is None:
        return "none"
    sign, value = ("-", -value) if value < 0 else ("", value)
    cents = value * 100
    assert cents.denominator == 1
    return f"{sign}{int(cents) // 100}.{int(cents) % 100:02d}"


def share(split, deal, rates, company_currency, places):
    """(percent, amount) of a split, or None where it credits nobody."""
    amount = None if deal["amount_company"] == "" else Fraction(deal["amount_company"])
    if split["percent"] != "":
        percent = Fraction(split["percent"])
        return percent, None if amount is None else amount * percent / 100
    if split["amount"] == "":
        return None
    part, currency = Fraction(split["amount"]), split["currency"] or company_currency
    rate = 1 if currency == company_currency else rates(currency, deal["close_date"])
    if currency == deal["currency"]:
        if deal["amount"] == "" or Fraction(deal["amount"]) == 0:
            return None
        return 100 * part / Fraction(deal["amount"]), None if amount is None or rate is None else part * rate
    if amount is None or amount == 0 or rate is None:
        return None
    return 100 * part * rate / amount, part * rate


def parts(deal, splits, people, rates, company_currency, places):
    """{person: part} of a deal, the owner's under its own id."""
    amount = None if deal["amount_company"] == "" else Fraction(deal["amount_company"])
    owner = deal["owner"] or "-"
    given = {}
    for split in splits:
        if split["kind"] != "revenue" or split["person"] not in people or split["person"] == owner:
            continue
        found = share(split, deal, rates, company_currency, places)
        if found is None or found[0] <= 0:
            continue
        before = given.get(split["person"], (0, None if amount is None else 0))
        given[split["person"]] = (
            before[0] + found[0], None if amount is None or found[1] is None else before[1] + found[1])
    if not given:
        return {owner: amount}
    whole = sum(percent for percent, _ in given.values())
    scale = Fraction(100) / whole if whole > 100 else Fraction(1)
    result, left, percent_left = {}, amount, Fraction(100)
    for person, (percent, part) in given.items():
        rounded = None if part is None else half_away(part * scale, places)
        result[person] = rounded
        percent_left -= percent * scale
        if left is not None:
            left -= rounded
    if abs(percent_left) >= Fraction(1, 2_000_000) or left:
        result[owner] = left
    return result


def main(deals, splits, people, rates, company_currency):
    def rows(path):
        with open(path, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    with open(people, encoding="utf-8") as file:
        known = set(file.read().split())
    table = rows(rates)

    def rate(currency, day):
        for row in table:
            if row["from_currency"] == currency and row["start"] <= day <= row["end"]:
                return Fraction(row["rate"])
        return None

    by_deal = {}
    for split in rows(splits):
        by_deal.setdefault(split["deal"], []).append(split)
    found = {}
    for deal in rows(deals):
        for person, part in parts(
                deal, by_deal.get(deal["id"], []), known, rate, company_currency, 2).items():
            found[f"{deal['id']} {person}"] = text(part)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
