"""What must hold, and whether it does."""

from dataclasses import dataclass


@dataclass
class Target:
    """One figure and its limit. A figure that nobody could measure is neither held nor missed."""

    what: str
    measured: float | None
    limit: float
    is_floor: bool = False
    unit: str = "×"
    is_bound: bool = False

    def cells(self):
        """A line of the table."""
        if self.measured is None:
            return [self.what, "–", self._wanted(), "not measured"]
        holds = self.measured >= self.limit if self.is_floor else self.measured <= self.limit
        measured = f"{'>' if self.is_bound else ''}{self._text(self.measured)}"
        return [self.what, measured, self._wanted(), "holds" if holds else "MISSED"]

    def _wanted(self):
        return f"{'≥' if self.is_floor else '≤'} {self._text(self.limit)}"

    def _text(self, value):
        return f"{value:.2f} ×" if self.unit == "×" else f"{value:,.0f} {self.unit}"


def nightly_targets(comparison):
    """The targets of first and nightly loads."""
    def to_copy(night):
        return comparison.ratio(night, "bellwether") if night else None

    targets = [Target("first load, of \\copy typed with key", to_copy("first load"), 1.5)]
    wanted = {0.0: 0.2, 0.01: 0.25}
    for share, limit in wanted.items():
        night = f"nightly, {100 * share:g} % changed"
        targets.append(Target(f"{night}, of \\copy typed with key", to_copy(night), limit))
    nights = [f"nightly, {100 * share:g} % changed" for share in wanted]
    peak = comparison.peak(nights[1], "bellwether")
    targets.append(Target(f"{nights[1]}, peak memory", peak and peak / 1e6, 400, unit="MB"))
    for key, name, limit in (("sqldiff", "SQL diff by hand", 2), ("dbt", "dbt snapshot", 10), ("dlt", "dlt scd2", 10)):
        for night in nights:
            targets.append(_faster(comparison, key, name, night, limit))
    return targets


def _faster(comparison, key, name, night, limit):
    ours = comparison.seconds(night, "bellwether")
    theirs = comparison.runs.get((night, key))
    if not ours or not theirs:
        return Target(f"{night}, {name} takes longer by", None, limit, is_floor=True)
    if theirs[-1].stopped:
        return Target(
            f"{night}, {name} takes longer by", theirs[-1].seconds / ours, limit, is_floor=True, is_bound=True)
    pairs = zip(theirs, comparison.runs[(night, "bellwether")])
    ratios = sorted(run.seconds / own.seconds for run, own in pairs)
    return Target(f"{night}, {name} takes longer by", ratios[len(ratios) // 2], limit, is_floor=True)
