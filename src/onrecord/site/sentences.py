"""The sentence that words stand in, for lists: "denied it" says nothing without the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.record.models import Statement
from onrecord.record.queries import Mark, Passage, with_surrounding_text
from onrecord.terms import PARAGRAPH_BREAK, Span

FEW_WORDS = 4
"""Words of content up to which a list shows the whole sentence instead."""
LONGEST = 400
"""Characters of a sentence that a list can bear."""

# A full stop after one of these ends no sentence, nor does one after a single capital letter ("J. Orrel", "U.S.").
_NO_END = r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bGen)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\b[A-Z])"
_END = re.compile(rf"{_NO_END}[.!?…]+[\"”’'»)\]]*(?=\s)|{PARAGRAPH_BREAK}")


def sentence_around(text: str, place: Span) -> Span | None:
    """The sentence, or sentences, that a stretch of a text lies in; ``None`` where it is too long for a list."""
    ends = [match.end() for match in _END.finditer(text)]
    start = max((end for end in ends if end <= place.start), default=0)
    end = min((end for end in ends if end >= place.end), default=len(text))
    while start < place.start and text[start].isspace():
        start += 1
    while end > place.end and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if end - start <= LONGEST else None


def in_sentences(statements: Iterable[Statement]) -> list[Statement]:
    """The statements of a list, ready for :func:`sentence_of`."""
    return with_surrounding_text(statements, FEW_WORDS)


def sentence_of(statement: Statement) -> Passage | None:
    """The sentence of a short statement with its content marked.

    ``None`` for a statement that has words enough, or that did not pass through :func:`in_sentences`.
    """
    if statement.nearby is None:
        return None
    start, text = statement.nearby
    spans = [Span(span.start - start, span.end - start) for span in statement.contents or (statement.extent,)]
    whole = Span(spans[0].start, spans[-1].end)
    if whole.start < 0 or whole.end > len(text):
        return None
    sentence = sentence_around(text, whole)
    if sentence is None:
        return None
    marks = [Mark(s.start - sentence.start, s.end - sentence.start, "content", statement.address) for s in spans]
    return Passage(start + sentence.start, sentence.of(text), tuple(marks))
