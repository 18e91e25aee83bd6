"""Expected values of agreement, tests and other methods, for the tests beside this file.

Made with Python 3.11.2, numpy 1.24.2, scipy 1.10.1, scikit-learn 1.2.1, and R 4.2.2 with its
package dbscan 1.1-11 (Debian's r-cran-dbscan and r-cran-jsonlite), because scikit-learn 1.2.1
has no HDBSCAN:

    /usr/bin/python3 test/stats/validity.py > test/stats/validity.json
    node_modules/.bin/biome check --write test/stats/validity.json
"""

import json
import subprocess
import tempfile

import numpy as np
from scipy.stats import kruskal
from sklearn.cluster import KMeans
from sklearn.datasets import make_blobs, make_moons
from sklearn.metrics import adjusted_rand_score

R_HDBSCAN = """
for (set in jsonlite::fromJSON(commandArgs(TRUE)[1], simplifyVector = FALSE)) {
  points <- do.call(rbind, lapply(set$points, unlist))
  cat(dbscan::hdbscan(points, minPts = set$min_pts)$cluster, "\\n")
}
"""


def rand_index(name, a, b):
    a, b = [int(x) for x in a], [int(x) for x in b]
    return {"name": name, "a": a, "b": b, "score": adjusted_rand_score(a, b)}


def kruskal_wallis(name, values, labels):
    values, labels = np.array(values), np.array(labels)
    result = kruskal(*(values[labels == label] for label in np.unique(labels)))
    return {
        "name": name,
        "values": values.tolist(),
        "labels": labels.tolist(),
        "statistic": result.statistic,
        "p_value": result.pvalue,
    }


def k_means(name, points, k):
    points = np.round(points, 3)
    model = KMeans(n_clusters=k, n_init=10, random_state=0, tol=0, max_iter=1000).fit(points)
    return {"name": name, "points": points.tolist(), "k": k, "inertia": model.inertia_}


def hdbscan(sets):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(sets, file)
        file.flush()
        run = ["Rscript", "-e", R_HDBSCAN, file.name]
        lines = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    for case, line in zip(sets, lines.strip().split("\n")):
        case["labels"] = [int(label) - 1 for label in line.split()]
    return sets


def density_set(name, points, min_pts):
    return {"name": name, "points": np.round(points, 4).tolist(), "min_pts": min_pts}


random = np.random.RandomState(6)
far = make_blobs(60, 2, centers=3, cluster_std=0.5, random_state=1)[0]
near = make_blobs(70, 3, centers=4, cluster_std=1.5, random_state=2)[0]
moons = make_moons(60, noise=0.05, random_state=3)[0]
uneven = np.vstack([random.normal(0, 0.1, (25, 2)), random.normal(4, 1, (35, 2))])
uniform = random.rand(60, 2)

print(
    json.dumps(
        {
            "rand_index": [
                rand_index("the same", [0, 0, 1, 1, 2], [0, 0, 1, 1, 2]),
                rand_index("other numbers", [0, 0, 1, 1, -1], [5, 5, -1, -1, 3]),
                rand_index("one group and single points", [0, 0, 0, 0], [0, 1, 2, 3]),
                rand_index("one group twice", [0, 0, 0], [4, 4, 4]),
                rand_index("single points twice", [0, 1, 2], [2, 0, 1]),
                rand_index("below chance", [0, 0, 1, 1], [0, 1, 0, 1]),
                rand_index("random", random.randint(-1, 4, 80), random.randint(0, 3, 80)),
                rand_index("near", np.arange(90) // 30, (np.arange(90) + 4) // 30),
            ],
            "kruskal_wallis": [
                kruskal_wallis("three groups", random.normal(size=30).round(4), np.arange(30) % 3),
                kruskal_wallis("many ties", random.randint(0, 4, 60), np.arange(60) % 4),
                kruskal_wallis("two far apart", np.arange(80), np.arange(80) // 40),
                kruskal_wallis("five far apart", np.arange(100) / 7, np.arange(100) // 20),
                kruskal_wallis("seven groups", random.rand(70).round(2), np.arange(70) % 7),
                kruskal_wallis("small groups", [1, 2, 2, 9], [0, 0, 1, -1]),
                kruskal_wallis("no difference", [1, 2, 3, 4, 4, 3, 2, 1], [0] * 4 + [1] * 4),
            ],
            "k_means": [
                k_means("blobs far apart", far, 3),
                k_means("blobs near one another", near, 4),
                k_means("too many", near, 7),
                k_means("uniform", uniform, 5),
                k_means("moons", moons, 2),
                k_means("points that coincide", random.randint(0, 3, (50, 2)), 6),
            ],
            "hdbscan": hdbscan(
                [
                    density_set("blobs far apart", far, 5),
                    density_set("blobs near one another", near, 6),
                    density_set("moons", moons, 5),
                    density_set("dense and loose", uneven, 8),
                    density_set("uniform", uniform, 6),
                    density_set("line", np.sort(random.rand(40, 1), axis=0) ** 3, 4),
                ]
            ),
        }
    )
)
