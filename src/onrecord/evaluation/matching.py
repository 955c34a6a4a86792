"""Pairing what was found with what there is: one to one, the most alike first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Pair(NamedTuple):
    """A gold item and a found item that may stand for each other."""

    alike: float
    gold: int
    found: int


def one_to_one(pairs: Iterable[Pair]) -> list[Pair]:
    """Of the possible pairs, those that remain when each item is used once and the most alike go first."""
    used_gold: set[int] = set()
    used_found: set[int] = set()
    kept = []
    for pair in sorted(pairs, key=lambda pair: (-pair.alike, pair.gold, pair.found)):
        if pair.gold not in used_gold and pair.found not in used_found:
            used_gold.add(pair.gold)
            used_found.add(pair.found)
            kept.append(pair)
    return kept
