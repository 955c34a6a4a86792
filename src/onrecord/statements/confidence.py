"""How sure we are: calibrated probabilities that a statement, and each of its fields, is right.

What the model and the rules say of their own certainty goes through logistic regressions fitted on articles that no
part was trained on (``training/calibrate.py``); the weights lie beside the model.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from onrecord.statements.weights import MODEL_FOLDER
from onrecord.terms import Statement

FIELDS = ("found", "speaker", "act", "said_on", "complete")
"""What is calibrated: ``found`` (there is such a statement with such content), three fields, and all of it at once."""

EVIDENCE = ("cue", "spans", "act", "speaker", "said_on")
"""Certainties that the steps leave in ``Statement.confidences``."""

_DOUBT = 1e-4


@dataclass(frozen=True, slots=True)
class Calibration:
    """For each field, the weight of each feature, the bias last."""

    weights: Mapping[str, Sequence[float]]
    cue_bias: float = 0.0
    inner_bias: float = 0.0
    """Balance of precision and recall, at large and inside contents: see :class:`.frames.FrameReader`."""

    def probability(self, field: str, features: Sequence[float]) -> float:
        *weights, bias = self.weights[field]
        score = bias + sum(w * x for w, x in zip(weights, features, strict=True))
        return 1.0 / (1.0 + math.exp(-score))


def features(statement: Statement) -> list[float]:
    """Log odds of each step's certainty, and the shape of the statement."""
    given = statement.confidences
    return [
        *(_log_odds(given.get(name, 0.5)) for name in EVIDENCE),
        math.log1p(sum(map(len, statement.content))),
        float(statement.kind == "direct"),
        float(statement.within is not None),
        float(statement.speaker_span is None),
        float(statement.speaker.name is None),
        float(statement.said_on is None),
    ]


def calibrate(statements: Sequence[Statement], calibration: Calibration) -> list[Statement]:
    """Replace the raw certainties by calibrated ones, rounded to four digits."""
    return [_calibrated(statement, calibration) for statement in statements]


def _calibrated(statement: Statement, calibration: Calibration) -> Statement:
    x = features(statement)
    chances = {field: round(calibration.probability(field, x), 4) for field in FIELDS}
    return replace(statement, confidence=chances.pop("complete"), confidences=chances)


@lru_cache(maxsize=2)
def load_calibration(folder: Path = MODEL_FOLDER) -> Calibration:
    """The calibration that lies beside a model."""
    body = json.loads((folder / "calibration.json").read_text("utf8"))
    return Calibration(body["weights"], body["cue_bias"], body["inner_bias"])


def _log_odds(chance: float) -> float:
    chance = min(max(chance, _DOUBT), 1.0 - _DOUBT)
    return math.log(chance / (1.0 - chance))
