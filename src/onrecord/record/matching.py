"""Which statement of a new reading is which of the record: so that addresses survive. No Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from onrecord.record.words import tokens

OVERLAP = 0.5
"""Share of characters (same text) or words (changed text) that makes two readings one statement."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Candidate(Generic[T]):
    """A statement on one side of the match."""

    item: T
    words: str
    spans: tuple[tuple[int, int], ...]
    version: int
    """Only spans of one version can be compared by place."""
    source: str = ""
    """Words of the speaker, which decide between two statements of the same words."""


def match(old: Sequence[Candidate[T]], new: Sequence[Candidate[T]]) -> dict[int, int]:
    """Index in ``new`` -> index in ``old``, each at most once: same words first, then the greatest overlap."""
    scored = [
        (score, -abs(i - j), j, i)
        for j, one in enumerate(new)
        for i, other in enumerate(old)
        if (score := _alike(other, one)) >= OVERLAP
    ]
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, j, i in sorted(scored, reverse=True):
        if j not in matched and i not in taken:
            matched[j] = i
            taken.add(i)
    return matched


def _alike(one: Candidate[T], other: Candidate[T]) -> float:
    """2 and more for the same words, else the overlap."""
    bonus = 0.1 if one.source == other.source else 0.0
    mine, theirs = _words(one), _words(other)
    if one.version == other.version:
        overlap = _overlap(one.spans, other.spans)
        return overlap + (2 + bonus if overlap and mine == theirs else bonus if overlap >= OVERLAP else 0)
    if mine == theirs:
        return 2 + bonus
    shared = len(set(mine) & set(theirs)) / (len(set(mine) | set(theirs)) or 1)
    return shared + (bonus if shared >= OVERLAP else 0)


def _words(one: Candidate[T]) -> tuple[str, ...]:
    return tuple(token.text for token in tokens(one.words))


def _overlap(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> float:
    """Characters in both over characters in either."""
    both = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)
    either = sum(end - start for start, end in (*one, *other)) - both
    return both / either if either else 0.0
