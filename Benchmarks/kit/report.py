"""Numbers and tables as people read them, and where a benchmark works."""

import os
import sys
import tempfile

from .commands import ROOT, Workplace


def number(value):
    """A whole number with its thousands marked."""
    return f"{value:,}"


def megabytes(value):
    """Bytes in MB; a dash without a value."""
    return "–" if value is None else f"{value / 1e6:.0f}"


def table(header, rows, right=()):
    """A Markdown table that reads well as it is; `right` names the columns of numbers."""
    rows = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(line[at]) for line in [header, *rows]) for at in range(len(header))]

    def line(cells):
        return "| " + " | ".join(
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(cells, widths))
        ) + " |"

    rule = "|" + "|".join(
        "-" * (width + 1) + ":" if at in right else "-" * (width + 2) for at, width in enumerate(widths)
    ) + "|"
    return "\n".join([line(header), rule, *map(line, rows)])


def place_from_environment():
    """A new folder below WORK (default: the folder for temporary files), and the binary that BELLWETHER names."""
    binary = os.environ.get("BELLWETHER") or os.path.join(ROOT, ".build", "release", "bellwether")
    if not os.access(binary, os.X_OK):
        sys.exit(f"There is no program {binary}. Run: make build")
    work = os.environ.get("WORK") or tempfile.gettempdir()
    return Workplace(tempfile.mkdtemp(prefix="bellwether-bench-", dir=work), binary)
