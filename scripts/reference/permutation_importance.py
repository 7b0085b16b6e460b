"""python3 scripts/reference/permutation_importance.py > src/explain/fixtures/permutation-importance.json

scikit-learn's permutation importance (mean absolute error, 3000 repeats) of a known function on drawn samples,
for the reference test of src/explain/permutation-importance.ts. Needs numpy and scikit-learn.
"""

import json

import numpy as np
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.inspection import permutation_importance


class KnownLaw(RegressorMixin, BaseEstimator):
    """3·a + 10·|b| + a·c; d has no effect."""

    def fit(self, features, target):
        self.fitted_ = True
        return self

    def predict(self, features):
        a, b, c, _ = features.T
        return 3 * a + 10 * np.abs(b) + a * c


rng = np.random.default_rng(5)
features = np.round(rng.normal(size=(60, 4)), 4)
model = KnownLaw().fit(None, None)
target = np.round(model.predict(features) + rng.normal(size=60), 4)
result = permutation_importance(
    model, features, target, scoring="neg_mean_absolute_error", n_repeats=3000, random_state=0
)
print(
    json.dumps(
        {
            "columns": features.T.tolist(),
            "target": target.tolist(),
            "mean": np.round(result.importances_mean, 6).tolist(),
            "sd": np.round(result.importances_std, 6).tolist(),
        }
    )
)
