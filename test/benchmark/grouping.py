"""The same as grouping.ts by scikit-learn, timed.

    python3 test/benchmark/grouping.py --points POINTS.bin EPS MIN_SAMPLES RUNS
    python3 test/benchmark/grouping.py --sweep USAGE.csv FEATURES.csv RUNS

POINTS.bin holds 64-bit floats, 7 to a point. Prints JSON: the seconds of each run, and of
points the peak memory of the process in megabytes and the SHA-256 of the labels; of the sweep
the seconds with the features made by the case study's pandas (`whole`), and how many clusters and
noise points each setting has. Reading files is not timed; the first run is not counted.
"""

import hashlib
import json
import resource
import sys
import time
from collections import Counter

import numpy as np
import pandas as pd
from sklearn.cluster import DBSCAN
from sklearn.metrics import silhouette_score
from sklearn.preprocessing import MinMaxScaler


def timed(runs, run):
    value = run()
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        value = run()
        seconds.append(time.perf_counter() - start)
    return value, seconds


def points(file, eps, min_samples, runs):
    data = np.fromfile(file, dtype="<f8").reshape(-1, 7)
    labels, seconds = timed(
        int(runs), lambda: DBSCAN(eps=float(eps), min_samples=int(min_samples)).fit(data).labels_
    )
    return {
        "seconds": seconds,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "labels": hashlib.sha256(labels.astype("<i4").tobytes()).hexdigest(),
    }


def sweep_of(features):
    found = []
    for _, own in features.groupby("type"):
        x = own.drop(["user_id", "type"], axis=1)
        for k in range(3, 25):
            labels = DBSCAN(eps=0.15, min_samples=k).fit(x).labels_
            if any(labels != -1) and len(set(labels)) > 1:
                silhouette_score(x, labels)
            found += [int(labels.max()) + 1, int((labels == -1).sum())]
    return found


def within(x):
    return 1 if min(x) == max(x) else (x - min(x)) / (max(x) - min(x))


def features_of(data):
    """As the case study makes them."""
    features = data.groupby(["user_id", "type"]).agg(
        use_days=("api_count", len),
        use_duration=("dt", lambda x: (max(x) - min(x)).days),
        avg_cont_use=(
            "dt",
            lambda x: np.mean(list(Counter(x.diff().dt.days.ne(1).cumsum().values).values())),
        ),
        total_calls_log10=("api_count", lambda x: np.log10(sum(x))),
        usage_range=("api_count", lambda x: max(x) - min(x)),
        mean_usage_scaled=("api_count", lambda x: np.mean(within(x))),
        sd_usage_scaled=("api_count", lambda x: np.nan_to_num(np.std(within(x)))),
    ).reset_index()
    scaled = ["use_days", "use_duration", "usage_range", "avg_cont_use", "total_calls_log10"]
    features[scaled] = MinMaxScaler().fit_transform(features[scaled])
    return features


def sweep(usage, table, runs):
    data = pd.read_csv(usage)
    data["dt"] = pd.to_datetime(data["dt"])
    features = pd.read_csv(table)
    found, seconds = timed(int(runs), lambda: sweep_of(features))
    _, whole = timed(max(1, int(runs) // 3), lambda: sweep_of(features_of(data)))
    return {"sweep": seconds, "whole": whole, "found": found}


print(json.dumps({"--points": points, "--sweep": sweep}[sys.argv[1]](*sys.argv[2:])))
