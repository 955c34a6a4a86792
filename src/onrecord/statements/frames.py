"""From text to frames: one encoder pass, then for each cue who, what, to whom and where, with act and probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.statements.decode import TagSpan, best_tags, marginals, spans_of
from onrecord.statements.labels import ACT_TAGS, ARGUMENT_TAGS, CONVENTIONS, CUE_TAGS, FLAT_TAGS, TYPE_TAGS, Convention
from onrecord.statements.relations import relations
from onrecord.statements.views import Group, groups
from onrecord.statements.weights import Floats, Model
from onrecord.statements.words import Ints
from onrecord.terms import Act, Span, SpeakerType

Booleans = npt.NDArray[np.bool_]

_HEADS = {"polnear": ("flat", FLAT_TAGS), "gold": ("cue", CUE_TAGS)}
_PARTS = {"polnear": "flat", "gold": "gold_cue"}


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue with its arguments, in code points of the text."""

    cue: Span
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    addressee: tuple[Span, ...]
    venue: tuple[Span, ...]
    act: Act
    type: SpeakerType
    act_probability: float
    cue_probability: float
    arguments_probability: float


@dataclass(frozen=True, slots=True)
class _Cue:
    """Words ``[first, last]`` of the ``row``-th window of a group."""

    row: int
    first: int
    last: int
    probability: float


class FrameReader:
    """Reads frames with one model. Holds nothing of the texts it has read."""

    def __init__(self, model: Model, cue_bias: float = 0.0, inner_bias: float = 0.0) -> None:
        """``cue_bias`` is taken from the score of "no cue": above 0 finds more gold cues, below 0 surer ones.

        ``inner_bias`` is taken from it too where a first reading found content: above 0 finds more nested statements.
        """
        self._model = model
        self._cue_bias = cue_bias
        self._inner_bias = inner_bias

    def read(self, text: str, convention: Convention = "gold") -> list[Frame]:
        """Frames of a text in order of their cues."""
        (frames,) = self.read_both(text, (convention,))
        return frames

    def read_both(self, text: str, conventions: Sequence[Convention] = CONVENTIONS) -> list[list[Frame]]:
        """Frames in several conventions from one encoder pass."""
        found: list[list[Frame]] = [[] for _ in conventions]
        for group in groups(text, self._model):
            for frames, convention in zip(found, conventions, strict=True):
                frames += self._frames(group, convention)
        return found

    def flat_spans(self, text: str) -> list[tuple[str, Span]]:
        """PolNeAR's labels in one layer, name and span: what published tables measure."""
        found = []
        for group in groups(text, self._model):
            for row, tags in enumerate(self._tags(group, "polnear")):
                found += [(s.name, group.span(row, s)) for s in spans_of(tags, FLAT_TAGS) if group.keeps(row, s.start)]
        return found

    def _crf(self, name: str) -> tuple[Floats, Floats]:
        return self._model.heads[f"{name}_transitions"], self._model.heads[f"{name}_start"]

    def _tags(self, group: Group, convention: Convention, inside: Booleans | None = None) -> Ints:
        """Tags of cues (and in PolNeAR's convention of all else), [windows, words]; ``inside``: words in contents."""
        emissions = group.part(_PARTS[convention])
        if convention == "gold":
            emissions = emissions.copy()
            emissions[:, :, 0] -= self._cue_bias
            if inside is not None:
                emissions[:, :, 0] -= self._inner_bias * inside
        return best_tags(emissions, group.lengths, *self._crf(_HEADS[convention][0]))[0]

    def _frames(self, group: Group, convention: Convention) -> list[Frame]:
        cues = self._cues(group, convention)
        kept, tags, logs = self._arguments(group, cues, convention)
        if self._inner_bias and convention == "gold" and kept:
            again = self._cues(group, convention, _inside(group, kept, tags))
            if again != cues:
                kept, tags, logs = self._arguments(group, again, convention)
        if not kept:
            return []
        acts, types = self._acts(group, kept, tags)
        chances = np.exp(logs)
        return [self._frame(group, cue, tags[i], float(chances[i]), acts[i], types[i]) for i, cue in enumerate(kept)]

    def _cues(self, group: Group, convention: Convention, inside: Booleans | None = None) -> list[_Cue]:
        head, names = _HEADS[convention]
        chances = marginals(group.part(_PARTS[convention]), group.lengths, *self._crf(head))
        begin = names.index("B-cue")
        return [
            _Cue(row, span.start, span.end - 1, float(chances[row, span.start, begin]))
            for row, tags in enumerate(self._tags(group, convention, inside))
            for span in spans_of(tags, names)
            if span.name == "cue"
        ]

    def _arguments(self, group: Group, cues: Sequence[_Cue], convention: Convention) -> tuple[list[_Cue], Ints, Floats]:
        """The cues that count in their window, their argument tags [cues, words], and how probable those are."""
        kept = [cue for cue in cues if group.keeps(cue.row, cue.first)]
        if not kept:
            return [], np.zeros((0, group.parts.shape[1]), dtype=np.int64), np.zeros(0, dtype=np.float32)
        scores = self._argument_scores(group, cues, kept, convention)
        lengths = group.lengths[[cue.row for cue in kept]]
        return kept, *best_tags(scores, lengths, *self._crf(f"arguments_{convention}"))

    def _argument_scores(
        self, group: Group, cues: Sequence[_Cue], kept: Sequence[_Cue], convention: Convention
    ) -> Floats:
        """[kept cues, words, argument tags]."""
        rows, first, last = _places(kept)
        related = [self._relations(group, [c for c in cues if c.row == cue.row], cue) for cue in kept]
        return self._model.argument_scores(
            {
                "word": group.part("word"),
                "gate_word": group.part("gate_word"),
                "rows": rows,
                "cue": group.part("cue_first")[rows, first] + group.part("cue_last")[rows, last],
                "gate_cue": group.part("gate_cue")[rows, first],
                "convention": np.array([CONVENTIONS.index(convention)]),
                **{name: np.stack([r[name] for r in related]) for name in related[0]},
            }
        )[:, :, CONVENTIONS.index(convention)]

    @staticmethod
    def _relations(group: Group, cues: Sequence[_Cue], cue: _Cue) -> dict[str, Ints]:
        window, longest = group.windows[cue.row], group.parts.shape[1]
        starts = np.array([c.first for c in cues])
        found = relations(group.words.paragraphs[window.start : window.end], starts, cue.first, cue.last)
        return {name: np.pad(values, (0, longest - len(values))) for name, values in found.items()}

    def _acts(self, group: Group, kept: Sequence[_Cue], tags: Ints) -> tuple[Floats, Floats]:
        """Probabilities of acts [cues, acts] and speaker types [cues, types]."""
        heads = self._model.heads
        rows, first, last = _places(kept)
        x = group.part("act_cue")[rows, first] + group.part("act_last")[rows, last]
        for name in ("content", "source"):
            x = x + np.einsum("fw,fwd->fd", _mean_over(tags, name), group.part(f"act_{name}")[rows])
        x = _gelu(x)
        return (
            _softmax(x @ heads["acts_weight"].T + heads["acts_bias"]),
            _softmax(x @ heads["types_weight"].T + heads["types_bias"]),
        )

    @staticmethod
    def _frame(group: Group, cue: _Cue, tags: Ints, probability: float, acts: Floats, types: Floats) -> Frame:
        spans: dict[str, list[Span]] = {"source": [], "content": [], "addressee": [], "venue": []}
        for found in spans_of(tags, ARGUMENT_TAGS):
            spans[found.name].append(group.span(cue.row, found))
        return Frame(
            cue=group.span(cue.row, TagSpan("cue", cue.first, cue.last + 1)),
            source=tuple(spans["source"]),
            content=tuple(spans["content"]),
            addressee=tuple(spans["addressee"]),
            venue=tuple(spans["venue"]),
            act=ACT_TAGS[int(acts.argmax())],
            type=TYPE_TAGS[int(types.argmax())],
            act_probability=float(acts.max()),
            cue_probability=cue.probability,
            arguments_probability=probability,
        )


