"""From text to frames: one encoder pass, then for each cue who, what, to whom and where, with act and probabilities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.statements.decode import TagSpan, best_tags, spans_of
from onrecord.statements.labels import ACT_TAGS, ARGUMENT_TAGS, CONVENTIONS, CUE_TAGS, FLAT_TAGS, TYPE_TAGS, Convention
from onrecord.statements.relations import relations
from onrecord.statements.weights import Floats, Model
from onrecord.statements.words import Ints, Window, Words, cut, window_inputs, windows
from onrecord.terms import Act, Span, SpeakerType

_WINDOWS_AT_ONCE = 16
"""Windows of one article that go through the encoder together. Articles never share a pass: quantisation looks at the
range of all it is given, so company would change the answer."""

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
    """Words ``[first, last]`` of a window."""

    first: int
    last: int
    probability: float


@dataclass(frozen=True, slots=True)
class _View:
    """What the encoder says of one window: ``parts`` [words of the window, projections]."""

    window: Window
    parts: Floats


class FrameReader:
    """Reads frames with one model. Holds nothing of the texts it has read."""

    def __init__(self, model: Model, cue_bias: float = 0.0) -> None:
        """``cue_bias`` is taken from the score of "no cue": above 0 finds more gold cues, below 0 surer ones."""
        self._model = model
        self._cue_bias = cue_bias

    def read(self, text: str, convention: Convention = "gold") -> list[Frame]:
        """Frames of a text in order of their cues."""
        (frames,) = self.read_both(text, (convention,))
        return frames

    def read_both(self, text: str, conventions: Sequence[Convention] = CONVENTIONS) -> list[list[Frame]]:
        """Frames in several conventions from one encoder pass."""
        words = cut(text, self._model.tokenizer)
        if not len(words):
            return [[] for _ in conventions]
        views = list(self._views(words))
        return [[frame for view in views for frame in self._frames(text, words, view, c)] for c in conventions]

    def flat_spans(self, text: str) -> list[tuple[str, Span]]:
        """PolNeAR's labels in one layer, name and span: what published tables measure."""
        words = cut(text, self._model.tokenizer)
        found = []
        for view in self._views(words) if len(words) else ():
            tags, _ = self._tags(view, "polnear")
            kept = range(view.window.keep_start - view.window.start, view.window.keep_end - view.window.start)
            found += [(s.name, self._span(words, view, s)) for s in spans_of(tags, FLAT_TAGS) if s.start in kept]
        return found

    def _views(self, words: Words) -> Iterator[_View]:
        cuts = windows(words, self._model.width, self._model.margin)
        for at in range(0, len(cuts), _WINDOWS_AT_ONCE):
            group = cuts[at : at + _WINDOWS_AT_ONCE]
            inputs = [window_inputs(words, window, self._model.width) for window in group]
            longest = max(len(i["pieces"]) for i in inputs)
            batch = {name: np.zeros((len(group), longest), dtype=np.int64) for name in inputs[0]}
            mask = np.zeros((len(group), longest), dtype=bool)
            for row, given in enumerate(inputs):
                mask[row, : len(given["pieces"])] = True
                for name, values in given.items():
                    batch[name][row, : len(values)] = values
            projected = self._model.project({**batch, "mask": mask})
            for row, window in enumerate(group):
                first = words.firsts[window.start : window.end] - words.firsts[window.start] + 1
                yield _View(window, projected[row, np.minimum(first, longest - 1)])

    def _part(self, view: _View, name: str) -> Floats:
        return view.parts[:, self._model.parts[name]]

    def _tags(self, view: _View, convention: Convention) -> tuple[Ints, float]:
        name, _ = _HEADS[convention]
        heads = self._model.heads
        emissions = self._part(view, _PARTS[convention])[None]
        if convention == "gold":
            emissions = emissions - np.array([self._cue_bias, 0.0, 0.0], dtype=np.float32)
        tags, score = best_tags(
            emissions, np.array([emissions.shape[1]]), heads[f"{name}_transitions"], heads[f"{name}_start"]
        )
        return tags[0], float(score[0])

    def _frames(self, text: str, words: Words, view: _View, convention: Convention) -> list[Frame]:
        cues = self._cues(view, convention)
        if not cues:
            return []
        kept = [c for c in cues if view.window.keep_start <= c.first + view.window.start < view.window.keep_end]
        if not kept:
            return []
        scores = self._argument_scores(words, view, cues, kept, convention)
        name = f"arguments_{convention}"
        lengths = np.full(len(kept), scores.shape[1])
        tags, logs = best_tags(
            scores, lengths, self._model.heads[f"{name}_transitions"], self._model.heads[f"{name}_start"]
        )
        acts, types = self._acts(view, kept, tags)
        return [
            self._frame(text, words, view, cue, tags[i], float(np.exp(logs[i])), acts[i], types[i])
            for i, cue in enumerate(kept)
        ]

    def _cues(self, view: _View, convention: Convention) -> list[_Cue]:
        tags, _ = self._tags(view, convention)
        emissions = self._part(view, _PARTS[convention])
        chances = _softmax(emissions)
        names = _HEADS[convention][1]
        begin = names.index("B-cue")
        return [
            _Cue(s.start, s.end - 1, float(chances[s.start, begin])) for s in spans_of(tags, names) if s.name == "cue"
        ]

    def _argument_scores(
        self, words: Words, view: _View, cues: Sequence[_Cue], kept: Sequence[_Cue], convention: Convention
    ) -> Floats:
        """[kept cues, words of the window, argument tags]."""
        heads = self._model.heads
        first, last = np.array([c.first for c in kept]), np.array([c.last for c in kept])
        starts = np.array([c.first for c in cues])
        paragraphs = words.paragraphs[view.window.start : view.window.end]
        convention_row = heads["arguments_convention_weight"][CONVENTIONS.index(convention)]
        cue = self._part(view, "cue_first")[first] + self._part(view, "cue_last")[last] + convention_row
        x = self._part(view, "word")[None] + cue[:, None]
        related = [relations(paragraphs, starts, c.first, c.last) for c in kept]
        for name in related[0]:
            x += heads[f"arguments_relations_{name}_weight"][np.stack([r[name] for r in related])]
        gate = self._part(view, "gate_word")[None] * self._part(view, "gate_cue")[first][:, None]
        joined = np.concatenate([_gelu(x), gate], axis=-1)
        hidden = _gelu(joined @ heads["arguments_hidden_weight"].T + heads["arguments_hidden_bias"])
        tag = f"arguments_tags_{convention}"
        scores: Floats = hidden @ heads[f"{tag}_weight"].T + heads[f"{tag}_bias"]
        return scores

    def _acts(self, view: _View, kept: Sequence[_Cue], tags: Ints) -> tuple[Floats, Floats]:
        """Probabilities of acts [cues, acts] and speaker types [cues, types]."""
        heads = self._model.heads
        first, last = np.array([c.first for c in kept]), np.array([c.last for c in kept])
        x = self._part(view, "act_cue")[first] + self._part(view, "act_last")[last]
        x = x + _mean_over(tags, "content") @ self._part(view, "act_content")
        x = _gelu(x + _mean_over(tags, "source") @ self._part(view, "act_source"))
        return (
            _softmax(x @ heads["acts_weight"].T + heads["acts_bias"]),
            _softmax(x @ heads["types_weight"].T + heads["types_bias"]),
        )

    def _frame(
        self,
        text: str,
        words: Words,
        view: _View,
        cue: _Cue,
        tags: Ints,
        probability: float,
        acts: Floats,
        types: Floats,
    ) -> Frame:
        spans: dict[str, list[Span]] = {"source": [], "content": [], "addressee": [], "venue": []}
        for found in spans_of(tags, ARGUMENT_TAGS):
            spans[found.name].append(self._span(words, view, found))
        return Frame(
            cue=self._span(words, view, TagSpan("cue", cue.first, cue.last + 1)),
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

    @staticmethod
    def _span(words: Words, view: _View, found: TagSpan) -> Span:
        at = view.window.start
        return Span(int(words.starts[at + found.start]), int(words.ends[at + found.end - 1]))


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
    begin = ARGUMENT_TAGS.index(f"B-{name}")
    chosen = ((tags == begin) | (tags == begin + 1)).astype(np.float32)
    out: Floats = chosen / np.maximum(chosen.sum(axis=1, keepdims=True), 1.0)
    return out
