"""A reply as a sparse vector: evidence features first, then hashed words and characters.

The hash is CRC-32 over UTF-8, so vectors are the same on every machine and a stored vector does not give its text back.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from onrecord.spam.evidence import FEATURES, INDEX, Submission, evidence_of
from onrecord.spam.text import ReadText, read_text

RESERVED = 128
"""Places kept for evidence features, so that new ones do not move the hashed ones."""
BUCKETS = 1 << 16
SIZE = RESERVED + BUCKETS

WORD_NORM = 1.0
CHARACTER_NORM = 1.0

_DIGITS = re.compile(r"\d")

assert len(FEATURES) <= RESERVED


@dataclass(frozen=True, slots=True)
class Vector:
    """Positions that are not zero, each once, and their values."""

    positions: NDArray[np.int32]
    values: NDArray[np.float32]


def vector_of(submission: Submission) -> tuple[Vector, dict[str, float]]:
    """A reply's vector, and the evidence in it."""
    read = read_text(submission.text)
    evidence = evidence_of(submission, read)
    values: dict[int, float] = {INDEX[name]: strength for name, strength in evidence.items()}
    _add(values, _word_grams(read), WORD_NORM)
    _add(values, _character_grams(read), CHARACTER_NORM)
    positions = np.fromiter(values, np.int32, len(values))
    order = np.argsort(positions)
    return Vector(positions[order], np.fromiter(values.values(), np.float32, len(values))[order]), evidence


def _add(values: dict[int, float], grams: Iterable[str], norm: float) -> None:
    places = {RESERVED + zlib.crc32(gram.encode()) % BUCKETS for gram in grams}
    if not places:
        return
    value = norm / max(len(places), 8) ** 0.5
    for place in places:
        values[place] = values.get(place, 0.0) + value


def _word_grams(read: ReadText) -> Iterable[str]:
    words = [_DIGITS.sub("0", word) for word in read.words]
    yield from (f"w:{word}" for word in words)
    yield from (f"w:{first} {second}" for first, second in pairwise(words))
    yield from (f"h:{host}" for host in read.hosts)


def _character_grams(read: ReadText) -> Iterable[str]:
    for word in set(_DIGITS.sub("0", read.plain).split()):
        padded = f" {word[:40]} "
        for size in (3, 4, 5):
            yield from (f"c:{padded[start : start + size]}" for start in range(len(padded) - size + 1))
