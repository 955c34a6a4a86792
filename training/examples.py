"""Annotated articles turned into windows of tagged words, and windows into batches."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from onrecord.statements.labels import ACT_TAGS, ARGUMENT_TAGS, CONVENTIONS, CUE_TAGS, FLAT_TAGS, TYPE_TAGS
from onrecord.statements.relations import RELATIONS, relations
from onrecord.statements.words import Window, Words, cut, window_inputs
from training.corpora import Frame, Span, Text

Ints = NDArray[np.int64]
INPUTS = ("pieces", "shapes", "gaps", "places")


@dataclass(frozen=True, slots=True)
class WordFrame:
    """A frame in words instead of code points; ``arguments`` has a tag for each word of the text."""

    first: int
    last: int
    arguments: Ints
    act: int
    type: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text ready to be cut into windows. ``tags`` and ``frames`` by convention; absent where it is not annotated."""

    words: Words
    tags: dict[str, Ints]
    frames: dict[str, list[WordFrame]]


def prepare(text: Text, tokenizer: Tokenizer) -> Prepared:
    words = cut(text.text, tokenizer)
    tags: dict[str, Ints] = {}
    frames: dict[str, list[WordFrame]] = {}
    if text.polnear is not None:
        tags["polnear"] = flat_tags(words, text.polnear)
        frames["polnear"] = word_frames(words, text.polnear)
    if text.gold is not None:
        tags["gold"] = tag_words(words, [(frame.cue, "cue") for frame in text.gold], CUE_TAGS)
        frames["gold"] = word_frames(words, text.gold)
    return Prepared(words, tags, frames)


def flat_tags(words: Words, frames: Sequence[Frame]) -> Ints:
    """All frames of a text in one layer; where they overlap, sources and cues are kept and contents give way."""
    contents = sorted(((span, "content") for f in frames for span in f.content), key=lambda c: c[0][0] - c[0][1])
    others = [(span, "source") for f in frames for span in f.source] + [(f.cue, "cue") for f in frames]
    return tag_words(words, [*contents, *others], FLAT_TAGS)


def word_frames(words: Words, frames: Iterable[Frame]) -> list[WordFrame]:
    found = []
    for frame in frames:
        first, end = word_range(words, frame.cue)
        if first >= end:
            continue
        named = [
            ("venue", frame.venue),
            ("addressee", frame.addressee),
            ("content", frame.content),
            ("source", frame.source),
        ]
        spans = [(span, name) for name, group in named for span in group]
        act = ACT_TAGS.index(frame.act) if frame.act else -1  # type: ignore[arg-type]
        kind = TYPE_TAGS.index(frame.type) if frame.type else -1  # type: ignore[arg-type]
        found.append(WordFrame(first, end - 1, tag_words(words, spans, ARGUMENT_TAGS), act, kind))
    return sorted(found, key=lambda f: f.first)


def word_range(words: Words, span: Span) -> tuple[int, int]:
    """Words ``[first, end)`` that a span touches."""
    return int(np.searchsorted(words.ends, span[0], side="right")), int(
        np.searchsorted(words.starts, span[1], side="left")
    )


def tag_words(words: Words, spans: Iterable[tuple[Span, str]], tags: tuple[str, ...]) -> Ints:
    """BIO tags; later spans overwrite earlier ones, and what is left of those behind the gap begins anew."""
    out = np.zeros(len(words), dtype=np.int64)
    for span, name in spans:
        first, end = word_range(words, span)
        if first >= end:
            continue
        begin, inside = tags.index(f"B-{name}"), tags.index(f"I-{name}")
        after = out[end] if end < len(words) else 0
        if after and tags[after].startswith("I-"):
            out[end] = after - 1  # in these label sets each B- stands right before its I-
        out[first:end] = inside
        out[first] = begin
    return out


def epoch_windows(texts: Sequence[Prepared], repeats: int, width: int, rng: random.Random) -> list[tuple[int, Window]]:
    """Windows that cover every word once (gold texts ``repeats`` times), from fresh offsets, in random order."""
    found = []
    for index, text in enumerate(texts):
        for _ in range(repeats if "gold" in text.frames else 1):
            found += [(index, window) for window in _random_windows(text.words, width - 2, rng)]
    rng.shuffle(found)
    return found


