"""An invented company's deals as a CRM exports them: 20 columns, about 280 bytes a row, the same for a seed.

A row is a function of its slot, of the record that fills the slot (its generation) and of the night of its
last change, so that nothing has to be remembered but one small number a slot. Each night's file is the one
before it with some rows edited, one in twenty of them replaced by a new record (the old one is gone). It
begins at another row than the one before: an export promises no order, and no contender can tell an
unchanged night by the bytes of its file.
"""

import bisect
import itertools
import os
import random
import shutil
from array import array

HEADER = (
    "Id,Name,AccountId,OwnerId,Product2Id,StageName,ForecastCategoryName,Amount,CurrencyIsoCode,CloseDate,"
    "CreatedDate,Type,LeadSource,NextStep,LossReason,IsClosed,IsWon,Probability,Campaign,Region"
)
COLUMNS = HEADER.split(",")

# What typed tables make of the columns; whatever is not named is text.
TYPES = {
    "Amount": "numeric",
    "CloseDate": "date",
    "CreatedDate": "date",
    "IsClosed": "boolean",
    "IsWon": "boolean",
    "Probability": "numeric",
}

_CHUNK = 20_000
_FIRST = "Ambrelle Cassorel Aldermoor Anvarra Brightwell Corvane Delmara Estervik Fenwick Galloran".split()
_SECOND = "Metals Energy Brewing Coatings Logistics Instruments Pharma Robotics Textiles Foods".split()
_FORM = "AG|GmbH|Ltd|S.A.|\"\"Union\"\" Co|Inc|BV|Oy|AB|Holdings plc".split("|")
_WHAT = "Renewal|Expansion to three sites|Pilot|Platform licence|Service contract|Upgrade|Replacement".split("|")
_ENDINGS = [
    f'{first} {second} {form}: {what}"'
    for first, second, form, what in itertools.product(_FIRST, _SECOND, _FORM, _WHAT)
]
_STEPS = [
    f"{verb} {whom} {about}"
    for verb, whom, about in itertools.product(
        ("Call", "Write to", "Meet", "Email"),
        ("procurement", "their lawyers", "Zoë Ångström"),
        ("on terms, then settle the discount", "for the signed order form", "to fix the date of the review"),
    )
]
_STATES = (  # stage, category, is closed, is won, probability, reason of loss
    ("Qualification", "Pipeline", "false", "false", "10", ""),
    ("Discovery", "Pipeline", "false", "false", "25", ""),
    ("Proposal", "Best Case", "false", "false", "50", ""),
    ("Negotiation", "Commit", "false", "false", "75", ""),
    ("Contract sent", "Commit", "false", "false", "90", ""),
    ("Closed Won", "Closed", "true", "true", "100", ""),
    ("Closed Lost", "Omitted", "true", "false", "0", "Price, and no sponsor"),
    ("Closed Lost", "Omitted", "true", "false", "0", "Decided for a competitor"),
)
# Each with the amount's column between them left open.
_STAGE_TEXTS = [f"{stage},{category}" for stage, category, *_ in _STATES]
_CLOSE_TEXTS = [
    f'"{loss}",{closed},{won},{probability}' if "," in loss else f"{loss},{closed},{won},{probability}"
    for _, _, closed, won, probability, loss in _STATES
]
_DATES = [
    f"{year}-{month:02d}-{day:02d}" for year in (2024, 2025, 2026) for month in range(1, 13)
    for day in range(1, 29)
]
_TYPES = ["New Business", "Expansion", "Renewal"]
_SOURCES = ["Web", "Partner Referral", "Trade Show", "Outbound", "Customer Referral", ""]
_CURRENCIES = ["EUR", "USD", "GBP", "CHF"]
_REGIONS = ["EMEA North", "EMEA South", "Americas East", "Americas West", "Asia Pacific"]


