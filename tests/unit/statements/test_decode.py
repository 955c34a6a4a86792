"""Viterbi against trying every sequence."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from onrecord.statements.decode import TagSpan, best_tags, marginals, spans_of
from onrecord.statements.labels import CUE_TAGS, FLAT_TAGS, allowed


@pytest.mark.parametrize("seed", range(5))
def test_best_sequence_and_its_probability(seed: int) -> None:
    random = np.random.default_rng(seed)
    emissions = random.normal(size=(3, 5, 3)).astype(np.float32)
    transitions = np.where(allowed(CUE_TAGS), random.normal(size=(3, 3)), -1e4).astype(np.float32)
    start = random.normal(size=3).astype(np.float32)
    lengths = np.array([5, 1, 3])
    tags, logs = best_tags(emissions, lengths, transitions, start)
    chances = marginals(emissions, lengths, transitions, start)
    for row, length in enumerate(lengths):

        def score(path: tuple[int, ...], row: int = row) -> float:
            steps = sum(transitions[a, b] for a, b in itertools.pairwise(path))
            return float(start[path[0]] + steps + sum(emissions[row, t, tag] for t, tag in enumerate(path)))

        scores = {path: score(path) for path in itertools.product(range(3), repeat=int(length))}
        best = max(scores, key=scores.__getitem__)
        assert tuple(tags[row, :length]) == best
        assert not tags[row, length:].any()
        weights = {path: np.exp(value - np.logaddexp.reduce(list(scores.values()))) for path, value in scores.items()}
        for t, tag in itertools.product(range(length), range(3)):
            assert chances[row, t, tag] == pytest.approx(
                sum(w for path, w in weights.items() if path[t] == tag), abs=1e-6
            )
        assert logs[row] == pytest.approx(scores[best] - np.logaddexp.reduce(list(scores.values())), abs=1e-4)


def test_spans_of_tags() -> None:
    names = ["O", "B-cue", "I-cue", "B-cue", "O", "I-content", "I-content", "B-source"]
    tags = [FLAT_TAGS.index(name) for name in names]
    assert spans_of(tags, FLAT_TAGS) == [
        TagSpan("cue", 1, 3),
        TagSpan("cue", 3, 4),
        TagSpan("content", 5, 7),
        TagSpan("source", 7, 8),
    ]
