"""Date the statements of an article.

Two learned choices follow each other. First each statement chooses among the time expressions around it, or none of
them. Statements that probably have an expression are *occasions*. Then each statement chooses the occasion whose date
it inherits, or none, an unsure occasion counting for as much as it is sure. The probability of a date is that of the
two ways taken together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from onrecord.statements.dates.evidence import (
    Candidate,
    Occasion,
    Scene,
    far_candidates,
    inherited_candidates,
    none_candidate,
    own_candidates,
)
from onrecord.statements.dates.periods import Period, read_day
from onrecord.statements.dates.ranker import Rankers, load_rankers
from onrecord.terms import Article, Statement

FAINT_PROBABILITY = 0.1
"""Below this an expression does not make its statement an occasion. 0.1 to 0.5 differ by less than half a point."""
SURE_PROBABILITY = 0.5


def date_statements(
    article: Article, statements: Sequence[Statement], rankers: Rankers | None = None
) -> list[Statement]:
    """Fill ``said_on``, ``said_on_basis`` and ``confidences["said_on"]`` of every statement.

    A statement is dated by an expression (the basis is its span), or inherits the date of the occasion it belongs to
    (``"inherited"``), or stays without a date. The confidence is the probability of the value given, also of ``None``.
    Without a publication date only expressions that name their year count.
    """
    if not statements:
        return []
    choices = choose_dates(Scene.of(article, statements, read_day(article.published)), rankers or load_rankers())
    return [
        replace(
            statement,
            said_on=chosen.value,
            said_on_basis=chosen.basis,
            confidences={**statement.confidences, "said_on": probability},
        )
        for statement, (chosen, probability) in zip(statements, choices, strict=True)
    ]


def choose_dates(scene: Scene, rankers: Rankers) -> list[tuple[Candidate, float]]:
    """For each statement the likeliest date with its probability."""
    everyone = range(len(scene.statements))
    own = [own_choice(scene, index) for index in everyone]
    own_shares = [rankers.own.probabilities(candidates) for candidates in own]
    occasions = [
        occasion for index in everyone if (occasion := _occasion(index, own[index], own_shares[index])) is not None
    ]
    chosen = []
    for index in everyone:
        inherited = inherited_choice(scene, index, occasions)
        left = own_shares[index][-1]
        shares = [left * share for share in rankers.inherited.probabilities(inherited, _trust(inherited))]
        chosen.append(likeliest([*own[index][:-1], *inherited], [*own_shares[index][:-1], *shares]))
    return chosen


def own_choice(scene: Scene, index: int) -> list[Candidate]:
    """Candidates of the first choice: expressions near the cue and far from it, and last none."""
    return [*own_candidates(scene, index), *far_candidates(scene, index), none_candidate(scene, index, ())]


def inherited_choice(scene: Scene, index: int, occasions: Sequence[Occasion]) -> list[Candidate]:
    """Candidates of the second choice: occasions of other statements, and last none."""
    sure = [occasion for occasion in occasions if occasion.probability > SURE_PROBABILITY]
    return [*inherited_candidates(scene, index, occasions), none_candidate(scene, index, sure)]


def _occasion(index: int, candidates: Sequence[Candidate], shares: Sequence[float]) -> Occasion | None:
    totals: defaultdict[Period, float] = defaultdict(float)
    for candidate, share in zip(candidates, shares, strict=True):
        if candidate.period is not None:
            totals[candidate.period] += share
    period = max(totals, key=totals.__getitem__, default=None)
    return Occasion(index, period, totals[period]) if period and totals[period] >= FAINT_PROBABILITY else None


def _trust(candidates: Sequence[Candidate]) -> list[float]:
    return [candidate.trust for candidate in candidates]


def likeliest(candidates: Sequence[Candidate], shares: Sequence[float]) -> tuple[Candidate, float]:
    """The value that its candidates together make likeliest, by the likeliest of them."""
    totals: defaultdict[str | None, float] = defaultdict(float)
    for candidate, share in zip(candidates, shares, strict=True):
        totals[candidate.value] += share
    value = max(totals, key=totals.__getitem__)
    same = [(share, i) for i, (c, share) in enumerate(zip(candidates, shares, strict=True)) if c.value == value]
    return candidates[max(same)[1]], min(totals[value], 1.0)
