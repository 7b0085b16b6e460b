"""Trains what Tranche handed over, with XGBoost on Dask.

  python3 train_xgboost_dask.py DIR --local 2                       two processes of this machine
  python3 train_xgboost_dask.py DIR --scheduler tcp://HOST:8786     a cluster whose workers see DIR under the same path

Reads DIR/spec.json and the parts it lists, keeps a checkpoint every ten rounds, goes on from it when a worker is lost (twice
at most) or when it is started again, and writes DIR/model.json and DIR/report.json for `tranche import DIR`.
Needs xgboost >= 1.7, dask, distributed, numpy and pandas.
"""
import argparse
import hashlib
import json
import os
import pathlib
import sys
import threading

import dask.array as da
import numpy as np
import pandas as pd
import xgboost as xgb
from dask import delayed
from dask.distributed import Client, LocalCluster, wait

ROUNDS_AT_ONCE = 10
RESTARTS = 2
RESTARTED = int(os.environ.get("TRANCHE_RESTARTED", 0))


def hash_file(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def read_part(path, expected):
    """The numbers of one part: target, weight, features. Read by the worker that holds it."""
    if hash_file(path) != expected:
        raise ValueError(f"{path} is not the part that was exported")
    return pd.read_csv(path, header=None, dtype=np.float32).to_numpy()


def read_parts(client, folder, spec):
    """Target, weights and features as arrays that lie with the workers, a part each."""
    width = 2 + len(spec["features"])
    parts = []
    for part in spec["parts"]:
        rows = delayed(read_part)(str(folder / part["path"]), part["sha256"])
        parts.append(da.from_delayed(rows, (np.nan, width), dtype=np.float32, meta=np.empty((0, width), np.float32)))
    table = client.persist(da.concatenate(parts))
    wait(table)
    table.compute_chunk_sizes()
    return table[:, 0], table[:, 1], table[:, 2:]


def describe(spec):
    return dict(
        feature_names=[feature["name"] for feature in spec["features"]],
        feature_types=[feature["kind"] for feature in spec["features"]],
        enable_categorical=True)


def open_checkpoint(path, spec_hash):
    """The trees so far, where they were grown for this very spec; None for a fresh start."""
    if not path.exists():
        return None
    booster = xgb.Booster(model_file=str(path))
    return booster if booster.attr("spec") == spec_hash else None


def watch(client, is_done):
    """Starts anew once a worker is gone: XGBoost may wait for it without end."""
    present = set(client.nthreads())
    while not is_done.wait(2):
        if not present <= set(client.nthreads()) and not is_done.is_set():
            start_anew("a worker is gone")


def start_anew(reason):
    """This program again, which goes on from the last checkpoint."""
    if RESTARTED >= RESTARTS:
        print(f"{reason}, for the third time; the last checkpoint is kept", flush=True)
        os._exit(1)
    print(f"{reason}; going on from the last checkpoint", flush=True)
    os.environ["TRANCHE_RESTARTED"] = str(RESTARTED + 1)
    os.execv(sys.executable, [sys.executable, *sys.argv])


def grow(client, folder, spec, checkpoint, spec_hash):
    """Grows the trees that are still missing, from the last checkpoint."""
    target, weight, rows = read_parts(client, folder, spec)
    data = xgb.dask.DaskDMatrix(client, rows, target, weight=weight, **describe(spec))
    parameters = {**spec["parameters"], "base_score": float(spec["baseScore"])}
    booster = open_checkpoint(checkpoint, spec_hash)
    done = booster.num_boosted_rounds() if booster else 0
    beside, history = checkpoint.with_name("next-checkpoint.json"), []
    while done < spec["rounds"]:
        rounds = min(ROUNDS_AT_ONCE, spec["rounds"] - done)
        out = xgb.dask.train(
            client, parameters, data, rounds, xgb_model=booster, evals=[(data, "train")], verbose_eval=False)
        booster = out["booster"]
        history = next(iter(out["history"]["train"].values()))
        done = booster.num_boosted_rounds()
        booster.set_attr(spec=spec_hash)
        booster.save_model(str(beside))
        os.replace(beside, checkpoint)  # whole on the disk, or not there
        print(f"{done} of {spec['rounds']} rounds, error {history[-1]:.6g}", flush=True)
    return booster, history[-1] if history else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--scheduler")
    where.add_argument("--local", type=int, metavar="PROCESSES")
    options = parser.parse_args()
    folder = options.folder.resolve()
    spec = json.loads((folder / "spec.json").read_text())
    spec_hash = hash_file(folder / "spec.json")
    checkpoint = folder / "checkpoint.json"
    cluster = LocalCluster(n_workers=options.local, threads_per_worker=1) if options.local else None
    client = Client(cluster or options.scheduler)
    if RESTARTED and cluster is None:
        client.restart(wait_for_workers=False)  # workers that wait for the lost one
    client.wait_for_workers(options.local or 1, timeout=300)
    is_done = threading.Event()
    threading.Thread(target=watch, args=(client, is_done), daemon=True).start()
    try:
        booster, score = grow(client, folder, spec, checkpoint, spec_hash)
    except xgb.core.XGBoostError as error:
        start_anew(str(error).splitlines()[0][:100])
    is_done.set()
    model = folder / "model.json"
    booster.save_model(str(model))
    asked = np.array([[np.nan if cell is None else cell for cell in row] for row in spec["parity"]], dtype=np.float64)
    predictions = booster.predict(xgb.DMatrix(asked, **describe(spec)), output_margin=True)
    report = dict(
        spec=spec_hash, model=hash_file(model), xgboost=xgb.__version__, rounds=booster.num_boosted_rounds(),
        workers=len(client.scheduler_info()["workers"]), restarts=RESTARTED, trainingError=score,
        predictions=[float(value) for value in predictions])
    (folder / "report.json").write_text(json.dumps(report))
    print(f"wrote {model} and report.json: tranche import {folder} --holdout FILE --out model.json")


if __name__ == "__main__":
    main()
