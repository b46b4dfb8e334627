"""What moved from night to night in the deals that have a part in the story, and what a quarter was closed at.

Usage: movements.py FOLDER -> prints `name=value` lines: a night and its changes, the merges, the plan's rates, the amounts,
and for nights of 2027 what FY2026Q4 is closed at in East, West, EMEA and the company.
"""
import csv
import os
import sys
from decimal import ROUND_HALF_UP, Decimal

ROOT = sys.argv[1]
NIGHTS = sorted(os.listdir(ROOT))
FIELDS = ("close_date", "forecast_category", "is_closed", "is_won", "owner_id")
CAST = {f"D{number:07}" for number in range(16, 29)}


def read(night, entity):
    path = f"{ROOT}/{night}/{entity}.csv"
    if not os.path.exists(path):
        return {}
    with open(path, newline="", encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


deals = {night: read(night, "opportunity") for night in NIGHTS}
for before, night in zip(NIGHTS, NIGHTS[1:]):
    changes = []
    for key in sorted(CAST & deals[before].keys()):
        old, new = deals[before][key], deals[night].get(key)
        if new is None:
            changes.append(f"{key} gone")
            continue
        changes += [f"{key} {field} {old[field]} {new[field]}" for field in FIELDS if old[field] != new[field]]
    print(f"{night}={'; '.join(changes)}")
    if night[:4] == "2027":
        won = [row for key, row in deals[night].items()
               if row["is_won"] == "true" and deals[before].get(key, {}).get("is_won") != "true" and row["close_date"] < "2027"]
        print(f"{night}.won=" + "; ".join(f"{row['id']} {row['close_date']} {row['amount']}" for row in won))

merges = [row for night in NIGHTS for row in read(night, "merged_record").values()]
print("merged=" + "; ".join(
    f"{row['entity']} {row['record_id']} into {row['survivor_id']} on {row['merged_date']}" for row in merges))
plans = {night: read(night, "exchange_rate")["plan-EUR-USD-FY2026"]["rate"] for night in NIGHTS}
odd = [night for night in NIGHTS if plans[night] != "1.10"]
assert len({plans[night] for night in odd}) <= 1
print("plan=" + (f"{plans[odd[0]]} on {' '.join(odd)}, " if odd else "") + "else 1.10")
first = deals[NIGHTS[0]]
print("amounts=" + "; ".join(f"{key} {first[key]['amount']}" for key in sorted(CAST & first.keys())))

for night in NIGHTS:
    if night[:4] != "2027":
        continue
    people, sums = read(night, "person"), dict.fromkeys(("T-EAST", "T-WEST", "T-EMEA"), Decimal(0))
    for deal in deals[night].values():
        if deal["is_won"] == "true" and "2026-10-01" <= deal["close_date"] <= "2026-12-31":
            rate = Decimal("1.10") if deal["currency"] == "EUR" else Decimal(1)
            amount = (Decimal(deal["amount"]) * rate).quantize(Decimal("0.01"), ROUND_HALF_UP)
            team = people[deal["owner_id"]]["team_id"]
            # Who has moved by now: Tom Iversen, of West until November.
            if deal["owner_id"] == "P001" and deal["close_date"] < "2026-11-02":
                team = "T-WEST"
            sums[team] += amount
    print(f"closed.{night}=" + " ".join(str(value) for value in [*sums.values(), sum(sums.values())]))
