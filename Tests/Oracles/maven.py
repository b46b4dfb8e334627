#!/usr/bin/env python3
"""What the CSV files of Maven Analytics' "CRM Sales Opportunities" say of a span of days.

usage: maven.py FOLDER FIRST LAST      (days, both inclusive)

Reckons from the files alone: closed deals by office, manager and agent, and the open deals, none of
which has a close date, so that they are "undated" in every period."""
import csv
import json
import sys
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path


def rows(name):
    with open(Path(sys.argv[1]) / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


first, last = sys.argv[2:4]
deals = rows("sales_pipeline.csv")
agents = {row["sales_agent"]: row for row in rows("sales_teams.csv")}
products = {row["product"] for row in rows("products.csv")}
accounts = {row["account"] for row in rows("accounts.csv")}


def new_line():
    return {"closed": Decimal(0), "closed_count": 0, "undated_count": 0}


levels = {level: defaultdict(new_line) for level in ("company", "office", "manager", "agent")}
for agent, team in agents.items():
    levels["agent"][agent], levels["manager"][team["manager"]], levels["office"][team["regional_office"]]
for deal in deals:
    team = agents[deal["sales_agent"]]
    nodes = {
        "company": "all", "office": team["regional_office"], "manager": team["manager"],
        "agent": deal["sales_agent"],
    }
    for level, node in nodes.items():
        line = levels[level][node]
        if deal["deal_stage"] == "Won" and first <= deal["close_date"] <= last:
            line["closed"] += Decimal(deal["close_value"])
            line["closed_count"] += 1
        if deal["deal_stage"] in ("Prospecting", "Engaging"):
            assert not deal["close_date"] and not deal["close_value"], deal
            line["undated_count"] += 1

stages = Counter(deal["deal_stage"] for deal in deals)
sellers = {deal["sales_agent"] for deal in deals}
# The only product of the deals that the file of products writes otherwise: without its blank.
named = {product.replace(" ", ""): product for product in products}
print(json.dumps({
    "deals": len(deals),
    "won": stages["Won"],
    "lost": stages["Lost"],
    "open": stages["Prospecting"] + stages["Engaging"],
    "won_amount": str(sum(Decimal(d["close_value"]) for d in deals if d["deal_stage"] == "Won")),
    "accounts": len(accounts),
    "products": len(products),
    "agents": len(agents),
    "agents_without_deals": sorted(set(agents) - sellers),
    "by_product": Counter(named[deal["product"].replace(" ", "")] for deal in deals),
    "spelled_otherwise": Counter(deal["product"] for deal in deals if deal["product"] not in products),
    "managers": sorted({team["manager"] for team in agents.values()}),
    "office_of": {team["manager"]: team["regional_office"] for team in agents.values()},
    "manager_of": {agent: team["manager"] for agent, team in agents.items()},
    "lines": {
        level: {node: {**line, "closed": str(line["closed"])} for node, line in lines.items()}
        for level, lines in levels.items()
    },
}))
