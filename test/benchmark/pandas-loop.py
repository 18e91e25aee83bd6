"""Bollinger bands of every user as the notebooks that went before compute them, timed.

    python3 test/benchmark/pandas-loop.py LOG.csv K RUNS

LOG.csv holds `date`, `path` and `user_id` of every row. Prints JSON: the seconds of each run,
the flagged days as "user_id date", the pandas version. Reading the file is not timed.
"""

import json
import sys
import time

import pandas as pd


def one_user_pages(df, user):
    df = df[df.user_id == user].copy()
    df = df.set_index("date").sort_index()
    return df["path"].resample("d").count()


def compute_pct_b(pages, span, k, user):
    midband = pages.ewm(span=span).mean()
    stdev = pages.ewm(span=span).std()
    ub = midband + stdev * k
    lb = midband - stdev * k
    bands = pd.concat([pages, midband, ub, lb], axis=1)
    bands.columns = ["pages", "midband", "ub", "lb"]
    bands["pct_b"] = (bands["pages"] - bands["lb"]) / (bands["ub"] - bands["lb"])
    bands["user_id"] = user
    return bands


def find_anomalies(df, span, k):
    anomalies = pd.DataFrame()
    for user in df.user_id.unique():
        bands = compute_pct_b(one_user_pages(df, user), span, k, user)
        anomalies = pd.concat([anomalies, bands[bands.pct_b > 1]], axis=0)
    return anomalies


path, k, runs = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
log = pd.read_csv(path, keep_default_na=False, na_values=[""])
log["date"] = pd.to_datetime(log["date"])
# Rows without a path are no page views and make no days.
log = log.dropna(subset=["path"])
seconds = []
for _ in range(runs):
    start = time.perf_counter()
    flagged = find_anomalies(log, 30, k)
    seconds.append(time.perf_counter() - start)
days = [f"{user} {day:%Y-%m-%d}" for day, user in zip(flagged.index, flagged.get("user_id", []))]
print(json.dumps({"seconds": seconds, "flags": days, "pandas": pd.__version__}))
