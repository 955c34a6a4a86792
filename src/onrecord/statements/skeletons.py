"""From frames to statements in order: spans, kind and act, before anyone is named or dated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.statements.acts import act_of
from onrecord.statements.frames import Frame
from onrecord.statements.nesting import nest
from onrecord.statements.quotations import kind_of, quoted_spans
from onrecord.terms import Attribution, Span, Speaker, Statement


def skeletons(text: str, frames: Sequence[Frame]) -> list[Statement]:
    """Statements with everything that frames and quotation marks tell, numbered in order of their first span."""
    quoted = quoted_spans(text)
    found = [_statement(text, frame, quoted) for frame in frames]
    found = [statement for statement in found if statement.content or statement.act == "decline"]
    found.sort(key=lambda s: (s.extent.start, s.extent.end, s.cue or Span(0, 0)))
    return nest([replace(statement, n=n) for n, statement in enumerate(found, start=1)])


def _statement(text: str, frame: Frame, quoted: Sequence[Span]) -> Statement:
    act, act_probability = act_of(frame.cue.of(text), frame.act, frame.act_probability)
    return Statement(
        n=1,
        content=frame.content,
        cue=frame.cue,
        speaker_span=_nearest(frame.source, frame.cue),
        kind=kind_of(text, frame.content, frame.cue, quoted),
        act=act,
        speaker=Speaker(type=frame.type),
        addressee=_nearest(frame.addressee, frame.cue),
        venue=_nearest(frame.venue, frame.cue),
        confidences={
            "cue": frame.cue_probability,
            "spans": frame.arguments_probability,
            "act": act_probability,
        },
    )


def _nearest(spans: Sequence[Span], cue: Span) -> Span | None:
    """Of several spans of one part, the one that stands closest to the cue."""
    return min(spans, key=lambda s: (max(s.start - cue.end, cue.start - s.end), s.start), default=None)


def attributions(frames: Sequence[Frame]) -> list[Attribution]:
    """Frames in PolNeAR's conventions as raw attributions; those without content are none."""
    return [Attribution(frame.source, (frame.cue,), frame.content) for frame in frames if frame.content]
