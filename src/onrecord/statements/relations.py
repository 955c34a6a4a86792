"""How each word of a window stands to a cue: the features of the argument head, shared by training and reading."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

_EDGES = np.array([1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128], dtype=np.int64)
_SIDES = len(_EDGES)

RELATIONS: dict[str, int] = {"distance": 2 * _SIDES + 1, "paragraphs": 7, "cues": 9}
"""Name and number of classes: words between word and cue on a logarithmic scale, paragraph breaks, other cues."""


def relations(paragraphs: Ints, cues: Ints, first: int, last: int) -> dict[str, Ints]:
    """Classes of every word of a window to one cue.

    Args:
        paragraphs: paragraph number of each word.
        cues: first word of every cue in the window, in order.
        first: first word of this cue; ``last``: its last word.
    """
    words = np.arange(len(paragraphs))
    distance = np.where(words < first, words - first, np.maximum(words - last, 0))
    steps = np.searchsorted(_EDGES, np.abs(distance), side="right")
    between = np.searchsorted(cues, words, side="right") - np.searchsorted(cues, first, side="right")
    return {
        "distance": np.sign(distance) * steps + _SIDES,
        "paragraphs": np.clip(paragraphs - paragraphs[first], -3, 3) + 3,
        "cues": np.clip(between, -4, 4) + 4,
    }
