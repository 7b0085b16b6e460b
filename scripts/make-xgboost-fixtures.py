"""Writes the fixtures of src/interop: small models of XGBoost, and what it says of some rows.

Run by the system's Python with Debian's python3-xgboost (1.7.4):  /usr/bin/python3 scripts/make-xgboost-fixtures.py
"""
import json
import pathlib
import numpy as np
import xgboost as xgb

OUT = pathlib.Path(__file__).parent.parent / "src/interop/fixtures"
OUT.mkdir(exist_ok=True)
rng = np.random.default_rng(20261128)


def draw(n):
    """Two numbers, a count, and categories of 6 and 40 labels; one cell in ten is missing."""
    rows = np.column_stack([
        rng.normal(size=n), rng.gamma(2.0, 10.0, n), rng.integers(0, 30, n),
        rng.integers(0, 6, n), rng.integers(0, 40, n)]).astype(float)
    rows[rng.random(rows.shape) < 0.1] = np.nan
    return rows


def answer(rows):
    x = np.nan_to_num(rows)
    return 18 + 3 * x[:, 0] + 0.2 * x[:, 1] + (x[:, 3] % 3) * 4 + np.sin(x[:, 4]) * 5 + rng.normal(size=len(rows))


names, types = ["a", "b", "count", "type", "unit"], ["q", "q", "int", "c", "c"]


def matrix(rows, label=None):
    return xgb.DMatrix(rows, label, feature_names=names, feature_types=types, enable_categorical=True)


train = draw(2000)
y = answer(train)
booster = xgb.train(
    dict(max_depth=4, eta=0.2, tree_method="hist", max_cat_to_onehot=4, base_score=float(y.mean()), seed=1),
    matrix(train, y), 20)
# Under names that no other tool takes for plain JSON: they hold bare NaN.
for name in ["json", "ubj"]:
    (OUT / f"categories.{name}.model").write_bytes(bytes(booster.save_raw(name)))
rows = draw(250)
# Labels that training never saw, and numbers on and beside thresholds.
rows[:25, 4] = 40 + np.arange(25)
dump = json.loads(booster.save_raw("json").decode().replace("NaN", "null"))
cuts = [c for t in dump["learner"]["gradient_booster"]["model"]["trees"]
        for c, f, l in zip(t["split_conditions"], t["split_indices"], t["left_children"]) if f == 0 and l >= 0]
for i, cut in enumerate(cuts[:40]):
    rows[30 + 3 * i:33 + 3 * i, 0] = [np.float32(cut), np.nextafter(np.float32(cut), np.float32(-9)), cut * (1 - 2e-9)]
with open(OUT / "categories.rows.json", "w") as out:
    cells = [[None if np.isnan(x) else float(x) for x in row] for row in rows]
    json.dump({"rows": cells, "predictions": [float(p) for p in booster.predict(matrix(rows))]}, out)
