#!/usr/bin/env python3
"""What scipy and statsmodels say of the cases that the statistics are tested on.

Writes a JSON object to standard output; the tests read the committed copy, so that they need neither package:

    python3 Tests/Oracles/statistics_fixture.py > Tests/AnalyticsTests/Fixtures/statistics.json
"""

import json
import random

import numpy
import scipy
import statsmodels
from scipy import optimize, stats
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    power_proportions_2indep,
    proportion_confint,
    proportions_ztest,
)

NOISE = random.Random(20260907)


def wilson():
    cases = [(0, 1), (1, 1), (0, 10), (10, 10), (3, 10), (5, 80), (412, 1000), (999999, 1000000), (7, 200000)]
    for hits, trials in cases:
        for confidence in (0.8, 0.95, 0.99):
            low, high = proportion_confint(hits, trials, alpha=1 - confidence, method="wilson")
            yield dict(hits=hits, trials=trials, confidence=confidence, low=low, high=high)


def tables():
    yield from [(3, 10, 8, 12), (0, 5, 0, 7), (5, 5, 7, 7), (0, 5, 7, 7), (1, 1, 0, 1), (12, 100, 5, 100)]
    yield from [(180, 1500, 60, 1200), (9, 50, 7, 50), (400, 900, 401, 900), (4, 100000, 12, 90000)]
    for _ in range(40):
        first, second = NOISE.randint(1, 400), NOISE.randint(1, 400)
        yield NOISE.randint(0, first), first, NOISE.randint(0, second), second


def detectable(was, before, now, sign):
    def power(size):
        return power_proportions_2indep(
            sign * size, was, now, ratio=before / now, alpha=0.05, return_results=False
        )

    room = was if sign < 0 else 1 - was
    if room <= 0:
        return None
    with numpy.errstate(all="ignore"):
        most = power(room * (1 - 1e-12))
    if not most >= 0.8:
        return None
    return optimize.brentq(lambda size: power(size) - 0.8, 1e-9, room * (1 - 1e-12), xtol=1e-13)


def changes():
    for was, before, is_now, now in tables():
        low, high = confint_proportions_2indep(is_now, now, was, before, method="newcomb")
        pooled = (was + is_now) / (before + now)
        yield dict(
            before=[was, before],
            now=[is_now, now],
            low=low,
            high=high,
            fisher=stats.fisher_exact([[was, before - was], [is_now, now - is_now]])[1],
            score=proportions_ztest([is_now, was], [now, before])[1] if 0 < pooled < 1 else 1,
            fall=detectable(was / before, before, now, -1),
            rise=detectable(was / before, before, now, 1),
        )


def binomials():
    cases = [(7, 8, 0.5), (0, 3, 0.5), (4, 8, 0.5), (11, 100, 0.05), (0, 100, 0.05), (3, 12, 0.3), (60, 5000, 0.01)]
    for hits, trials, rate in cases:
        yield dict(
            hits=hits,
            trials=trials,
            rate=rate,
            at_least=stats.binom.sf(hits - 1, trials, rate),
            at_most=stats.binom.cdf(hits, trials, rate),
            two_sided=stats.binomtest(hits, trials, rate).pvalue,
            bound=int(stats.binom.ppf(0.99, trials, rate)),
        )


def discoveries():
    for count in (1, 2, 10, 60):
        values = [round(NOISE.random() ** 3, 6) for _ in range(count)]
        values[-1] = values[0]
        yield dict(p=values, adjusted=list(multipletests(values, method="fdr_bh")[1]))


def quantiles():
    for count in (1, 2, 3, 10, 97):
        values = [NOISE.randint(0, 300) for _ in range(count)]
        shares = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1]
        yield dict(values=values, shares=shares, quantiles=list(numpy.quantile(values, shares)))


def lifetimes():
    yield [3, 5, 5, 8, 8, 8, 12, 20], [1, 1, 0, 1, 2, 0, 3, 0]
    yield [1, 2, 3, 4], [1, 1, 1, 1]
    for count, censored in ((30, 0.3), (200, 0.7), (400, 0.2)):
        days = [int(NOISE.expovariate(1 / 40)) + 1 for _ in range(count)]
        yield days, [0 if NOISE.random() < censored else NOISE.choice([1, 1, 2, 2, 3]) for _ in range(count)]


def survivals():
    for days, ends in lifetimes():
        ended = [1 if end else 0 for end in ends]
        curve = SurvfuncRight(days, ended)
        low, high = curve.quantile_ci(0.5, method="cloglog")
        median = next((t for t, s in zip(curve.surv_times, curve.surv_prob) if s <= 0.5 + 1e-12), None)
        incidence = CumIncidenceRight(days, ends)
        yield dict(
            days=days,
            ends=ends,
            times=[int(t) for t in curve.surv_times],
            shares=list(curve.surv_prob),
            median=None if median is None else int(median),
            low=None if numpy.isnan(low) else int(low),
            high=None if numpy.isnan(high) or numpy.isinf(high) else int(high),
            incidence_times=[int(t) for t in incidence.times],
            incidence=[list(kind) for kind in incidence.cinc],
        )


def normal():
    for p in (1e-300, 1e-12, 1e-6, 0.001, 0.02425, 0.025, 0.3, 0.5, 0.7, 0.975, 0.999, 1 - 1e-9):
        x = stats.norm.ppf(p)
        yield dict(p=p, x=x, cumulative=stats.norm.cdf(x), upper=stats.norm.sf(x))


def plain(value):
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if isinstance(value, numpy.generic):
        return value.item()
    return value


def main():
    parts = dict(
        normal=normal, wilson=wilson, changes=changes, binomials=binomials, discoveries=discoveries,
        quantiles=quantiles, survivals=survivals,
    )
    written_by = f"scipy {scipy.__version__}, statsmodels {statsmodels.__version__}"
    lines = [f'"written_by": {json.dumps(written_by)}']
    for name, part in parts.items():
        cases = ",\n  ".join(json.dumps(plain(case), allow_nan=False) for case in part())
        lines.append(f'"{name}": [\n  {cases}\n]')
    print("{\n" + ",\n".join(lines) + "\n}")


main()
