"""Quotation marks of every kind, and what they make of a statement."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.statements.quotations import kind_of, quoted_spans
from onrecord.terms import Span


def quoted(text: str) -> list[str]:
    return [span.of(text) for span in quoted_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said “we will stay” and left.", ["“we will stay”"]),
        ('She said "we will stay" and "so will you."', ['"we will stay"', '"so will you."']),
        ("«Nous restons», dit-elle.", ["«Nous restons»"]),
        ("``We stay,'' she said.", ["``We stay,''"]),
        ("''We stay,'' she said.", ["''We stay,''"]),
        ("‘We won’t go,’ he said.", ["‘We won’t go,’"]),
        ("The voters' choice wasn't ours, in the '90s or now.", []),
        ("“We stay,” he said, “because ‘home’ is home.”", ["“We stay,”", "“because ‘home’ is home.”"]),
        ("“It never closes\n\nand a new paragraph.", ["“It never closes"]),
        ("“One paragraph\n\n“and the next one.”", ["“One paragraph", "“and the next one.”"]),
        ("closed” without an opening", []),
        ("He is 6'2\" tall, she said.", []),
    ],
)
def test_finds_quotations(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@given(st.text(alphabet="ab “”\"'‘’«»\n`"))
def test_spans_are_in_order_and_apart(text: str) -> None:
    spans = quoted_spans(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


def find(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("text", "cue", "content", "kind"),
    [
        ("“We stay,” Ada Quill said.", "said", ["“We stay,”"], "direct"),
        ("Ada Quill said the port would stay.", "said", ["the port would stay"], "indirect"),
        ("Ada Quill said reports were “pure fiction.”", "said", ["reports were “pure fiction.”"], "mixed"),
        ("Ada Quill said she read “Harbour Lights”.", "said", ["she read “Harbour Lights”"], "indirect"),
        ("“My rivals say the port is lost,” he said.", "say", ["the port is lost"], "indirect"),
        ("Talks\n\nShe wrote:\n\nThe port stays.\n\nHe left.", "wrote", ["The port stays."], "direct"),
        ("Talks\n\nQUILL: The port is not for sale.\n\nHe left.", ":", ["The port is not for sale."], "direct"),
    ],
)  # fmt: skip
def test_kind(text: str, cue: str, content: list[str], kind: str) -> None:
    assert kind_of(text, [find(text, words) for words in content], find(text, cue)) == kind