def _places(cues: Sequence[_Cue]) -> tuple[Ints, Ints, Ints]:
    """Window, first and last word of each cue."""
    return np.array([c.row for c in cues]), np.array([c.first for c in cues]), np.array([c.last for c in cues])


def _inside(group: Group, kept: Sequence[_Cue], tags: Ints) -> Booleans:
    """Which words stand in a content, [windows, words]."""
    inside = np.zeros(group.parts.shape[:2], dtype=bool)
    for cue, row in zip(kept, _is(tags, "content"), strict=True):
        inside[cue.row] |= row
    return inside


def _is(tags: Ints, name: str) -> Booleans:
    begin = ARGUMENT_TAGS.index(f"B-{name}")
    found: Booleans = (tags == begin) | (tags == begin + 1)
    return found


def _gelu(x: Floats) -> Floats:
    """Gaussian error linear unit, with the error function to 2e-7 (Abramowitz and Stegun 7.1.26)."""
    z = np.abs(x) * np.float32(0.7071067811865476)
    t = 1.0 / (1.0 + np.float32(0.3275911) * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * np.float32(1.061405429)))))
    erf = np.copysign(1.0 - poly * np.exp(-z * z), x)
    out: Floats = (0.5 * x * (1.0 + erf)).astype(np.float32)
    return out


def _softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    out: Floats = e / e.sum(axis=-1, keepdims=True)
    return out


def _mean_over(tags: Ints, name: str) -> Floats:
    """Weights over words that sum to 1 where a sequence has the name, else to 0."""
    chosen = _is(tags, name).astype(np.float32)
    out: Floats = chosen / np.maximum(chosen.sum(axis=1, keepdims=True), 1.0)
    return out
