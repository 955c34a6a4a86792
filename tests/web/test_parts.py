"""Small parts of the site on their own: dates in words, links, marks, periods, citations, the secret key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from factories import make_article, make_statement, make_story
from onrecord.record.models import Statement
from onrecord.record.queries import Mark, Passage, passages_of
from onrecord.site import citing, edtf
from onrecord.site.links import text_fragment_url
from onrecord.site.marking import pieces
from onrecord.site.searching import query_text
from onrecord.site.secret_key import secret_key
from onrecord.site.templatetags.reading import quoted
from onrecord.site.timeline import Period, read_period, timeline, within


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2019-07-14", "14 July 2019"),
        ("2019-04", "April 2019"),
        ("2019", "2019"),
        ("2019-11-11/2019-11-17", "11–17 November 2019"),
        ("2019-04-29/2019-05-03", "29 April – 3 May 2019"),
        ("2018-12/2019-02", "December 2018 – February 2019"),
        ("2019-05/..", "since May 2019"),
        ("../2019", "until 2019"),
        ("2019-23", "autumn 2019"),
        ("201X", "the 2010s"),
        ("19XX", "the 1900s"),
        ("2019~", "about 2019"),
        ("2019-99", "2019-99"),
        ("no date", "no date"),
    ],
)
def test_dates_read_as_people_write_them(value: str, words: str) -> None:
    assert edtf.in_words(value) == words


def test_overlapping_marks_become_pieces_that_give_back_the_text() -> None:
    passage = Passage(
        10,
        "He denied that they met.",
        (
            Mark(0, 2, "speaker", "a"),
            Mark(3, 9, "cue", "a"),
            Mark(10, 24, "content", "a"),
            Mark(15, 23, "content", "b"),
        ),
    )
    found = pieces(passage, {"a": 1, "b": 2})
    assert "".join(piece.text for piece in found) == passage.text
    assert [(piece.text, piece.css) for piece in found if piece.css] == [
        ("He", "mark-source"),
        ("denied", "mark-cue"),
        ("that ", "mark-content"),
        ("they met", "mark-content mark-nested"),
        (".", "mark-content"),
    ]
    assert [piece.references for piece in found if piece.references] == [(1,), (2,)]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("2019", "2019"),
        ("2019-07", "2019-07"),
        ("2019-07-14", "2019-07-14"),
        ("2019-13", ""),
        ("2019-02-30", ""),
        ("0000", ""),
        ("x", ""),
        (None, ""),
    ],
)
def test_a_period_is_a_year_a_month_a_day_or_all_time(words: str | None, key: str) -> None:
    assert read_period(words).key == key


def test_a_period_knows_its_ends_and_what_is_around_it() -> None:
    july = Period(2019, 7)
    assert (july.first, july.last) == (date(2019, 7, 1), date(2019, 7, 31))
    assert [period.label for period in july.wider] == ["All years", "2019"]


@pytest.mark.django_db
def test_the_timeline_counts_every_dated_statement_once_at_every_zoom() -> None:
    make_story()
    everything = Statement.objects.filter(article__original=None)
    whole = timeline(everything, Period())
    assert whole.statements == everything.count()
    assert whole.denials == everything.filter(denies=True).count()
    for step in whole.told:
        assert within(everything, step.period).count() == step.statements
        assert timeline(everything, step.period).statements == step.statements


@pytest.mark.django_db
def test_a_record_of_many_years_opens_in_years_and_a_stray_date_does_not_squeeze_it() -> None:
    article = make_article(published="2031-07-13")
    for said_on in ("0900-01-01", "2020-05-01", "2031-07-13"):
        make_statement(article, said_on=said_on)
    chart = timeline(Statement.objects.all(), Period())
    assert chart.scale == "year"
    assert len(chart.bars) == 60


@pytest.mark.django_db
def test_a_text_fragment_escapes_what_has_a_meaning_there() -> None:
    words = "“Well-known, plain & simple - that is what it was, and so it stays for ever”"
    article = make_article(text=f"Ada Quill said: {words}.", url="https://news.example/a#top")
    url = text_fragment_url(make_statement(article, words, "Ada Quill"))
    assert url.startswith("https://news.example/a#:~:text=")
    directive = url.partition("text=")[2]
    assert directive.count(",") == 1
    assert "-" not in directive
    assert "&" not in directive


@pytest.mark.django_db
def test_citations_keep_names_as_they_are_and_escape_tex() -> None:
    statement = make_statement(
        make_article(title="Profit & loss_100%", text="Ada Quill said: “{All} of it”."),
        "“{All} of it”",
        "Ada Quill",
        said_on="2031-07-13",
    )
    found = citing.cite(statement)
    assert found.apa.startswith("Ada Quill. (2031, July 13). {All} of it [Statement reported in “Profit & loss_100%”")
    assert "July 13, 2031" in found.chicago
    assert r"Profit \& loss\_100\%" in found.bibtex
    assert r"\{All\} of it" in found.bibtex


@pytest.mark.django_db
def test_a_statement_without_content_still_has_words_to_click() -> None:
    statement = make_statement()
    statement.words = ""
    assert quoted(statement) == "Tomas Orrel said …"


def test_the_search_form_becomes_one_query() -> None:
    fields = {"q": "tanker -oil", "person": 'Ada "A" Quill', "act": "deny", "said_from": "2019-05", "denies": "yes"}
    assert query_text(fields) == 'tanker -oil person:"Ada A Quill" act:deny said:2019-05.. denies:yes'


@pytest.mark.django_db
def test_a_passage_shows_the_paragraph_with_source_cue_and_content() -> None:
    (passage,) = passages_of(make_statement())
    assert {mark.kind for mark in passage.marks} == {"speaker", "cue", "content"}


def test_the_secret_key_is_made_once_for_the_owner_alone(tmp_path: Path) -> None:
    key = secret_key("", tmp_path)
    assert len(key) > 50
    assert secret_key("", tmp_path) == key
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
    assert secret_key("given", tmp_path) == "given"
    assert secret_key("", tmp_path / "nowhere") != key
