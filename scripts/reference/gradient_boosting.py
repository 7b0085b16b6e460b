"""Writes src/engine/fixtures/scikit-learn.json: what scikit-learn's boosted trees predict on generated data.

Run with scikit-learn 1.2 or newer: python3 scripts/reference/gradient_boosting.py
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.ensemble import GradientBoostingRegressor, HistGradientBoostingRegressor
from sklearn.ensemble._hist_gradient_boosting.binning import _BinMapper
from sklearn.ensemble._hist_gradient_boosting.grower import TreeGrower

N_TRAIN, N_TEST = 500, 250
N_CATEGORIES = 6
COMMON = {"max_iter": 30, "learning_rate": 0.1, "min_samples_leaf": 15, "early_stopping": False}
LEAVES = {"max_leaf_nodes": 8}
EXACT = {"n_estimators": 30, "learning_rate": 0.1, "min_samples_leaf": 15, "max_depth": 3, "random_state": 0}


def generate():
    rng = np.random.default_rng(7)
    n = N_TRAIN + N_TEST
    # One decimal: fewer distinct values than bins, so that both cut at the same places.
    x = np.round(rng.standard_normal((n, 4)), 1)
    codes = rng.integers(0, N_CATEGORIES, n)
    effects = np.array([0, 3, 1, 3.2, 0.4, 6])
    y = 20 + 3 * (x[:, 0] > 0.3) + 2 * x[:, 1] - x[:, 2] * x[:, 3] + effects[codes]
    y = np.round(np.maximum(0.5, y + rng.standard_normal(n)), 3)
    weights = rng.integers(1, 5, n).astype(float)
    gappy = x.copy()
    gappy[rng.random(n) < 0.2, 1] = np.nan
    return x, codes, gappy, y, weights


def rows(array):
    """Column by column, NaN as null."""
    return [[None if np.isnan(v) else float(v) for v in column] for column in np.asarray(array, float).T]


def fit_gamma(x, y):
    """Newton boosting of the gamma deviance with a log link, on scikit-learn's own histogram trees."""
    mapper = _BinMapper(n_bins=256, random_state=0)
    binned = mapper.fit_transform(x)
    baseline = np.log(y.mean())
    raw = np.full(len(y), baseline)
    known = np.zeros((0, 8), dtype=np.uint32)
    for _ in range(COMMON["max_iter"]):
        hessians = y * np.exp(-raw)
        grower = TreeGrower(
            binned,
            (1 - hessians).astype(np.float32),
            hessians.astype(np.float32),
            max_leaf_nodes=8,
            min_samples_leaf=COMMON["min_samples_leaf"],
            shrinkage=COMMON["learning_rate"],
            n_bins=256,
            n_bins_non_missing=mapper.n_bins_non_missing_,
            has_missing_values=False,
        )
        grower.grow()
        tree = grower.make_predictor(mapper.bin_thresholds_)
        raw += tree.predict_binned(binned, mapper.missing_values_bin_idx_, 1)
    return baseline, raw


x, codes, gappy, y, weights = generate()
train, test = slice(0, N_TRAIN), slice(N_TRAIN, None)
with_codes = np.column_stack([x, codes])
cases = []


def add(name, settings, features, baseline, predictions, test_predictions=None):
    """Predictions of the samples fitted on; of the others, the mean absolute error."""
    error = None if test_predictions is None else np.abs(test_predictions - y[test]).mean()
    cases.append(
        {
            "name": name,
            "settings": settings,
            "features": features,
            "baseline": float(baseline),
            "predictions": [round(float(p), 5) for p in predictions],
            "testError": None if error is None else round(float(error), 6),
        }
    )


def add_hist(name, settings, features, data, weight=None, **options):
    model = HistGradientBoostingRegressor(**COMMON, **LEAVES, **options)
    model.fit(data[train], y[train], sample_weight=None if weight is None else weight[train])
    add(f"HistGradientBoostingRegressor, {name}", {"maxLeafNodes": 8, **settings}, features,
        np.ravel(model._baseline_prediction)[0], model.predict(data[train]), model.predict(data[test]))


def add_exact(name, settings, data, **options):
    model = GradientBoostingRegressor(**EXACT, **options)
    model.fit(data[train], y[train])
    add(f"GradientBoostingRegressor, {name}",
        {"maxLeafNodes": None, "maxDepth": 3, "maxBins": 65535, **settings}, "numbers",
        np.ravel(model.init_.constant_)[0], model.predict(data[train]), model.predict(data[test]))


add_hist("squared error", {}, "numbers", x)
add_hist("squared error, L2", {"l2Regularization": 5}, "numbers", x, l2_regularization=5)
add_hist("squared error, missing values", {}, "gappy", gappy)
add_hist("squared error, weights", {"isWeighted": True}, "numbers", x, weight=weights)
add_hist("squared error, monotone", {"monotoneConstraints": [1, 1, 0, -1]}, "numbers", x,
         monotonic_cst=[1, 1, 0, -1])
add_hist("squared error, categories", {}, "categories", with_codes, categorical_features=[4])
add_hist("absolute error", {"loss": "absoluteError"}, "numbers", x, loss="absolute_error")
add_hist("quantile 0.8", {"loss": "quantile", "quantile": 0.8}, "numbers", x, loss="quantile", quantile=0.8)
add_exact("squared error", {}, x)
add_exact("absolute error", {"loss": "absoluteError"}, x, loss="absolute_error")
add_exact("Huber", {"loss": "huber"}, x, loss="huber", alpha=0.9)
add_exact("quantile 0.8", {"loss": "quantile", "quantile": 0.8}, x, loss="quantile", alpha=0.8)
gamma_baseline, gamma_raw = fit_gamma(x[train], y[train])
add("TreeGrower, gamma", {"loss": "gamma", "maxLeafNodes": 8}, "numbers", np.exp(gamma_baseline), np.exp(gamma_raw))

fixture = {
    "madeWith": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
    "nTrain": N_TRAIN,
    "nCategories": N_CATEGORIES,
    "numbers": rows(x),
    "gappy": rows(gappy),
    "codes": [int(code) for code in codes],
    "target": [float(v) for v in y],
    "weights": [float(v) for v in weights],
    "cases": cases,
}
target = Path(__file__).parents[2] / "src/engine/fixtures/scikit-learn.json"
target.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
print(f"{target}: {target.stat().st_size} bytes, {len(cases)} cases")