def _random_windows(words: Words, room: int, rng: random.Random) -> Iterator[Window]:
    total = int(words.firsts[-1])
    count = max(1, -(-total // room))
    slack = count * room - total
    edge = -rng.randint(0, slack) if slack else 0
    for k in range(count):
        low, high = max(edge + k * room, 0), min(edge + (k + 1) * room, total)
        start = int(np.searchsorted(words.firsts, low))
        end = int(np.searchsorted(words.firsts, high, side="right")) - 1
        if end > start:
            yield Window(start, end, start, end)


@dataclass(frozen=True, slots=True)
class FrameBatch:
    """Frames of one convention: ``rows`` names each one's window, the rest is per frame and word of that window."""

    rows: Tensor
    first: Tensor
    last: Tensor
    tags: Tensor
    relations: dict[str, Tensor]
    lengths: Tensor
    acts: Tensor
    types: Tensor


@dataclass(frozen=True, slots=True)
class Batch:
    inputs: dict[str, Tensor]
    mask: Tensor
    word_at: Tensor
    """[windows, words]: position of each word's first wordpiece."""
    lengths: Tensor
    tags: dict[str, tuple[Tensor, Tensor]]
    """Convention -> (rows that are annotated in it, their tags)."""
    frames: dict[str, FrameBatch]


def batches(
    texts: Sequence[Prepared], windows: Sequence[tuple[int, Window]], size: int, width: int, rng: random.Random
) -> Iterator[Batch]:
    """Batches of windows of like length, in random order."""
    ordered = []
    for at in range(0, len(windows), size * 20):  # sorted by length within a stretch, so that little is padded
        stretch = sorted(windows[at : at + size * 20], key=lambda w: w[1].end - w[1].start)
        ordered += [stretch[i : i + size] for i in range(0, len(stretch), size)]
    rng.shuffle(ordered)
    for group in ordered:
        yield make_batch([(texts[index], window) for index, window in group], width)


def make_batch(items: Sequence[tuple[Prepared, Window]], width: int) -> Batch:
    inputs = [window_inputs(text.words, window, width) for text, window in items]
    longest = max(len(i["pieces"]) for i in inputs)
    lengths = [window.end - window.start for _, window in items]
    positions = [
        text.words.firsts[window.start : window.end] - text.words.firsts[window.start] + 1 for text, window in items
    ]
    tags = {}
    for convention in CONVENTIONS:
        rows = [row for row, (text, _) in enumerate(items) if convention in text.tags]
        if rows:
            cut_tags = [_begin(items[row][0].tags[convention][items[row][1].start : items[row][1].end]) for row in rows]
            tags[convention] = (torch.tensor(rows), torch.from_numpy(_pad(cut_tags, max(lengths))))
    return Batch(
        inputs={name: torch.from_numpy(_pad([i[name] for i in inputs], longest)) for name in INPUTS},
        mask=torch.from_numpy(_pad([np.ones(len(i["pieces"]), dtype=np.int64) for i in inputs], longest)).bool(),
        word_at=torch.from_numpy(_pad(positions, max(lengths))).clamp(max=longest - 1),
        lengths=torch.tensor(lengths),
        tags=tags,
        frames={c: batch for c in CONVENTIONS if (batch := _frame_batch(items, c, max(lengths))) is not None},
    )


def _frame_batch(items: Sequence[tuple[Prepared, Window]], convention: str, length: int) -> FrameBatch | None:
    rows, first, last, tags, acts, types = [], [], [], [], [], []
    related: dict[str, list[Ints]] = {name: [] for name in RELATIONS}
    for row, (text, window) in enumerate(items):
        frames = [f for f in text.frames.get(convention, ()) if window.start <= f.first and f.last < window.end]
        cues = np.array([f.first - window.start for f in frames], dtype=np.int64)
        paragraphs = text.words.paragraphs[window.start : window.end]
        for frame in frames:
            rows.append(row)
            first.append(frame.first - window.start)
            last.append(frame.last - window.start)
            tags.append(_begin(frame.arguments[window.start : window.end]))
            acts.append(frame.act)
            types.append(frame.type)
            for name, values in relations(paragraphs, cues, first[-1], last[-1]).items():
                related[name].append(values)
    if not rows:
        return None
    return FrameBatch(
        rows=torch.tensor(rows),
        first=torch.tensor(first),
        last=torch.tensor(last),
        tags=torch.from_numpy(_pad(tags, length)),
        relations={name: torch.from_numpy(_pad(values, length)) for name, values in related.items()},
        lengths=torch.tensor([len(t) for t in tags]),
        acts=torch.tensor(acts),
        types=torch.tensor(types),
    )


def _begin(tags: Ints) -> Ints:
    """A span cut off by the window's start begins with it: inside tags are even, their beginnings one less."""
    if len(tags) and tags[0] and tags[0] % 2 == 0:
        tags = tags.copy()
        tags[0] -= 1
    return tags


def _pad(rows: Sequence[Ints], length: int) -> Ints:
    out = np.zeros((len(rows), length), dtype=np.int64)
    for row, values in zip(out, rows, strict=True):
        row[: len(values)] = values
    return out
