"""Usage: hist_gradient_boosting.py FOLDS.json

Fits HistGradientBoostingRegressor (defaults) on log(1 + target) on each fold's training rows and prints the
mean absolute error of all test predictions, back in the target's unit. Called by `npm run bench:accuracy`.
"""

import json
import sys

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor

with open(sys.argv[1]) as file:
    data = json.load(file)
features = np.array([[np.nan if v is None else v for v in column] for column in data["columns"]], dtype=float).T
target = np.array(data["target"])
errors = []
for fold in data["folds"]:
    train, test = fold["train"], fold["test"]
    model = HistGradientBoostingRegressor().fit(features[train], np.log1p(target[train]))
    errors.append(np.abs(np.expm1(model.predict(features[test])) - target[test]))
print(np.concatenate(errors).mean())
