"""Text cut into words and wordpieces, with the features that an uncased encoder cannot see.

Everything the encoder is fed is made here, for training and for reading alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from onrecord.statements.quotations import quoted_spans

Ints = npt.NDArray[np.int64]

SHAPES = (
    "other",
    "lower",
    "Title",
    "UPPER",
    "Mixed",
    "digits",
    "digits and letters",
    "quotation mark",
    "comma or stop",
    "dash",
    "initial",
)
GAPS = ("none", "space", "line break")
PLACES = ("plain", "quoted", "headline", "headline quoted")
PAD, CLS, SEP = 0, 101, 102
"""Ids of the special wordpieces in BERT's uncased vocabulary."""

_QUOTES = frozenset("“”„«»\"＂‘’'`")
_STOPS = frozenset(".,;:!?…")
_DASHES = frozenset("-–—‒―")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text. Arrays have one entry a word, but ``pieces``, which has one a wordpiece."""

    starts: Ints
    ends: Ints
    shapes: Ints
    gaps: Ints
    places: Ints
    paragraphs: Ints
    pieces: Ints
    firsts: Ints
    """Index of each word's first wordpiece, and behind the last word the number of wordpieces."""

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True, slots=True)
class Window:
    """Words ``[start, end)`` that go through the encoder together; those in ``[keep_start, keep_end)`` count."""

    start: int
    end: int
    keep_start: int
    keep_end: int


def cut(text: str, tokenizer: Tokenizer) -> Words:
    """Cut a text into words. The tokenizer must not truncate, pad or add special wordpieces."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    word_of = np.array([-1 if w is None else w for w in encoding.word_ids], dtype=np.int64)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    first = np.flatnonzero(np.diff(word_of, prepend=-2))
    starts = offsets[first, 0]
    last = np.append(first[1:], len(word_of)) - 1 if len(first) else first
    ends = offsets[last, 1]
    return Words(
        starts=starts,
        ends=ends,
        shapes=np.array([_shape(text[a:b]) for a, b in zip(starts, ends, strict=True)], dtype=np.int64),
        gaps=np.array(list(_gaps(text, starts, ends)), dtype=np.int64),
        places=_places(text, starts),
        paragraphs=_paragraphs(text, starts),
        pieces=np.array(encoding.ids, dtype=np.int64),
        firsts=np.append(first, len(word_of)).astype(np.int64),
    )


def _shape(word: str) -> int:
    if word[:1] in _QUOTES:
        return 7
    if word in _STOPS:
        return 8
    if word in _DASHES:
        return 9
    if word.isalpha():
        if word.islower():
            return 1
        if len(word) == 1:
            return 10
        return 3 if word.isupper() else 2 if word.istitle() else 4
    if word.isdigit():
        return 5
    return 6 if word.isalnum() else 0


def _gaps(text: str, starts: Ints, ends: Ints) -> Iterator[int]:
    before = 0
    for start, end in zip(starts, ends, strict=True):
        between = text[before:start]
        yield 2 if "\n" in between or before == 0 else 1 if between else 0
        before = int(end)


def _places(text: str, starts: Ints) -> Ints:
    headline_end = text.find("\n")
    quoted = np.zeros(len(text) + 1, dtype=bool)
    for span in quoted_spans(text):
        quoted[span.start : span.end] = True
    return quoted[starts].astype(np.int64) + 2 * (starts < headline_end)


def _paragraphs(text: str, starts: Ints) -> Ints:
    breaks = [i for i in range(len(text) - 1) if text[i] == "\n" and text[i + 1] != "\n"]
    return np.searchsorted(np.array(breaks, dtype=np.int64), starts).astype(np.int64)


def windows(words: Words, width: int, margin: int) -> list[Window]:
    """Overlapping windows of at most ``width`` wordpieces (special ones included).

    Neighbouring windows share at least ``2 * margin`` wordpieces. Of two windows a word counts in the one where it
    stands deeper inside, but where a paragraph begins in the middle half of what they share, they part there.
    """
    room, count = width - 2, len(words)
    if not count:
        return []
    cuts: list[tuple[int, int]] = []
    start = 0
    while start < count:
        end = int(np.searchsorted(words.firsts, words.firsts[start] + room, side="right")) - 1
        end = min(max(end, start + 1), count)
        cuts.append((start, end))
        if end == count:
            break
        start = max(int(np.searchsorted(words.firsts, words.firsts[end] - 2 * margin)), start + 1)
    partings = (_parting(words.paragraphs, b_start, a_end) for (_, a_end), (b_start, _) in pairwise(cuts))
    middles = list(accumulate(partings, max))  # a window between two that overlap may have no word of its own left
    return [
        Window(start, end, keep_start, keep_end)
        for (start, end), keep_start, keep_end in zip(cuts, [0, *middles], [*middles, count], strict=True)
    ]


def _parting(paragraphs: Ints, start: int, end: int) -> int:
    """Where two windows that share words ``[start, end)`` part: at the paragraph nearest to the middle, if near."""
    middle, reach = (start + end) // 2, (end - start) // 4
    near = np.arange(max(middle - reach, start + 1), min(middle + reach + 1, end))
    begins = near[paragraphs[near] != paragraphs[near - 1]]
    return int(begins[np.abs(begins - middle).argmin()]) if len(begins) else middle


def window_inputs(words: Words, window: Window, width: int) -> dict[str, Ints]:
    """Encoder inputs of one window, each ``[length]`` and not padded; a word longer than the window is cut off."""
    first, last = int(words.firsts[window.start]), int(words.firsts[window.end])
    pieces = words.pieces[first:last][: width - 2]
    of_word = np.repeat(np.arange(window.start, window.end), np.diff(words.firsts[window.start : window.end + 1]))[
        : width - 2
    ]
    return {
        "pieces": np.concatenate(([CLS], pieces, [SEP])),
        "shapes": np.concatenate(([0], words.shapes[of_word], [0])),
        "gaps": np.concatenate(([0], words.gaps[of_word], [0])),
        "places": np.concatenate(([0], words.places[of_word], [0])),
    }


def load_tokenizer(source: str | Any) -> Tokenizer:
    """Tokenizer from its JSON text or path, set to give every wordpiece and nothing else."""
    tokenizer = Tokenizer.from_str(source) if source.lstrip().startswith("{") else Tokenizer.from_file(source)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
