"""Linear-chain CRFs in use: the most probable tag sequences and how probable they are, many sequences at once."""

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
        emissions: [sequences, length, tags]; what lies beyond a sequence's length is ignored, but must be finite.
        lengths: [sequences], each at least 1.
        transitions: [tag before, tag after]; ``start``: [tag].

    Returns:
        Tags [sequences, length] (0 beyond the length) and the log probability of each sequence, [sequences].
    """
    count, length, tags = emissions.shape
    best = np.empty((length, count, tags), dtype=np.float32)
    back = np.empty((length, count, tags), dtype=np.int64)
    best[0] = emissions[:, 0] + start
    before_last = np.ascontiguousarray(transitions.T)  # the tag before on the last axis: the quick one to search
    for t in range(1, length):
        steps = best[t - 1][:, None, :] + before_last
        back[t] = steps.argmax(axis=2)
        best[t] = steps.max(axis=2) + emissions[:, t]
    rows, ends = np.arange(count), lengths - 1
    out = np.zeros((count, length), dtype=np.int64)
    at = out[rows, ends] = best[ends, rows].argmax(axis=1)
    for t in range(length - 1, 0, -1):
        inside = t <= ends
        at = np.where(inside, back[t, rows, at], at)
        out[inside, t - 1] = at[inside]
    total = _forward(emissions, lengths, transitions, start)[1]
    return out, (best[ends, rows].max(axis=1) - total).astype(np.float32)


def marginals(emissions: Floats, lengths: Ints, transitions: Floats, start: Floats) -> Doubles:
    """How probable each tag is at each position, [sequences, length, tags]; arguments as for :func:`best_tags`."""
    length = emissions.shape[1]
    forward, _ = _forward(emissions, lengths, transitions, start)
    weights, backwards = _exp(emissions), np.exp(transitions.astype(np.float64)).T
    backward = np.ones_like(forward)
    for t in range(length - 2, -1, -1):
        step = (backward[t + 1] * weights[:, t + 1]) @ backwards
        backward[t] = np.where((t < lengths - 1)[:, None], step / step.sum(axis=1, keepdims=True), 1.0)
    both = (forward * backward).transpose(1, 0, 2)
    out: Doubles = both / both.sum(axis=2, keepdims=True)
    return out


def _forward(emissions: Floats, lengths: Ints, transitions: Floats, start: Floats) -> tuple[Doubles, Doubles]:
    """Forward probabilities [length, sequences, tags], each position's summing to 1, and the log of the whole sum."""
    count, length, tags = emissions.shape
    weights, forwards = _exp(emissions), np.exp(transitions.astype(np.float64))
    forward = np.empty((length, count, tags))
    sums = np.empty((length, count))
    step = weights[:, 0] * np.exp(start.astype(np.float64))
    for t in range(length):
        if t:
            step = (forward[t - 1] @ forwards) * weights[:, t]
        sums[t] = step.sum(axis=1)
        forward[t] = step / sums[t][:, None]
    inside = np.arange(length)[:, None] < lengths
    logs = np.log(sums) + emissions.max(axis=2).T
    return forward, (logs * inside).sum(axis=0)


def _exp(emissions: Floats) -> Doubles:
    """Emissions out of the logarithm, divided by the largest of their position so that none overflows."""
    out: Doubles = np.exp((emissions - emissions.max(axis=2, keepdims=True)).astype(np.float64))
    return out


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
