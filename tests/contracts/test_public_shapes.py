"""What other programs rely on: names that can be imported and keys that are written. A change here is a new version."""

from __future__ import annotations

import onrecord
from onrecord.terms import (
    ACTS,
    KINDS,
    SPEAKER_TYPES,
    Article,
    Attribution,
    Denial,
    PageReply,
    Record,
    Reject,
    Span,
    Speaker,
    Statement,
    TimeExpression,
)

ARTICLE_KEYS = [
    *("id", "url", "outlet", "title", "byline", "credited_outlet", "credited_date", "posted_by", "published"),
    *("updated", "language", "section", "tags", "categories", "replies", "evidence", "text"),
]
STATEMENT_KEYS = [
    *("n", "kind", "act", "speaker", "speaker_span", "cue", "content", "said_on", "said_on_basis", "addressee"),
    *("venue", "within", "denies", "confidence", "confidences"),
]


def test_the_library_exports_these_names() -> None:
    assert sorted(onrecord.__all__) == [
        *("Article", "Page", "Record", "Reject", "Span", "Speaker", "Statement"),
        *("dates", "extract", "extract_many", "extract_sources", "read", "read_sources"),
    ]
    for name in onrecord.__all__:
        assert getattr(onrecord, name)


def test_an_article_is_written_with_these_keys() -> None:
    assert list(Article(id="a", text="Words.").to_dict()) == ARTICLE_KEYS


def test_a_statement_is_written_with_these_keys() -> None:
    statement = Statement(n=1, content=(Span(0, 5),), denies=Denial()).to_dict()
    assert list(statement) == STATEMENT_KEYS
    assert list(statement["speaker"]) == ["name", "type", "role"]
    assert list(statement["denies"]) == ["claim", "claimed_by"]
    assert statement["content"] == [[0, 5]]


def test_a_record_is_its_article_with_statements_and_the_model() -> None:
    assert list(Record(Article(id="a", text="Words."), ()).to_dict()) == [*ARTICLE_KEYS, "statements", "model"]


def test_the_smaller_forms() -> None:
    assert list(Attribution((), (), ()).to_dict()) == ["source", "cue", "content"]
    assert list(PageReply("Tove", "Thanks.").to_dict()) == ["name", "time", "text"]
    assert list(Reject("page.html", "is empty", "empty").to_dict()) == ["name", "url", "code", "reason", "can_retry"]
    assert list(TimeExpression(Span(0, 1), None).to_dict()) == ["start", "end", "value"]
    assert Speaker().to_dict() == {"name": None, "type": "person", "role": None}


def test_the_words_for_acts_kinds_and_speakers() -> None:
    assert (
        *("say", "claim", "deny", "confirm", "accuse", "demand", "promise", "warn", "ask", "support", "think"),
        *("report", "decline"),
    ) == ACTS
    assert KINDS == ("direct", "indirect", "mixed")
    assert SPEAKER_TYPES == ("person", "organization", "group", "document", "media")
