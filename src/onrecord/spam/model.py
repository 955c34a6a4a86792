"""A small logistic model that learns one decision at a time, and knows how sure it is.

Each weight has a mean and a precision (diagonal Gaussian). A decision moves uncertain weights far and certain ones
little; a text full of things never seen gets a probability near the middle instead of a bold guess.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.spam.vector import RESERVED, SIZE, Vector

EVIDENCE_PRECISION = 4.0
"""How firmly the prior's evidence weights are held against a site's decisions (see bench/spam.py)."""
HASHED_PRECISION = 0.5
"""The same for hashed words and characters: what a site talks about differs, so they give way sooner."""


class Estimate(NamedTuple):
    """What the model thinks of a vector."""

    margin: float
    """Log-odds of spam."""
    probability: float
    """Probability of spam, drawn towards one half where the model does not know."""
    variance: float
    """Of the margin."""


@dataclass(slots=True)
class Model:
    """Weights over :data:`~onrecord.spam.vector.SIZE` positions. ``learn`` changes them in place."""

    mean: NDArray[np.float64]
    precision: NDArray[np.float64]

    @classmethod
    def from_mean(cls, mean: NDArray[np.floating]) -> Model:
        """A model that holds ``mean`` with the precision of a shipped prior."""
        precision = np.full(SIZE, HASHED_PRECISION)
        precision[:RESERVED] = EVIDENCE_PRECISION
        return cls(mean.astype(np.float64), precision)

    def copy(self) -> Model:
        return Model(self.mean.copy(), self.precision.copy())

    def estimate(self, vector: Vector) -> Estimate:
        values = vector.values.astype(np.float64)
        margin = float(self.mean[vector.positions] @ values)
        variance = float((values * values) @ (1.0 / self.precision[vector.positions]))
        return Estimate(margin, _sigmoid(margin / math.sqrt(1 + math.pi * variance / 8)), variance)

    def learn(self, vector: Vector, spam: bool) -> None:
        """Take one decision into account: one Newton step on the diagonal approximation."""
        places, values = vector.positions, vector.values.astype(np.float64)
        estimate = self.estimate(vector)
        probability = _sigmoid(estimate.margin)
        curvature = max(probability * (1 - probability), 0.02)
        step = (float(spam) - probability) / (1 + curvature * estimate.variance)
        self.mean[places] += step * values / self.precision[places]
        self.precision[places] += curvature * values * values


def _sigmoid(margin: float) -> float:
    if margin >= 0:
        return 1 / (1 + math.exp(-margin))
    odds = math.exp(margin)
    return odds / (1 + odds)
