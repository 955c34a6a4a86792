"""A text as the encoder sees it: windows of words, each with its projections, some windows at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.statements.decode import TagSpan
from onrecord.statements.weights import Floats, Model
from onrecord.statements.words import Ints, Window, Words, cut, window_inputs, windows
from onrecord.terms import Span

_WINDOWS_AT_ONCE = 8
"""Windows of one article that are decoded together: enough to share numpy's calls, few enough for flat memory."""


@dataclass(frozen=True, slots=True)
class Group:
    """Some windows of a text and what the encoder says of them: ``parts`` [windows, words, projections]."""

    words: Words
    windows: Sequence[Window]
    parts: Floats
    slices: Mapping[str, slice]
    """Name of a projection -> where it lies in ``parts``."""

    def part(self, name: str) -> Floats:
        """One projection, [windows, words, width]."""
        return self.parts[:, :, self.slices[name]]

    @property
    def lengths(self) -> Ints:
        """Words of each window."""
        return np.array([window.end - window.start for window in self.windows])

    def keeps(self, row: int, word: int) -> bool:
        """Whether a window is the one that a word of it counts in."""
        window = self.windows[row]
        return window.keep_start <= window.start + word < window.keep_end

    def span(self, row: int, found: TagSpan) -> Span:
        at = self.windows[row].start
        return Span(int(self.words.starts[at + found.start]), int(self.words.ends[at + found.end - 1]))


def groups(text: str, model: Model) -> Iterator[Group]:
    """The windows of a text in order; no group where there is no word."""
    words = cut(text, model.tokenizer)
    cuts = windows(words, model.width, model.margin)
    for at in range(0, len(cuts), _WINDOWS_AT_ONCE):
        group = cuts[at : at + _WINDOWS_AT_ONCE]
        # One window a pass: quantisation looks at the range of all it is given, so company would change the answer.
        views = [_view(words, window, model) for window in group]
        parts = np.zeros((len(views), max(map(len, views)), views[0].shape[1]), dtype=np.float32)
        for row, view in enumerate(views):
            parts[row, : len(view)] = view
        yield Group(words, group, parts, model.parts)


def _view(words: Words, window: Window, model: Model) -> Floats:
    """Projections of each word of a window, [words, projections]."""
    inputs = window_inputs(words, window, model.width)
    projected = model.project({name: values[None] for name, values in inputs.items()})[0]
    first = words.firsts[window.start : window.end] - words.firsts[window.start] + 1
    view: Floats = projected[np.minimum(first, len(projected) - 1)]
    return view
