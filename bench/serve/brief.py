"""The brief's own service, as it stands there but for the port and the shape of its model's rows."""
import sys

import numpy as np
import pandas as pd
from flask import Flask, jsonify, request
from sklearn.ensemble import GradientBoostingRegressor

df = pd.read_csv(sys.argv[1] if len(sys.argv) > 1 else "/dev/stdin")
X = pd.get_dummies(df.drop(columns=["Durée"]), columns=["Type_Maintenance"], drop_first=True)
model = GradientBoostingRegressor(n_estimators=100, learning_rate=0.1, max_depth=5, random_state=42)
model.fit(X.to_numpy(dtype=float), df["Durée"])

app = Flask(__name__)


@app.route("/predict", methods=["POST"])
def predict():
    data = request.json
    X = np.array([data["features"]])
    prediction = model.predict(X)[0]
    return jsonify({"prediction": prediction})


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[2]))
