"""Times other libraries' boosting on files that bench/reference.ts writes; prints one JSON object.

time_boosting.py large TRAIN TEST N_FEATURES N_ITERATIONS   one thread each; binning apart where it can be
time_boosting.py accuracy TRAIN TEST N_FEATURES N_ITERATIONS  the same, one fit each: for the errors
time_boosting.py sample TRAIN - N_FEATURES N_ITERATIONS     GradientBoostingRegressor, depth 5
time_boosting.py grid TRAIN - N_FEATURES -                  GridSearchCV, 54 points, 5 folds: n_jobs=-1, or 1 with `cpu`
A last argument `cpu` counts processor time, `wall` the clock's. A file is rows of float64: the features, then the target.
"""

import json
import sys
import time

import numpy as np


def read(path, n_features):
    table = np.fromfile(path).reshape(-1, n_features + 1)
    return np.ascontiguousarray(table[:, :-1]), table[:, -1].copy()


CLOCK = time.process_time if sys.argv[-1] == "cpu" else time.perf_counter


def best_of(repeats, work):
    best, result = (float("inf") if repeats else 0.0), None
    for _ in range(repeats):
        start = CLOCK()
        result = work()
        best = min(best, CLOCK() - start)
    return best, result


def rmse(predictions, y):
    return float(np.sqrt(np.mean((predictions - y) ** 2)))


def time_large(train, test, n_iterations, repeats):
    """Repeats 0: one fit for its error, binning not timed apart."""
    (x, y), (x_test, y_test) = train, test
    found = {}
    from sklearn.ensemble import HistGradientBoostingRegressor
    from sklearn.ensemble._hist_gradient_boosting.binning import _BinMapper

    binning, _ = best_of(min(1, repeats), lambda: _BinMapper(n_bins=256, random_state=0).fit_transform(x))
    repeats = max(1, repeats)
    fitting, model = best_of(
        repeats,
        lambda: HistGradientBoostingRegressor(
            max_iter=n_iterations, max_leaf_nodes=31, min_samples_leaf=20, early_stopping=False
        ).fit(x, y),
    )
    found["HistGradientBoosting"] = {
        "fitMs": 1000 * (fitting - binning), "binMs": 1000 * binning, "rmse": rmse(model.predict(x_test), y_test)
    }
    try:
        import lightgbm
    except ImportError:
        return found
    parameters = {"objective": "l2", "num_leaves": 31, "learning_rate": 0.1, "min_data_in_leaf": 20,
                  "max_bin": 255, "num_threads": 1, "verbose": -1}
    data = lightgbm.Dataset(x, y, params=parameters)
    binning, _ = best_of(1, data.construct)
    fitting, model = best_of(repeats, lambda: lightgbm.train(parameters, data, n_iterations))
    found[f"LightGBM {lightgbm.__version__}"] = {
        "fitMs": 1000 * fitting, "binMs": 1000 * binning, "rmse": rmse(model.predict(x_test), y_test)
    }
    return found


def time_sample(x, y, n_iterations):
    from sklearn.ensemble import GradientBoostingRegressor

    seconds, _ = best_of(15, lambda: GradientBoostingRegressor(
        n_estimators=n_iterations, learning_rate=0.1, max_depth=5, random_state=42).fit(x, y))
    return {"GradientBoostingRegressor": {"fitMs": 1000 * seconds}}


def time_grid(x, y):
    from sklearn.ensemble import GradientBoostingRegressor
    from sklearn.model_selection import GridSearchCV

    grid = {"n_estimators": [50, 100, 200], "learning_rate": [0.01, 0.1, 0.2], "max_depth": [3, 5, 7],
            "subsample": [0.8, 1.0]}
    # Processor time is this process's own: then one process does the work.
    jobs = 1 if CLOCK is time.process_time else -1
    seconds, _ = best_of(1, lambda: GridSearchCV(
        GradientBoostingRegressor(random_state=42), grid, cv=5, n_jobs=jobs).fit(x, y))
    return {f"GridSearchCV(n_jobs={jobs})": {"fitMs": 1000 * seconds}}


kind, train_path, test_path, n_features, n_iterations = sys.argv[1:6]
train = read(train_path, int(n_features))
if kind == "large":
    repeats = 3 if len(train[1]) <= 100_000 else 1
    result = time_large(train, read(test_path, int(n_features)), int(n_iterations), repeats)
elif kind == "accuracy":
    result = time_large(train, read(test_path, int(n_features)), int(n_iterations), 0)
elif kind == "sample":
    result = time_sample(*train, int(n_iterations))
else:
    result = time_grid(*train)
print(json.dumps(result))
