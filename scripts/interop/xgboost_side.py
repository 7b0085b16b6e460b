"""XGBoost's side of scripts/interop-check.ts; run by the system's Python with Debian's python3-xgboost.

  make DIR ROWS             trains on drawn rows, writes model.json, model.ubj, rows.f64 and predictions.f32
  ask MODEL ROWS.f64 OUT    what a model says of rows: OUT.f32 the sums, OUT.i32 the leaves
"""
import json
import sys
import numpy as np
import xgboost as xgb


def draw(n, rng):
    rows = np.column_stack([
        rng.normal(size=n), rng.gamma(2.0, 10.0, n), rng.integers(0, 30, n), rng.integers(0, 6, n),
        rng.integers(0, 40, n)]).astype(float)
    rows[rng.random(rows.shape) < 0.1] = np.nan
    return rows


def make(folder, n):
    rng = np.random.default_rng(1)
    names, types = ["a", "b", "count", "type", "unit"], ["q", "q", "int", "c", "c"]

    def matrix(rows, label=None):
        return xgb.DMatrix(rows, label, feature_names=names, feature_types=types, enable_categorical=True)

    learnt = draw(20_000, rng)
    x = np.nan_to_num(learnt)
    y = 18 + 3 * x[:, 0] + 0.2 * x[:, 1] + (x[:, 3] % 3) * 4 + np.sin(x[:, 4]) * 5 + rng.normal(size=len(x))
    booster = xgb.train(
        dict(max_depth=6, eta=0.1, tree_method="hist", max_cat_to_onehot=4, base_score=float(y.mean()), seed=1),
        matrix(learnt, y), 100)
    booster.save_model(f"{folder}/model.json")
    booster.save_model(f"{folder}/model.ubj")
    rows = draw(n, rng)
    rows[: n // 20, 4] = 40 + rng.integers(0, 60, n // 20)  # labels that training never saw
    trees = json.loads(booster.save_raw("json").decode().replace("NaN", "null"))
    cuts = np.array([
        c for t in trees["learner"]["gradient_booster"]["model"]["trees"]
        for c, f, l in zip(t["split_conditions"], t["split_indices"], t["left_children"]) if f == 0 and l >= 0])
    near = rng.choice(cuts, n // 10)  # on thresholds and a few doubles beside them
    rows[n // 20 : n // 20 + len(near), 0] = near * (1 + rng.integers(-4, 5, len(near)) * 2.0 ** -26)
    rows.tofile(f"{folder}/rows.f64")
    booster.predict(matrix(rows)).astype(np.float32).tofile(f"{folder}/predictions.f32")


def ask(model, path, out):
    booster = xgb.Booster(model_file=model)
    rows = np.fromfile(path).reshape(-1, booster.num_features())
    data = xgb.DMatrix(
        rows, feature_names=booster.feature_names, feature_types=booster.feature_types, enable_categorical=True)
    booster.predict(data, output_margin=True).astype(np.float32).tofile(f"{out}.f32")
    booster.predict(data, pred_leaf=True).astype(np.int32).tofile(f"{out}.i32")


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    if command == "make":
        make(arguments[0], int(arguments[1]))
    else:
        ask(*arguments)
