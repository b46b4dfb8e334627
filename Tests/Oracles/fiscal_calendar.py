"""The periods of fiscal calendars, laid out day by day; each argument is one calendar and a range of years:
division,startMonth,yearName,weekday,choice,extraWeek,firstYear,lastYear

division is months, 445, 454 or 544; weekday counts from 1, a Monday. Prints for each calendar the lines
"label first last" of all years, quarters, months and weeks, in the order of years."""

import calendar
import json
import sys
from datetime import date, timedelta


def month_days(year, month):
    return [date(year, month, n + 1) for n in range(calendar.monthrange(year, month)[1])]


def last_day(year, start_month, weekday, choice):
    """The day on which the year ends whose nominal last month is before `start_month` of `year`."""
    year, month = (year - 1, 12) if start_month == 1 else (year, start_month - 1)
    days = month_days(year, month)
    if choice == "last":
        return max(day for day in days if day.isoweekday() == weekday)
    end = days[-1]
    around = [end + timedelta(n) for n in range(-6, 7)]
    return min((day for day in around if day.isoweekday() == weekday), key=lambda day: abs(day - end))


def months_of(division, start_month, begins, weekday, choice, extra):
    """The lists of days of the twelve months of the year that nominally begins in the calendar year `begins`."""
    if division == "months":
        first = begins * 12 + start_month - 1
        return [month_days((first + n) // 12, (first + n) % 12 + 1) for n in range(12)]
    day = last_day(begins, start_month, weekday, choice)
    end = last_day(begins + 1, start_month, weekday, choice)
    days = []
    while day < end:
        day += timedelta(1)
        days.append(day)
    lengths = [int(digit) * 7 for digit in division] * 4
    spare = len(days) - sum(lengths)
    assert spare in (0, 7), (begins, len(days))
    lengths[0 if extra == "first" else -1] += spare
    months = []
    for length in lengths:
        months.append(days[:length])
        days = days[length:]
    assert not days
    return months


def lines(division, start_month, year_name, weekday, choice, extra, first, last):
    found = []
    start_month, weekday = int(start_month), int(weekday)
    for year in range(int(first), int(last) + 1):
        begins = year - 1 if year_name == "end" and start_month > 1 else year
        months = months_of(division, start_month, begins, weekday, choice, extra)
        days = sum(months, [])

        def add(suffix, days):
            found.append(f"FY{year}{suffix} {days[0]} {days[-1]}")

        add("", days)
        for n in range(4):
            add(f"Q{n + 1}", sum(months[n * 3 : n * 3 + 3], []))
        for n, month in enumerate(months):
            add(f"M{n + 1:02}", month)
        if division != "months":
            for n in range(len(days) // 7):
                add(f"W{n + 1:02}", days[n * 7 : n * 7 + 7])
    return found


print(json.dumps({"calendars": ["\n".join(lines(*spec.split(","))) for spec in sys.argv[1:]]}))
