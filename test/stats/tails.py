"""Survival functions of the normal, the chi-square and Student's t distribution, for the tests beside this file.

Made with Python 3.11.2, numpy 1.24.2 and scipy 1.10.1:

    /usr/bin/python3 test/stats/tails.py > test/stats/tails.json
    node_modules/.bin/biome check --write test/stats/tails.json
"""

import json

import numpy as np
from scipy.stats import chi2, norm, t

rng = np.random.default_rng(1)
# Below zero, near the places where the formula changes, and out to 1e-300.
z = np.concatenate([np.linspace(-9, 37, 185), 2 + np.arange(-4, 5) * 1e-6, rng.uniform(0, 37, 100)])
z = np.concatenate([z, norm.isf([0.5, 0.05, 1e-10, 1e-100, 1e-200, 1e-300])])

chi_square = []
for degrees in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15, 16, 30, 31, 64, 101, 256, 501, 1000]:
    tails = [1 - 1e-9, 0.999, 0.9, 0.5, 0.1, 0.01, 1e-4, 1e-8, 1e-16, 1e-40, 1e-100, 1e-200, 1e-300]
    x = [*chi2.isf(tails, degrees), *rng.uniform(0, 3 * degrees, 4), degrees, 1e-9, 1e-3]
    chi_square += [[float(at), degrees, float(chi2.sf(at, degrees))] for at in x]

student = []
for degrees in [1, 2, 3, 4, 5, 6, 7, 10, 15, 16, 17, 30, 31, 64, 101, 300]:
    at = [*t.isf([0.3, 0.05, 0.01, 1e-4, 1e-8, 1e-16, 1e-40], degrees), -1.5, 0.01, 0.5, 1, 2]
    student += [[float(x), degrees, float(t.sf(x, degrees))] for x in at]

json.dump(
    {
        "normal": [[float(at), float(norm.sf(at))] for at in z],
        "chi_square": chi_square,
        "student": student,
    },
    open(1, "w"),
)
