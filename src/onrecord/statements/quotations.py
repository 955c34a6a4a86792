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
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=[\w“…])(?:[^\n‘’']|(?<=\w)[’'](?=\w)){2,400}+[’'](?![\w])")
"""Opening mark before a word, closing mark after one; apostrophes within words do not close."""
_PARAGRAPH = re.compile(r"[^\n]+")
_PARAGRAPH_END = re.compile(r"[ .]{0,2}(?:\n|\Z)")
_WORD = re.compile(r"\w+")
_LONGEST_NAME = 6
"""Words that a quoted name or title has at most."""


def quoted_spans(text: str) -> list[Span]:
    """Stretches inside quotation marks, marks included, in order and apart from each other.

    Single marks count outside double ones, as in British papers and headlines.

    A quotation that is still open where its paragraph ends stops there: the next paragraph opens with a mark of its
    own where the quotation goes on, as printers do.
    """
    found = []
    for paragraph in _PARAGRAPH.finditer(text):
        double = list(_in_paragraph(text, paragraph.start(), paragraph.end()))
        found += sorted([*double, *_single(text, paragraph.start(), paragraph.end(), double)])
    return found


def _single(text: str, start: int, end: int, double: Sequence[Span]) -> Iterator[Span]:
    """Single quotation marks with words between them, outside double ones."""
    edges = [start, *(edge for span in double for edge in (span.start, span.end)), end]
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        for found in _SINGLE.finditer(text, left, right):
            yield Span(*found.span())


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
    if sign in CLOSING:
        return False
    return mark.start() == start or not text[mark.start() - 1].isalnum()  # else an inch mark: 5'10"


def kind_of(text: str, content: Sequence[Span], cue: Span | None = None, quoted: Sequence[Span] | None = None) -> Kind:
    """``direct`` when all words of the content stand inside quotation marks, ``indirect`` when none do.

    A quotation that holds the cue too is somebody else's, who reports this statement: its marks do not count. Nor do
    marks around a name or title within a paraphrase. A block quotation or a turn of a transcript needs no marks.
    """
    quoted = quoted_spans(text) if quoted is None else quoted
    blocks = [span for span in content if _is_block(text, span, cue)]
    starts = [span.start for span in quoted]
    inside: dict[Span, list[str]] = {}
    outside = 0
    for span in content:
        for word in _WORD.finditer(text, span.start, span.end):
            at = bisect_right(starts, word.start()) - 1
            if at >= 0 and word.start() < quoted[at].end and not (cue and quoted[at].contains(cue)):
                inside.setdefault(quoted[at], []).append(word.group())
            elif span in blocks:
                inside.setdefault(span, []).append(word.group())
            else:
                outside += 1
    said = [words for words in inside.values() if not (outside and _is_name(words))]
    if not said:
        return "indirect"
    return "mixed" if outside else "direct"


def _is_name(words: Sequence[str]) -> bool:
    """Whether quoted words are a name or title: all begin with a capital or digit."""
    return len(words) <= _LONGEST_NAME and all(not word[0].islower() for word in words)


def _is_block(text: str, span: Span, cue: Span | None) -> bool:
    """Whether a span is quoted by where it stands: whole paragraphs without the cue, or all that follows a colon."""
    if cue is None or not _PARAGRAPH_END.match(text, span.end) or "\n" not in text[: span.start]:
        return False
    if text[cue.end - 1] == ":" and not text[cue.end : span.start].strip():
        return True
    opens = span.start == 0 or text[span.start - 1] == "\n"
    return opens and "\n" in text[min(cue.end, span.start) : max(cue.start, span.end)]
