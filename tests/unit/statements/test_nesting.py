"""Statements inside the content of others."""

from __future__ import annotations

from onrecord.statements.nesting import nest
from onrecord.terms import Span, Statement

#       0         1         2         3         4         5
#       012345678901234567890123456789012345678901234567890123456789
TEXT = "Quill denied reports alleging that Orr said the port is lost."


def statement(n: int, cue: str, content: str) -> Statement:
    return Statement(n=n, cue=_find(cue), content=(_find(content),))


def _find(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def test_each_lies_within_the_smallest_that_holds_it() -> None:
    outer = statement(1, "denied", "reports alleging that Orr said the port is lost")
    middle = statement(2, "alleging", "that Orr said the port is lost")
    inner = statement(3, "said", "the port is lost")
    assert [s.within for s in nest([outer, middle, inner])] == [None, 1, 2]


def test_side_by_side_lie_within_none() -> None:
    assert [s.within for s in nest([statement(1, "denied", "reports"), statement(2, "said", "the port is lost")])] == [
        None,
        None,
    ]


def test_a_statement_without_cue_or_content_lies_within_none() -> None:
    outer = statement(1, "denied", "reports alleging that Orr said the port is lost")
    declined = Statement(n=2, cue=_find("said"), content=())
    bare = Statement(n=3, cue=None, content=(_find("the port is lost"),))
    assert [s.within for s in nest([outer, declined, bare])] == [None, None, None]
