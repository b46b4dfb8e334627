"""The organisation, plan and calls of the benchmark's company, as a night's files for the mapping generic."""

import datetime
import os

REGIONS, TEAM_SIZE = 10, 10
FIRST = datetime.date(2024, 12, 9)


def _write(folder, name, header, rows):
    with open(os.path.join(folder, f"{name}.csv"), "w", encoding="utf-8") as file:
        file.write(header + "\n")
        file.writelines(",".join(map(str, row)) + "\n" for row in rows)


def _quarters():
    return [f"FY{year}Q{quarter}" for year in (2025, 2026, 2027) for quarter in (1, 2, 3, 4)]


def write(folder, people, nights):
    """Teams of ten below regions below the company, a quota a person and quarter, a call a team and week."""
    os.makedirs(folder, exist_ok=True)
    teams = people // TEAM_SIZE
    _write(folder, "company", "id,name,currency,fiscal_year_start_month", [["c", "Bench Works", "USD", 1]])
    _write(
        folder, "team", "id,name,parent_id,lead_id",
        [[f"r{at}", f"Region {at}", "", ""] for at in range(REGIONS)]
        + [[f"t{at}", f"Team {at}", f"r{at % REGIONS}", f"p{at * TEAM_SIZE + 1}"] for at in range(teams)])
    _write(
        folder, "person", "id,name,team_id",
        [[f"p{at + 1}", f"Person {at + 1}", f"t{at // TEAM_SIZE}"] for at in range(people)])
    stages = [
        ("qualify", "open", "pipeline"), ("discover", "open", "pipeline"), ("propose", "open", "best_case"),
        ("negotiate", "open", "commit"), ("contract", "open", "commit"), ("won", "won", "closed"),
        ("lost", "lost", "omitted"),
    ]
    _write(
        folder, "stage", "id,name,position,kind,category",
        [[name, name.title(), at + 1, kind, category] for at, (name, kind, category) in enumerate(stages)])
    _write(
        folder, "exchange_rate", "id,kind,from_currency,to_currency,start_date,end_date,rate",
        [["e", "plan", "EUR", "USD", "", "", "1.1"]])
    plan = [
        [f"q{at}-{quarter}", "quota", "person", f"p{at + 1}", quarter, 250000, "USD"]
        for at in range(people) for quarter in _quarters()
    ] + [
        [f"b{at}-{quarter}", "budget", "team", f"t{at}", quarter, 2300000, "USD"]
        for at in range(teams) for quarter in _quarters()
    ]
    _write(folder, "plan_line", "id,kind,node_kind,node_id,period,amount,currency", plan)
    calls = []
    for week in range(nights // 7):
        day = FIRST + datetime.timedelta(days=7 * week + 1)
        quarter = f"FY{day.year}Q{(day.month + 2) // 3}"
        calls += [
            [
                f"c{week}-{at}", "team", f"t{at}", quarter, "commit", "override" if at % 40 == week % 40 else "own",
                2000000 + 1000 * at, "USD", f"{day}T18:00:00Z",
            ]
            for at in range(teams)
        ]
    _write(
        folder, "call", "id,node_kind,node_id,period,category,kind,amount,currency,submitted_at", calls)
