"""The reply filter: judges a submission, learns from a moderator's decision, unlearns one that was undone."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from onrecord.spam.evidence import FEATURES, Submission
from onrecord.spam.model import Model
from onrecord.spam.prior import load_prior
from onrecord.spam.vector import Vector, vector_of

Action = Literal["publish", "hold", "spam"]

STILL_LEARNING = "The filter is still learning on this site, so a person decides."
UNKNOWN_KIND = "The filter does not know this kind of text yet."
UNSURE = "The filter is not sure about it."

_REASONS = {feature.name: feature.reason for feature in FEATURES if feature.reason}
_POSITIONS = {feature.name: position for position, feature in enumerate(FEATURES)}
_SHOWN_FROM = 0.25
"""Evidence is named as a reason when it adds at least this much to the log-odds."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Where publishing ends and where spam begins, as probabilities of spam; between them lies the hold zone."""

    publish_below: float = 0.40
    spam_from: float = 0.90
    warm_after: int = 50
    """Decisions on this site before the filter may call anything spam on its own."""
    warm_each: int = 10
    """Of these, good ones and spam ones each."""
    tolerated: int = 200
    """One good reply in so many may have looked worse than what is called spam; below that number, none."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What should happen to a reply, and why."""

    action: Action
    probability: float
    """Of spam, drawn towards one half where the filter does not know."""
    reasons: tuple[str, ...]
    """In plain words, strongest first."""
    evidence: tuple[str, ...]
    """Names of the evidence behind the reasons."""
    vector: Vector
    """What a decision about this reply is learnt from; it does not hold the text."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A moderator's decision about one reply."""

    key: int
    """Increases with every decision."""
    vector: Vector
    spam: bool


class ReplyFilter:
    """Prior plus the decisions of one site.

    The model is a function of the prior and the decisions in their order: ``unlearn`` replays the others, so that
    afterwards the filter is what it would have been without the decision, to the last bit.
    """

    def __init__(self, prior: NDArray[np.float64] | None = None, limits: Limits | None = None) -> None:
        self._prior = load_prior() if prior is None else prior
        self._model = Model.from_mean(self._prior)
        self._decisions: dict[int, Decision] = {}
        self._good: list[float] = []
        self.limits = limits or Limits()

    @property
    def decisions(self) -> int:
        return len(self._decisions)

    @property
    def is_warm(self) -> bool:
        """Whether it has learnt enough here to call a reply spam on its own."""
        spam = sum(decision.spam for decision in self._decisions.values())
        each = min(spam, self.decisions - spam)
        return self.decisions >= self.limits.warm_after and each >= self.limits.warm_each

    def judge(self, submission: Submission) -> Verdict:
        """What should happen to a reply. Takes well under two milliseconds for a text of ordinary length."""
        vector, evidence = vector_of(submission)
        estimate = self._model.estimate(vector)
        action = "spam" if submission.honeypot else self.action_for(estimate.probability)
        names = self._telling(evidence) if action != "publish" else ()
        reasons = [_REASONS[name] for name in names]
        if action == "hold":
            reasons += self._why_held(estimate.probability, bool(reasons))
        return Verdict(action, estimate.probability, tuple(reasons), names, vector)

    def margin(self, submission: Submission) -> float:
        """Log-odds of spam, for ranking and for measurements."""
        return self._model.estimate(vector_of(submission)[0]).margin

    def learn(self, decision: Decision) -> None:
        """Take a decision into account. One that is already known changes nothing."""
        if decision.key in self._decisions:
            return
        self._decisions[decision.key] = decision
        self._take(decision)

    def unlearn(self, key: int) -> None:
        """Forget a decision, exactly. One that is not known changes nothing."""
        if self._decisions.pop(key, None) is None:
            return
        self._model, self._good = Model.from_mean(self._prior), []
        for decision in self._decisions.values():
            self._take(decision)

    def probability(self, vector: Vector) -> float:
        """Of spam, drawn towards one half where the filter does not know."""
        return self._model.estimate(vector).probability

    def action_for(self, probability: float) -> Action:
        """What a probability of spam means on this site now."""
        if probability < self.limits.publish_below:
            return "publish"
        blocks = self.is_warm and probability >= self.limits.spam_from and probability > self._worst_good()
        return "spam" if blocks else "hold"

    def _take(self, decision: Decision) -> None:
        if not decision.spam:
            insort(self._good, self.probability(decision.vector))
        self._model.learn(decision.vector, decision.spam)

    def _worst_good(self) -> float:
        """How much like spam this site's good replies have looked before anybody decided, but for a few of many."""
        return self._good[len(self._good) - 1 - len(self._good) // self.limits.tolerated] if self._good else 0.0

    def _telling(self, evidence: dict[str, float]) -> tuple[str, ...]:
        weights = self._model.mean
        shares = {name: weights[_POSITIONS[name]] * strength for name, strength in evidence.items() if name in _REASONS}
        return tuple(name for name in sorted(shares, key=lambda name: -shares[name]) if shares[name] >= _SHOWN_FROM)[:4]

    def _why_held(self, probability: float, explained: bool) -> list[str]:
        if probability >= self.limits.spam_from:
            return [UNSURE if self.is_warm else STILL_LEARNING]
        return [] if explained else [UNKNOWN_KIND if self.decisions < self.limits.warm_after else UNSURE]
