"""The ranker: learned weights turn the features of candidates into probabilities."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np

from onrecord.errors import ModelError
from onrecord.statements.dates.evidence import Candidate

FORMAT: Final = "onrecord dates 1"
STAGES: Final = ("own", "all")


@dataclass(frozen=True, slots=True)
class Ranker:
    """A linear softmax over the candidates of one statement."""

    weights: Mapping[str, float]

    def probabilities(self, candidates: Sequence[Candidate]) -> list[float]:
        """One for each candidate, in all 1."""
        scores = np.array([sum(self.weights.get(name, 0.0) for name in c.features) for c in candidates])
        raised = np.exp(scores - scores.max())
        return [float(share) for share in raised / raised.sum()]


@dataclass(frozen=True, slots=True)
class Rankers:
    """The two stages: which statements have an expression of their own, then what each is dated by."""

    own: Ranker
    all: Ranker


@cache
def load_rankers() -> Rankers:
    """The rankers that ship with the package.

    Raises:
        ModelError: the file of weights is damaged or of another format.
    """
    resource = files("onrecord.statements.dates") / "weights.json"
    try:
        data = json.loads(resource.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{resource} cannot be read: {error}. Install onrecord again.") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ModelError(f"{resource} is not of the format {FORMAT!r}. Install onrecord again or train anew.")
    return Rankers(*(Ranker(data[stage]) for stage in STAGES))
