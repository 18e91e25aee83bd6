"""DBSCAN labels and silhouettes as scikit-learn computes them, for the tests.

Reads a JSON list of {"points": [...], "eps": e, "min_samples": m} and prints it
with "labels" and "silhouette" filled in, null where it is not defined:

    python3 test/stats/scikit-learn.py < test/stats/scikit-learn.json

silhouette_score gets distances that scipy's cdist computed from differences: by
itself it uses a faster formula that loses digits where points coincide.
"""

import json
import sys

from scipy.spatial.distance import cdist
from sklearn.cluster import DBSCAN
from sklearn.metrics import silhouette_score

cases = json.load(sys.stdin)
for case in cases:
    points = case["points"]
    model = DBSCAN(eps=case["eps"], min_samples=case["min_samples"]).fit(points)
    case["labels"] = model.labels_.tolist()
    defined = 2 <= len(set(case["labels"])) < len(points)
    distances = cdist(points, points) if defined else None
    case["silhouette"] = (
        silhouette_score(distances, case["labels"], metric="precomputed") if defined else None
    )
print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")
