"""Articles that come ready."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.articles import read_article
from onrecord.errors import PageError
from onrecord.terms import Article, Page, PageReply


def read(value: Any) -> Article:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return read_article(Page(body, "articles.jsonl line 3", media_type="application/json"))


def test_fields_and_evidence() -> None:
    article = read({
        "id": "a1", "url": "https://quaynews.example/a", "outlet": "Quay News", "title": "Ferry",
        "published": "2019-07-14", "text": "A.\n\nB.",
        "byline": ["Mira Sund"], "tags": None, "replies": [{"name": "Tove", "text": "Fine."}],
    })  # fmt: skip
    assert (article.id, article.text, article.byline, article.tags) == ("a1", "A.\n\nB.", ("Mira Sund",), ())
    assert article.replies == (PageReply("Tove", "Fine."),)
    assert article.evidence["title"] == "given"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_is_taken_to_the_letter(text: str) -> None:
    assert read({"id": "a", "text": text}).text == text


def test_a_missing_id_is_made_and_stays_the_same() -> None:
    first, second = read({"text": "x"}), read({"text": "x"})
    assert first.id == second.id != ""


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        (b"{", "not_json", "one object for each line"),
        (b"\xff\xfe", "not_json", "UTF-8"),
        (b"[" * 200_000, "not_json", "JSON"),
        ([1], "not_article", "list"),
        ({"title": "x"}, "wrong_field", '"text" is missing'),
        ({"text": 3}, "wrong_field", "number"),
        ({"text": "x", "title": ["a"]}, "wrong_field", '"title" is list'),
        ({"text": "x", "byline": [1]}, "wrong_field", "list of texts"),
        ({"text": "x", "id": {}}, "wrong_field", '"id" is object'),
        ({"text": "x", "replies": ["hm"]}, "wrong_field", "replies"),
        (b'{"text": "\\ud800"}', "wrong_field", "surrogate"),
    ],
)
def test_errors_name_the_field_and_the_cure(value: Any, code: str, words: str) -> None:
    with pytest.raises(PageError, match=r"articles\.jsonl line 3") as caught:
        read(value)
    assert caught.value.code == code
    assert words in str(caught.value)
