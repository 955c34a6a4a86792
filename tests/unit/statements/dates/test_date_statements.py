"""Statements get the date of the words beside them, or of the occasion they belong to, or none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.errors import ModelError
from onrecord.statements.dates import date_statements, ranker
from onrecord.terms import Article, Span, Speaker, Statement

# An invented article about invented people.
TEXT = (
    "Harbour talks stall\n\n"
    "VARNA — Transport Minister Ada Quill said on Monday that the port would not be sold.\n\n"
    "“Nobody has made an offer,” she said. “Nobody will.”\n\n"
    "The dockers’ union told reporters on Friday that it feared for 400 jobs."
)


def span(words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def article(published: str | None = "2021-03-10") -> Article:
    return Article("harbour", TEXT, published=published)


def statements() -> list[Statement]:
    minister = Speaker("Ada Quill", "person", "Transport Minister")
    return [
        Statement(
            1, (span("that the port would not be sold"),), span("said"), span("Transport Minister Ada Quill"),
            speaker=minister,
        ),
        Statement(
            2, (span("“Nobody has made an offer,”"), span("“Nobody will.”")), span("said", 1), span("she"), "direct",
            speaker=minister,
        ),
        Statement(
            3, (span("that it feared for 400 jobs"),), span("told"), span("The dockers’ union"),
            speaker=Speaker("dockers’ union", "organization"),
        ),
    ]  # fmt: skip


def test_words_beside_the_cue_date_a_statement() -> None:
    first, _, third = date_statements(article(), statements())
    assert (first.said_on, first.said_on_basis) == ("2021-03-08", span("on Monday"))
    assert (third.said_on, third.said_on_basis) == ("2021-03-05", span("on Friday"))


def test_a_quotation_that_goes_on_inherits_the_occasion() -> None:
    second = date_statements(article(), statements())[1]
    assert (second.said_on, second.said_on_basis) == ("2021-03-08", "inherited")


def test_every_date_has_a_probability_and_other_confidences_stay() -> None:
    first = statements()[0]
    [dated] = date_statements(article(), [Statement(first.n, first.content, first.cue, confidences={"act": 0.5})])
    assert dated.confidences["act"] == 0.5
    assert 0 <= dated.confidences["said_on"] <= 1


def test_an_undated_article_leaves_every_statement_undated() -> None:
    text = "Ada Quill said that the port would not be sold."
    only = Statement(1, (Span(15, 47),), Span(10, 14), Span(0, 9), speaker=Speaker("Ada Quill"))
    [dated] = date_statements(Article("a", text, published="2021-03-10"), [only])
    assert (dated.said_on, dated.said_on_basis) == (None, None)


def test_without_publication_a_weekday_is_no_date() -> None:
    assert [dated.said_on for dated in date_statements(article(None), statements())] == [None, None, None]


def test_a_statement_is_never_dated_after_publication() -> None:
    text = "Ada Quill said on April 5, 2030 that the port would be sold."
    only = Statement(1, (Span(32, 59),), Span(10, 14), Span(0, 9), speaker=Speaker("Ada Quill"))
    [dated] = date_statements(Article("a", text, published="2021-03-10"), [only])
    assert dated.said_on is None


def test_statements_without_cue_content_or_speaker_do_no_harm() -> None:
    bare = [Statement(1, ()), Statement(2, (), span("told")), Statement(3, (span("“Nobody will.”"),), within=9)]
    assert [dated.n for dated in date_statements(article(), bare)] == [1, 2, 3]
    assert date_statements(article(), []) == []


@pytest.mark.parametrize("words", ["{", "[]", json.dumps({"format": "another"})])
def test_damaged_weights_say_how_to_cure_them(words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "weights.json").write_text(words, encoding="utf-8")
    monkeypatch.setattr(ranker, "files", lambda package: tmp_path)
    with pytest.raises(ModelError, match="Install onrecord again"):
        ranker.load_rankers.__wrapped__()


def test_the_shipped_weights_are_read_once() -> None:
    assert ranker.load_rankers() is ranker.load_rankers()
    assert ranker.load_rankers().own.weights["none"] > 0
