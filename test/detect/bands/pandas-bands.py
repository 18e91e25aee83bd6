"""Bollinger bands as pandas computes them, for the tests.

Reads a JSON list of {"pages": [...], "span": s, "k": k} and prints it with
"midband", "upper_band", "lower_band" and "pct_b" filled in, null for NaN:

    python3 test/detect/bands/pandas-bands.py < test/detect/bands/pandas-bands.json
"""

import json
import sys

import pandas as pd

cases = json.load(sys.stdin)
for case in cases:
    pages = pd.Series(case["pages"], dtype="float64")
    window = pages.ewm(span=case["span"])
    midband, deviation = window.mean(), window.std()
    upper, lower = midband + case["k"] * deviation, midband - case["k"] * deviation
    bands = {
        "midband": midband,
        "upper_band": upper,
        "lower_band": lower,
        "pct_b": (pages - lower) / (upper - lower),
    }
    for name, values in bands.items():
        case[name] = [None if pd.isna(value) else value for value in values]
print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")
