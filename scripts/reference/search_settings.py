"""Searches settings with scikit-learn, one thread a fit, two processes; prints one JSON object.

search_settings.py grid DATA.json          GridSearchCV, the reference grid over GradientBoostingRegressor, judged by absolute error
search_settings.py random DATA.json N      RandomizedSearchCV, N settings of HistGradientBoostingRegressor
DATA.json holds columns, target and folds (test rows each). Called by `npm run bench:tuning-reference`, whose `fixture` keeps what `grid` finds.
"""

import json
import os
import sys
import time

import numpy as np
from joblib.externals.loky import get_reusable_executor
from sklearn.model_selection import GridSearchCV, RandomizedSearchCV


def read(path):
    with open(path) as file:
        data = json.load(file)
    columns = [[np.nan if v is None else v for v in column] for column in data["columns"]]
    target = np.array(data["target"])
    rows = np.arange(len(target))
    folds = [(np.setdiff1d(rows, test), np.array(test)) for test in data["folds"]]
    return np.array(columns, dtype=float).T, target, folds


def run(search, x, y):
    start, before = time.perf_counter(), os.times()
    search.fit(x, y)
    seconds = time.perf_counter() - start
    # What the other processes took is known once they have ended.
    get_reusable_executor().shutdown(wait=True)
    after = os.times()
    cpu = sum(getattr(after, name) - getattr(before, name) for name in
              ("user", "system", "children_user", "children_system"))
    results = search.cv_results_
    print(json.dumps({
        "seconds": seconds,
        "cpu": cpu,
        "best": search.best_params_,
        "points": [{"params": params, "mae": round(-score, 6)}
                   for params, score in zip(results["params"], results["mean_test_score"])],
    }))


kind, path = sys.argv[1:3]
x, y, folds = read(path)
shared = {"cv": folds, "scoring": "neg_mean_absolute_error", "n_jobs": 2, "refit": True}
if kind == "grid":
    from sklearn.ensemble import GradientBoostingRegressor

    grid = {"n_estimators": [50, 100, 200], "learning_rate": [0.01, 0.1, 0.2], "max_depth": [3, 5, 7],
            "subsample": [0.8, 1.0]}
    run(GridSearchCV(GradientBoostingRegressor(random_state=42), grid, **shared), x, y)
else:
    from scipy.stats import loguniform, randint, uniform
    from sklearn.ensemble import HistGradientBoostingRegressor

    space = {"learning_rate": loguniform(0.01, 0.3), "max_leaf_nodes": randint(4, 129),
             "min_samples_leaf": randint(2, 101), "l2_regularization": loguniform(0.1, 100),
             "max_features": uniform(0.4, 0.6)}
    space = {k: v for k, v in space.items() if k in HistGradientBoostingRegressor().get_params()}
    model = HistGradientBoostingRegressor(max_iter=400, early_stopping=True, n_iter_no_change=15, validation_fraction=0.2, random_state=1)
    run(RandomizedSearchCV(model, space, n_iter=int(sys.argv[3]), random_state=1, **shared), x, y)
