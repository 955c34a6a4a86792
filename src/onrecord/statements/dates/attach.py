"""Date the statements of an article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from onrecord.statements.dates.evidence import (
    Candidate,
    Occasion,
    Scene,
    inherited_candidates,
    none_candidate,
    own_candidates,
)
from onrecord.statements.dates.periods import read_day
from onrecord.statements.dates.ranker import Ranker, Rankers, load_rankers
from onrecord.terms import Article, Statement

OCCASION_PROBABILITY = 0.3
"""From this probability on an expression makes its statement an occasion that others may inherit from."""


def date_statements(
    article: Article, statements: Sequence[Statement], rankers: Rankers | None = None
) -> list[Statement]:
    """Fill ``said_on``, ``said_on_basis`` and ``confidences["said_on"]`` of every statement.

    A statement is dated by words near its cue, or inherits the date of the occasion it belongs to (``"inherited"``),
    or stays without a date. The confidence is the probability of the value given, also where that is ``None``.
    """
    if not statements:
        return []
    rankers = rankers or load_rankers()
    scene = Scene.of(article, statements, read_day(article.published))
    occasions = find_occasions(scene, rankers.own)
    return [_dated(scene, index, occasions, rankers.all) for index in range(len(statements))]


def find_occasions(scene: Scene, ranker: Ranker) -> list[Occasion]:
    """Statements that probably have an expression of their own, with the likeliest one."""
    occasions = []
    for index in range(len(scene.statements)):
        candidates = own_stage(scene, index)
        probabilities = ranker.probabilities(candidates)
        best = max(range(len(candidates)), key=probabilities.__getitem__)
        own = max(range(len(candidates) - 1), key=probabilities.__getitem__, default=best)
        period = candidates[own].period
        if period is not None and probabilities[own] >= OCCASION_PROBABILITY:
            occasions.append(Occasion(index, period, probabilities[own]))
    return occasions


def own_stage(scene: Scene, index: int) -> list[Candidate]:
    """Candidates of the first stage: own expressions, and last none."""
    return [*own_candidates(scene, index), none_candidate(scene, index, ())]


def all_stage(scene: Scene, index: int, occasions: Sequence[Occasion]) -> list[Candidate]:
    """Candidates of the second stage: own expressions, occasions of other statements, and last none."""
    return [
        *own_candidates(scene, index),
        *inherited_candidates(scene, index, occasions),
        none_candidate(scene, index, occasions),
    ]


def _dated(scene: Scene, index: int, occasions: Sequence[Occasion], ranker: Ranker) -> Statement:
    candidates = all_stage(scene, index, occasions)
    best, probability = choose(candidates, ranker.probabilities(candidates))
    statement = scene.statements[index]
    confidences = {**statement.confidences, "said_on": probability}
    return replace(statement, said_on=best.value, said_on_basis=best.basis, confidences=confidences)


def choose(candidates: Sequence[Candidate], probabilities: Sequence[float]) -> tuple[Candidate, float]:
    """The value that its candidates together make likeliest, by the likeliest of them."""
    totals: defaultdict[str | None, float] = defaultdict(float)
    for candidate, probability in zip(candidates, probabilities, strict=True):
        totals[candidate.value] += probability
    value = max(totals, key=totals.__getitem__)
    same = [(p, i) for i, (c, p) in enumerate(zip(candidates, probabilities, strict=True)) if c.value == value]
    return candidates[max(same)[1]], min(totals[value], 1.0)
