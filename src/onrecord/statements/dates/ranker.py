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

FORMAT: Final = "onrecord dates 2"
CHOICES: Final = ("own", "inherited")


@dataclass(frozen=True, slots=True)
class Ranker:
    """A linear softmax over the candidates of one statement."""

    weights: Mapping[str, float]

    def probabilities(self, candidates: Sequence[Candidate], trust: Sequence[float] | None = None) -> list[float]:
        """One for each candidate, in all 1; ``trust`` is how much each of them counts, by default all alike."""
        known = self.weights.get
        scores = np.array([sum(known(name, 0.0) for name in c.features) for c in candidates])
        raised = np.exp(scores - scores.max()) * (1.0 if trust is None else np.array(trust))
        return [float(share) for share in raised / raised.sum()]


@dataclass(frozen=True, slots=True)
class Rankers:
    """The two choices: which expression dates a statement, and which occasion it inherits from."""

    own: Ranker
    inherited: Ranker


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
    return Rankers(*(Ranker(data[choice]) for choice in CHOICES))
