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

from onrecord.evaluation.statements import judged
from onrecord.statements.confidence import EVIDENCE, FIELDS, features
from onrecord.statements.frames import FrameReader
from onrecord.statements.reader import StatementReader
from onrecord.statements.skeletons import skeletons
from onrecord.statements.weights import MODEL_FOLDER, Model, load_model
from onrecord.terms import Article
from training.corpora import gold_rows, is_held_out

HERE = Path(__file__).parent
RIDGE = 1.0
BIASES = (-0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5)
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


def best_bias(model: Model, rows: Sequence[Row]) -> float:
    """The balance of precision and recall that finds most: highest F1 of found statements, spans alone."""
    scores = {}
    for bias in BIASES:
        reader, right, found, gold = FrameReader(model, bias), 0, 0, 0
        for row in rows:
            statements = [s.to_dict() for s in skeletons(row["text"], reader.read(row["text"], "gold"))]
            right += sum(verdict["found"] for verdict in judged(row["text"], row["statements"], statements))
            found += len(statements)
            gold += len(row["statements"])
        scores[bias] = 2 * right / (found + gold)
        print(f"cue bias {bias:4.1f}: P {right / found:.3f} R {right / gold:.3f} F1 {scores[bias]:.3f}", flush=True)
    return max(BIASES, key=scores.__getitem__)


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
    bias = best_bias(model, rows)
    x, right = observations(StatementReader(model, None, bias), rows)
    body = {
        "cue_bias": bias,
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
