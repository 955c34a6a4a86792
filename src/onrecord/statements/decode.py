"""The most probable tag sequences of linear-chain CRFs, many sequences at once, with how probable their spans are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.statements.weights import Floats
from onrecord.statements.words import Ints

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TagSpan:
    """Words ``[start, end)`` that carry one name."""

    name: str
    start: int
    end: int


def best_tags(emissions: Floats, lengths: Ints, transitions: Floats, start: Floats) -> tuple[Ints, Floats]:
    """Viterbi decoding.

    Args:
        emissions: [sequences, length, tags]; what lies beyond a sequence's length is ignored.
        lengths: [sequences], each at least 1.
        transitions: [tag before, tag after]; ``start``: [tag].

    Returns:
        Tags [sequences, length] (0 beyond the length) and the log probability of each sequence, [sequences].
    """
    count, length, tags = emissions.shape
    best = emissions[:, 0] + start
    total = best.astype(np.float64)
    back = np.empty((length, count, tags), dtype=np.int8)
    for t in range(1, length):
        alive = (t < lengths)[:, None]
        steps = best[:, :, None] + transitions
        back[t] = steps.argmax(axis=1)
        best = np.where(alive, steps.max(axis=1) + emissions[:, t], best)
        total = np.where(alive, _logsumexp(total[:, :, None] + transitions) + emissions[:, t], total)
    out = np.zeros((count, length), dtype=np.int64)
    rows = np.arange(count)
    at = best.argmax(axis=1)
    for t in range(length - 1, -1, -1):
        inside = t < lengths
        out[inside, t] = at[inside]
        if t:
            at = np.where(inside, back[t, rows, at], at)
    return out, (best.max(axis=1) - _logsumexp(total[:, :, None])[:, 0]).astype(np.float32)


def _logsumexp(values: Doubles) -> Doubles:
    """Over axis 1."""
    top = values.max(axis=1, keepdims=True)
    summed: Doubles = np.log(np.exp(values - top).sum(axis=1)) + top[:, 0]
    return summed


def spans_of(tags: Sequence[int] | Ints, names: Sequence[str]) -> list[TagSpan]:
    """Spans of a BIO sequence, in order; an inside tag without a beginning begins one."""
    found: list[TagSpan] = []
    open_at, open_name = 0, ""
    for position, tag in enumerate([*tags, 0]):
        prefix, _, name = names[int(tag)].partition("-")
        if open_name and (prefix != "I" or name != open_name):
            found.append(TagSpan(open_name, open_at, position))
            open_name = ""
        if name and not open_name:
            open_at, open_name = position, name
    return found
