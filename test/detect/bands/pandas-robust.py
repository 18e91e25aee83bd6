"""Robust bands by way of pandas and scipy, for the tests.

Reads a JSON list of {"pages": [...], "span": s, "k": k}, days from 1 January 2020, and
prints it with "midband", "upper_band", "lower_band" and "pct_b" filled in, null for NaN:

    python3 test/detect/bands/pandas-robust.py < test/detect/bands/pandas-robust.json
"""

import json
import sys

import numpy as np
import pandas as pd
from scipy.stats import median_abs_deviation

cases = json.load(sys.stdin)
for case in cases:
    days = pd.date_range("2020-01-01", periods=len(case["pages"]))
    pages = pd.Series(case["pages"], index=days, dtype="float64")
    parts = []
    for weekend in [False, True]:
        part = pages[(pages.index.dayofweek >= 5) == weekend]
        window = part.rolling(case["span"], min_periods=5)
        median = window.median().shift(1)
        mad = window.apply(lambda x: median_abs_deviation(x, scale="normal"), raw=True).shift(1)
        reach = case["k"] * np.maximum(mad, np.sqrt(median + 1))
        upper, lower = median + reach, median - reach
        bands = {
            "midband": median,
            "upper_band": upper,
            "lower_band": lower,
            "pct_b": (part - lower) / (upper - lower),
        }
        parts.append(pd.DataFrame(bands))
    for name, values in pd.concat(parts).sort_index().items():
        case[name] = [None if pd.isna(value) else value for value in values]
print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")
