"""Writes src/explain/fixtures/partial-dependence.json: a small scikit-learn model, its rows, and its partial dependence.

    python3 scripts/reference/partial_dependence.py

Made with scikit-learn 1.2.1. The model is written as plain trees, so that the test can predict with the
same model and compare only what this project computes itself.
"""

import json
import os

import numpy
import sklearn
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.inspection import partial_dependence

ROWS = 40
rng = numpy.random.RandomState(7)
# Rounded, so that the file is short and both programs read the same numbers.
x = numpy.column_stack([rng.normal(10, 4, ROWS), rng.randint(1, 7, ROWS), rng.uniform(0, 1, ROWS)]).round(2)
y = (2 * x[:, 1] - 0.1 * x[:, 0] ** 1.5 + 8 * (x[:, 2] > 0.4) * (x[:, 0] > 9)).round(2)
model = GradientBoostingRegressor(n_estimators=8, max_depth=3, learning_rate=0.3, random_state=0).fit(x, y)


def write_tree(tree):
    return {
        "feature": tree.feature.tolist(),
        "threshold": [float(value) for value in tree.threshold],
        "left": tree.children_left.tolist(),
        "right": tree.children_right.tolist(),
        "value": [float(value) for value in tree.value[:, 0, 0]],
    }


dependences = []
for feature in range(x.shape[1]):
    result = partial_dependence(model, x, [feature], method="brute", kind="both", grid_resolution=9)
    dependences.append(
        {
            "grid": result["values"][0].tolist(),
            "average": result["average"][0].tolist(),
            "individual": result["individual"][0][:5].tolist(),
        }
    )

fixture = {
    "madeBy": f"scikit-learn {sklearn.__version__}",
    "columns": x.T.tolist(),
    "learningRate": model.learning_rate,
    "start": float(model.init_.constant_.ravel()[0]),
    "trees": [write_tree(estimator.tree_) for estimator in model.estimators_[:, 0]],
    "predictions": model.predict(x).tolist(),
    "dependences": dependences,
}
folder = os.path.join(os.path.dirname(__file__), "..", "..", "src", "explain", "fixtures")
os.makedirs(folder, exist_ok=True)
with open(os.path.join(folder, "partial-dependence.json"), "w", encoding="utf-8") as file:
    json.dump(fixture, file, separators=(",", ":"))
    file.write("\n")
