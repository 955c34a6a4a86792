"""Text with marks: overlapping marks cut into pieces that HTML can hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from onrecord.record.models import Statement
from onrecord.record.queries import Mark, Passage

CSS_CLASSES = {"content": "mark-content", "speaker": "mark-source", "cue": "mark-cue"}
LABELS = {
    "content": "content",
    "speaker": "source",
    "cue": "cue",
    "said_on": "time",
    "addressee": "addressee",
    "venue": "venue",
    "denied_claim": "what is denied",
    "denied_claim_by": "who had claimed it",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks."""

    text: str
    css: str
    """Classes of the marks over it, empty where there are none."""
    opens: tuple[str, ...] = ()
    """Labels of marks that begin here, for those who do not see the colours."""
    closes: bool = False
    """A mark ends here."""
    references: tuple[int, ...] = ()
    """Numbers of the statements whose content begins here."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article with the statements that begin in it."""

    pieces: list[Piece]
    notes: list[Statement] = field(default_factory=list)


def pieces(passage: Passage, numbers: dict[str, int] | None = None) -> list[Piece]:
    """Cut a passage wherever a mark begins or ends.

    Args:
        numbers: statement address -> its number, where references to the margin are wanted.
    """
    cuts = sorted({0, len(passage.text), *(m.start for m in passage.marks), *(m.end for m in passage.marks)})
    seen: set[str] = set()
    found = []
    for start, end in pairwise(cuts):
        over = [mark for mark in passage.marks if mark.start <= start and end <= mark.end]
        found.append(
            Piece(
                text=passage.text[start:end],
                css=_css(over),
                opens=tuple(LABELS[m.kind] for m in over if m.start == start and m.kind in CSS_CLASSES),
                closes=any(m.end == end and m.kind in CSS_CLASSES for m in over),
                references=_references(over, start, numbers or {}, seen),
            )
        )
    return found


def paragraphs(passages: Sequence[Passage], statements: Sequence[Statement]) -> list[Paragraph]:
    """An article's paragraphs, each with the statements that begin in it, for the margin."""
    numbers = {statement.address: statement.n for statement in statements}
    return [
        Paragraph(
            pieces(passage, numbers),
            [statement for statement in statements if passage.start <= statement.start < passage.end],
        )
        for passage in passages
    ]


def _css(over: list[Mark]) -> str:
    classes = {CSS_CLASSES.get(mark.kind, "mark-other") for mark in over}
    if sum(mark.kind == "content" for mark in over) > 1:
        classes.add("mark-nested")
    if len(classes) > 1:
        classes.discard("mark-other")
    return " ".join(sorted(classes))


def _references(over: list[Mark], start: int, numbers: dict[str, int], seen: set[str]) -> tuple[int, ...]:
    begin = [m.address for m in over if m.kind == "content" and m.start == start and m.address in numbers]
    fresh = [address for address in dict.fromkeys(begin) if address not in seen]
    seen.update(fresh)
    return tuple(numbers[address] for address in fresh)
