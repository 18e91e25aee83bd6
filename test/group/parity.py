"""What scikit-learn makes of generated sets and of the case study's own file, in short.

    python3 test/group/parity.py ../shared/greynoise/user_api_data.csv > test/group/parity.json

Prints, for each set and each setting, how many clusters and noise points there are, the SHA-256
of the labels joined by commas and the silhouette; for the file, also each of the seven features
averaged with weights 1, 2, 3, ... over the users and APIs in order. The file itself is not
needed by whoever reads this. Sets are made of `numbers`, which parity.test.ts makes alike.

silhouette_score gets distances that scipy's cdist computed from differences: by itself it uses a
faster formula that loses digits where points coincide, up to 1e-7 of the score.
"""

import hashlib
import json
import math
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import scipy
import sklearn
from scipy.spatial.distance import cdist
from sklearn.cluster import DBSCAN
from sklearn.metrics import silhouette_score


def numbers(seed):
    """Numbers from 0 to 1: Knuth and Lewis's linear congruential generator."""
    state = seed
    while True:
        state = (1664525 * state + 1013904223) % 2**32
        yield state / 2**32


def blobs(seed, count, dimensions, centers, spread):
    random = numbers(seed)
    middles = [[next(random) for _ in range(dimensions)] for _ in range(centers)]
    return [
        [middles[i % centers][d] + spread * (next(random) + next(random) - 1) for d in range(dimensions)]
        for i in range(count)
    ]


def moons(seed, count):
    """Two half rings of parabolas: sines are not the same to the last digit everywhere."""
    random = numbers(seed)
    points = []
    for i in range(count):
        x = 2 * next(random) - 1
        y = 1 - x * x + 0.1 * next(random)
        points.append([x, y] if i % 2 == 0 else [x + 1, 0.5 - y])
    return points


def scattered(seed, count, dimensions):
    random = numbers(seed)
    return [[next(random) for _ in range(dimensions)] for _ in range(count)]


def grid(seed, count, dimensions, steps):
    """Many points that coincide, and distances that are exactly eps."""
    random = numbers(seed)
    return [[math.floor(steps * next(random)) for _ in range(dimensions)] for _ in range(count)]


SETS = [
    ("blobs", blobs(1, 300, 2, 4, 0.1), 0.05, 5),
    ("blobs in 7 dimensions, more than are compared pair by pair", blobs(2, 2500, 7, 6, 0.2), 0.15, 8),
    ("blobs in 10 dimensions", blobs(3, 1500, 10, 3, 0.2), 0.25, 5),
    ("moons", moons(4, 400), 0.12, 5),
    ("moons of many points", moons(5, 3000), 0.04, 6),
    ("duplicates", grid(6, 400, 2, 12), 1, 16),
    ("duplicates, more than are compared pair by pair", grid(7, 2000, 3, 9), 1, 16),
    ("all coincide", [[0.3, 0.3]] * 1200, 0.1, 4),
    ("one point", [[1, 2, 3]], 0.5, 1),
    ("one point, noise", [[1, 2, 3]], 0.5, 2),
    ("all noise", scattered(8, 1500, 7), 0.05, 3),
    ("one cluster", scattered(9, 1500, 2), 0.2, 4),
    ("collinear", [[3 * i, i] for i in range(1200)], 3.2, 3),
    ("every point a cluster", [[3 * i, i] for i in range(1200)], 3.1, 1),
]


def outcome(points, eps, min_samples):
    labels = DBSCAN(eps=eps, min_samples=min_samples).fit(points).labels_
    defined = 2 <= len(set(labels)) < len(labels)
    distances = cdist(points, points) if defined else None
    return {
        "clusters": int(labels.max()) + 1,
        "noise": int((labels == -1).sum()),
        "sha256": hashlib.sha256(",".join(map(str, labels)).encode()).hexdigest(),
        "silhouette": silhouette_score(distances, labels, metric="precomputed") if defined else None,
    }


def features_of(path):
    """The features as case-study.py computes them."""
    rows = pd.read_csv(path).to_json(orient="records")
    script = Path(__file__).with_name("case-study.py")
    printed = subprocess.run(
        [sys.executable, script], input=rows, capture_output=True, text=True, check=True
    ).stdout
    return pd.DataFrame(json.loads(printed))


features = features_of(sys.argv[1])
values = features.iloc[:, 2:].to_numpy(dtype=float)
weights = np.arange(1, len(values) + 1)
settings = [
    {"type": api, "min_samples": m, **outcome(values[features[1] == api], 0.15, m)}
    for api in sorted(set(features[1]))
    for m in range(3, 25)
]
sets = [
    {"name": name, "eps": eps, "min_samples": m, **outcome(points, eps, m)}
    for name, points, eps, m in SETS
]
recorded = {
    "command": "python3 test/group/parity.py ../shared/greynoise/user_api_data.csv",
    "versions": {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "pandas": pd.__version__,
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
    },
    "sets": sets,
    "features": {
        "pairs": len(values),
        "weighted": [math.fsum(weights * column) / math.fsum(weights) for column in values.T],
    },
    "settings": settings,
}


def printed(value):
    if not isinstance(value, list):
        return json.dumps(value)
    return "[\n    " + ",\n    ".join(json.dumps(item) for item in value) + "\n  ]"


print("{\n" + ",\n".join(f"  {json.dumps(k)}: {printed(v)}" for k, v in recorded.items()) + "\n}")
