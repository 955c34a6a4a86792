"""Where things stand in a text: tokens, sentences and paragraphs by offset."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from onrecord.statements.dates.find import TimeMention, find_mentions
from onrecord.statements.dates.lexicon import Token, tokenize
from onrecord.statements.dates.periods import span_periods
from onrecord.terms import Span

MOST_MENTIONS = 2000
"""Expressions of one text that statements are compared with; a text with more is a table or an attack."""

_SENTENCE_END = re.compile(r"[.!?][”\"’')\]]{0,3}\s+(?=[“\"‘'(\[`]{0,3}[A-Z0-9])|\n\s*\n\s*")
_NO_END = frozenset(
    "mr mrs ms dr sen rep gov gen col lt sgt capt adm prof rev hon pres st jr sr vs inc corp co ltd u.s u.n u.k d.c "
    "jan feb mar apr jun jul aug sep sept oct nov dec no a.m p.m i.e e.g atty messrs fla calif mass conn ill ore wash "
    "n.y n.j n.h".split()
)
_LAST_WORD = re.compile(r"[\w.]*\w$")
_RANGE_WORDS = frozenset(("to", "through", "thru", "until", "till", "-", "–", "—"))


@dataclass(frozen=True, slots=True)
class Layout:
    """A text, cut once for all statements in it."""

    text: str
    tokens: Sequence[Token]
    token_starts: Sequence[int]
    sentence_starts: Sequence[int]
    paragraph_starts: Sequence[int]
    mentions: Sequence[TimeMention] = field(default_factory=tuple)

    @classmethod
    def of(cls, text: str, published: date | None) -> Layout:
        tokens = tokenize(text)
        return cls(
            text,
            tokens,
            [token.start for token in tokens],
            _sentence_starts(text),
            [0, *(match.end() for match in re.finditer(r"\n\s*\n\s*", text))],
            _with_ranges(find_mentions(tokens, published)[:MOST_MENTIONS], tokens),
        )

    def token_at(self, offset: int) -> int:
        """Index of the token that holds an offset, or of the last one before it."""
        return max(0, bisect_right(self.token_starts, offset) - 1)

    def sentence_at(self, offset: int) -> int:
        return bisect_right(self.sentence_starts, offset) - 1

    def paragraph_at(self, offset: int) -> int:
        return bisect_right(self.paragraph_starts, offset) - 1

    def tokens_between(self, start: int, end: int) -> Sequence[Token]:
        """Tokens that begin in ``[start, end)``."""
        return self.tokens[bisect_right(self.token_starts, start - 1) : bisect_right(self.token_starts, end - 1)]


def _sentence_starts(text: str) -> list[int]:
    starts = [0]
    for match in _SENTENCE_END.finditer(text):
        if text[match.start()] == ".":
            last = _LAST_WORD.search(text, max(0, match.start() - 12), match.start())
            word = last[0].lower() if last else ""
            if word in _NO_END or len(word) == 1:
                continue
        starts.append(match.end())
    return starts


def _with_ranges(mentions: Sequence[TimeMention], tokens: Sequence[Token]) -> list[TimeMention]:
    """Join ``Thursday`` and ``Monday`` of ``Thursday through Monday``, ``from Feb. 11 to Feb. 16``, to one stretch."""
    joined: list[TimeMention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        whole = _range(before, mention, tokens) if before else None
        if whole is not None:
            joined[-1] = whole
        else:
            joined.append(mention)
    return joined


def _range(start: TimeMention, end: TimeMention, tokens: Sequence[Token]) -> TimeMention | None:
    between = [token.word for token in tokens[start.end_token : end.first_token]]
    opened = tokens[start.first_token - 1].word if start.first_token else ""
    is_range = len(between) == 1 and (between[0] in _RANGE_WORDS or (between[0] == "and" and opened == "between"))
    if not is_range or start.past is None or end.past is None:
        return None
    period = span_periods(start.past, end.past)
    if period is None:
        return None
    span = Span(start.span.start, end.span.end)
    return TimeMention(span, "range", period, period, start.first_token, end.end_token)
