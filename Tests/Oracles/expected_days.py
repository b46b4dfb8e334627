"""The days between two snapshots on which one was due; arguments: rule, earlier day, later day, and so on."""

import calendar
import json
import sys
from datetime import date, timedelta


def due_days(rule, earlier, later):
    earlier, later = date.fromisoformat(earlier), date.fromisoformat(later)
    between = [earlier + timedelta(n) for n in range(1, (later - earlier).days)]

    def ends(day, unit):
        """Whether the day ends a week or month in which neither snapshot lies."""
        return unit(day) not in (unit(earlier), unit(later)) and unit(day + timedelta(1)) != unit(day)

    due = {
        "daily": lambda day: True,
        "weekdays": lambda day: day.weekday() not in (calendar.SATURDAY, calendar.SUNDAY),
        "weekly": lambda day: ends(day, lambda d: tuple(d.isocalendar())[:2]),
        "monthly": lambda day: ends(day, lambda d: (d.year, d.month)),
        "irregular": lambda day: False,
    }[rule]
    return " ".join(day.isoformat() for day in between if due(day))


words = sys.argv[1:]
print(json.dumps({"days": [due_days(*words[at : at + 3]) for at in range(0, len(words), 3)]}))
