"""Fit the calibration of confidences on held-out gold training articles: ``python -m training.calibrate``.

The held-out articles were kept from the statement model. Logistic regression with a ridge, by Newton's method.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.evaluation.statements import judged, score
from onrecord.statements.confidence import EVIDENCE, FIELDS, features
from onrecord.statements.frames import FrameReader
from onrecord.statements.reader import StatementReader
from onrecord.statements.skeletons import skeletons
from onrecord.statements.weights import MODEL_FOLDER, Model, load_model
from onrecord.terms import Article
from training.corpora import gold_rows, is_held_out

HERE = Path(__file__).parent
RIDGE = 1.0
CUE_BIASES = (-0.5, 0.0, 0.5)
INNER_BIASES = (0.0, 0.5, 1.0)
Floats = NDArray[np.float64]
Row = dict[str, Any]


def held_out(data: Path, share: float) -> Iterator[Row]:
    for row in gold_rows(data):
        if is_held_out(row["id"], share):
            yield row


def observations(reader: StatementReader, rows: Sequence[Row]) -> tuple[Floats, dict[str, Floats]]:
    """Features of every statement found, [statements, features], and whether each field of it is right."""
    x: list[list[float]] = []
    right: dict[str, list[float]] = {field: [] for field in FIELDS}
    for row in rows:
        article = Article(row["id"], row["text"], outlet=row["outlet"], title=row["title"], published=row["published"])
        statements = reader.read(article).statements
        verdicts = judged(row["text"], row["statements"], [s.to_dict() for s in statements])
        for statement, verdict in zip(statements, verdicts, strict=True):
            x.append(features(statement))
            for field in FIELDS:
                right[field].append(float(verdict[field]))
    return np.array(x), {field: np.array(values) for field, values in right.items()}


def best_biases(model: Model, rows: Sequence[Row]) -> tuple[float, float]:
    """The cue bias that finds most statements, then the inner bias that nests best without finding fewer."""
    cue_bias = max(CUE_BIASES, key=lambda bias: _balance(model, rows, bias, 0.0))
    return cue_bias, max(INNER_BIASES, key=lambda bias: _balance(model, rows, cue_bias, bias))


def _balance(model: Model, rows: Sequence[Row], cue_bias: float, inner_bias: float) -> float:
    """F1 of statements found, and a fifth of the F1 of nesting: about as many statements are at stake in each."""
    reader = FrameReader(model, cue_bias, inner_bias)
    found = [
        {**row, "statements": [s.to_dict() for s in skeletons(row["text"], reader.read(row["text"], "gold"))]}
        for row in rows
    ]
    measures = {measure.name: measure.value for measure in score(rows, found).measures}
    print(
        f"cue bias {cue_bias}, inner bias {inner_bias}: {measures['found']:.3f}, {measures['nested']:.3f}", flush=True
    )
    return measures["found"] + measures["nested"] / 5


def logistic(x: Floats, y: Floats) -> list[float]:
    """Weights and, last, the bias; the ridge spares the bias."""
    x = np.hstack([x, np.ones((len(x), 1))])
    ridge = np.diag([RIDGE] * (x.shape[1] - 1) + [1e-6])
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-x @ w))
        gradient = x.T @ (p - y) + ridge @ w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + ridge
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    return [round(float(value), 6) for value in w]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("ONRECORD_DATA", "../shared")))
    arguments = parser.parse_args()
    share = tomllib.loads((HERE / "config.toml").read_text("utf8"))["held_out"]["share"]
    calibrate_model(arguments.model, arguments.data, share)


def calibrate_model(folder: Path, data: Path, share: float) -> None:
    """Choose the cue bias and fit the calibration of the model in a folder."""
    rows = list(held_out(data, share))
    model = load_model(folder)
    cue_bias, inner_bias = best_biases(model, rows)
    x, right = observations(StatementReader(model, None, cue_bias, inner_bias), rows)
    body = {
        "cue_bias": cue_bias,
        "inner_bias": inner_bias,
        "evidence": EVIDENCE,
        "statements": len(x),
        "weights": {field: logistic(x, right[field]) for field in FIELDS},
    }
    write(folder, body)


def write(folder: Path, body: dict[str, Any]) -> None:
    """Write the calibration and note its hash in the model's config."""
    path, config_path = folder / "calibration.json", folder / "config.json"
    path.write_text(json.dumps(body, indent=1) + "\n", encoding="utf8")
    config = json.loads(config_path.read_text("utf8"))
    config["sha256"][path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    config_path.write_text(json.dumps(config, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
