# Writes principal-components.json: what scikit-learn 1.2.1 makes of twelve users of three features.
#   /usr/bin/python3 test/group/principal-components.py > test/group/principal-components.json
import json

import numpy as np
from sklearn.decomposition import PCA

points = np.random.default_rng(5).random((12, 3)).round(3)
pca = PCA().fit(points)
print(
    json.dumps(
        {
            "points": points.tolist(),
            "scores": pca.transform(points)[:, :2].tolist(),
            "loadings": pca.components_[:2].T.tolist(),
            "explained": pca.explained_variance_ratio_.tolist(),
        }
    )
)
