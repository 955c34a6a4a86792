"""Quotation marks as they really stand in news: where quoted words begin and end, and what that makes of a statement.

Curly, straight and angle marks, quotations that run over several paragraphs (each opening anew, only the last one
closing), marks that are never closed, marks closed that were never opened.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from onrecord.terms import Kind, Span

OPENING = "“„«"
CLOSING = "”»"
STRAIGHT = '"＂'
_MARK = re.compile(rf"[{OPENING}{CLOSING}{STRAIGHT}]|``|''")
_PARAGRAPH = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w+")


def quoted_spans(text: str) -> list[Span]:
    """Stretches inside double quotation marks, marks included, in order and apart from each other.

    A quotation that is still open where its paragraph ends stops there: the next paragraph opens with a mark of its
    own where the quotation goes on, as printers do.
    """
    return [span for found in _PARAGRAPH.finditer(text) for span in _in_paragraph(text, found.start(), found.end())]


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Span]:
    opened: int | None = None
    for mark in _MARK.finditer(text, start, end):
        if opened is None:
            if _opens(text, mark, start):
                opened = mark.start()
        elif mark.group() not in OPENING and mark.group() != "``":
            yield Span(opened, mark.end())
            opened = None
    if opened is not None:
        yield Span(opened, end)


def _opens(text: str, mark: re.Match[str], start: int) -> bool:
    sign = mark.group()
    if sign in OPENING or sign == "``":
        return True
    if sign in CLOSING or sign == "''":
        return False
    return mark.start() == start or not text[mark.start() - 1].isalnum()  # else an inch mark: 5'10"


def kind_of(text: str, content: Sequence[Span], quoted: Sequence[Span] | None = None) -> Kind:
    """``direct`` when all words of the content stand inside quotation marks, ``indirect`` when none do."""
    quoted = quoted_spans(text) if quoted is None else quoted
    starts = [span.start for span in quoted]
    inside = outside = 0
    for span in content:
        for word in _WORD.finditer(text, span.start, span.end):
            at = bisect_right(starts, word.start()) - 1
            if at >= 0 and word.start() < quoted[at].end:
                inside += 1
            else:
                outside += 1
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"
