"""DBSCAN labels and silhouettes as scikit-learn computes them, for the tests.

Reads a JSON list of {"points": [...], "eps": e, "min_samples": m} and prints it
with "labels" and "silhouette" filled in, null where it is not defined:

    python3 test/group/scikit-learn.py < test/group/scikit-learn.json
"""

import json
import sys

from sklearn.cluster import DBSCAN
from sklearn.metrics import silhouette_score

cases = json.load(sys.stdin)
for case in cases:
    points = case["points"]
    model = DBSCAN(eps=case["eps"], min_samples=case["min_samples"]).fit(points)
    case["labels"] = model.labels_.tolist()
    defined = 2 <= len(set(case["labels"])) < len(points)
    case["silhouette"] = silhouette_score(points, case["labels"]) if defined else None
print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")
