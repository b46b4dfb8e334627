#!/usr/bin/env python3
"""Writes Tests/AnalyticsTests/Fixtures/beta.json: quantiles and chances of beta distributions by scipy. Run by hand where scipy is.

usage: beta_fixture.py > Tests/AnalyticsTests/Fixtures/beta.json"""
import json

from scipy.stats import beta

SHAPES = [(3, 7), (0.5, 0.5), (120.25, 310.75), (1, 40), (2500.5, 7500.5), (40.2, 1.3)]
print(json.dumps([
    {"alpha": a, "beta": b, "low": float(beta.ppf(0.025, a, b)), "median": float(beta.ppf(0.5, a, b)),
     "high": float(beta.ppf(0.975, a, b)), "cumulative": [float(beta.cdf(x / 10, a, b)) for x in range(11)]}
    for a, b in SHAPES], indent=1))