def row(slot, generation, night):
    """One record's line, as of the night of its last change."""
    # Odd multipliers spread neighbouring slots; the same record keeps whatever does not change at night.
    fixed = (slot * 2654435761 + generation * 97531 + 1013904223) & 0xFFFFFFFFFFFF
    moving = (fixed * 31 + night * 2246822519 + 374761393) & 0xFFFFFFFFFFFF
    state = (moving >> 7) % 8
    return (
        f'006Qz{generation:03d}{slot:010d},"{_ENDINGS[(fixed >> 5) % 7000]},001Qz{fixed % 200000:013d},'
        f"005Qz{(fixed >> 9) % 900:013d},01tQz{(fixed >> 11) % 60:013d},{_STAGE_TEXTS[state]},"
        f"{1000 + (moving >> 13) % 900000}.{moving % 100:02d},{_CURRENCIES[(fixed >> 13) & 3]},"
        f"{_DATES[(moving >> 5) % 1008]},{_DATES[(fixed >> 7) % 1008]},{_TYPES[(fixed >> 3) % 3]},"
        f'{_SOURCES[(fixed >> 6) % 6]},"{_STEPS[(moving >> 9) % 36]} ({night})",{_CLOSE_TEXTS[state]},'
        f"C-{(fixed >> 12) % 400},{_REGIONS[(fixed >> 15) % 5]}\n"
    )


class Company:
    """The deals of one company, night after night, each night in the one file that is on the disk."""

    def __init__(self, rows, folder, seed=1):
        self.rows = rows
        self.path = os.path.join(folder, "opportunity.csv")
        self.night = 0
        # Records and bytes of all versions so far: what a right history holds.
        self.versions = 0
        self.version_bytes = 0
        self._generations = array("H", bytes(2 * rows))
        self._start = 0
        self._random = random.Random(seed)
        with self._new_file() as file:
            for slot in range(0, rows, _CHUNK):
                file.writelines(self._counted(row(at, 0, 0) for at in range(slot, min(slot + _CHUNK, rows))))

    @property
    def bytes(self):
        """The size of the file."""
        return os.path.getsize(self.path)

    def next_night(self, share):
        """Writes the next night's file, in which `share` of the rows differ; gives their number."""
        self.night += 1
        changed = self._choose(share)
        turn = self._random.randrange(self.rows)
        old, self._start = self._start, (self._start + turn) % self.rows
        previous, held_path = self.path + ".previous", self.path + ".held"
        os.replace(self.path, previous)
        with open(previous, encoding="utf-8", newline="") as lines:
            next(lines)
            with open(held_path, "w", encoding="utf-8", newline="") as held:
                self._copy(lines, held, old, turn, changed)
            with self._new_file() as file:
                self._copy(lines, file, self._start, self.rows - turn, changed)
                with open(held_path, encoding="utf-8", newline="") as held:
                    shutil.copyfileobj(held, file, 1 << 20)
        os.remove(previous)
        os.remove(held_path)
        return len(changed)

    def _new_file(self):
        file = open(self.path, "w", encoding="utf-8", newline="")
        file.write(HEADER + "\n")
        return file

    def _counted(self, lines):
        lines = list(lines)
        self.versions += len(lines)
        self.version_bytes += len("".join(lines).encode())
        return lines

    def _choose(self, share):
        """The slots that change, in order; one in twenty gets a new record."""
        slots = range(self.rows)
        if share < 1:
            slots = array("L", sorted(self._random.sample(slots, round(share * self.rows))))
        for place in range(19, len(slots), 20):
            self._generations[slots[place]] += 1
        return slots

    def _copy(self, lines, file, slot, count, changed):
        """Copies `count` rows from that of `slot` on, the changed ones anew."""
        while count:
            chunk = list(itertools.islice(lines, min(_CHUNK, count, self.rows - slot)))
            first = bisect.bisect_left(changed, slot)
            slots = changed[first : bisect.bisect_left(changed, slot + len(chunk), first)]
            news = self._counted(row(at, self._generations[at], self.night) for at in slots)
            for at, new in zip(slots, news):
                chunk[at - slot] = new
            file.writelines(chunk)
            count -= len(chunk)
            slot = (slot + len(chunk)) % self.rows
