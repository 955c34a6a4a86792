from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.search.filters import day_tokens, range_tokens
from onrecord.record.search.language import MAX_LENGTH, Days, Filter, Query, QueryError, Term, parse
from onrecord.record.words import folded_text, singular, tokens


def test_words_phrases_and_exclusions() -> None:
    query = parse('tankers "mine attack" -oil -"crude price" bomb*')
    assert query.terms == (Term(("tanker",)), Term(("mine", "attack")), Term(("bomb",), is_prefix=True))
    assert query.without == (Term(("oil",)), Term(("crude", "price")))


def test_filters() -> None:
    query = parse(
        'person:"Ada Quill" role:minister -act:say kind:direct denies:yes said:2019-05..2019-07 published:2020'
    )
    assert query.filters == (
        Filter("person", "Ada Quill"), Filter("role", "minister"), Filter("act", "say", True), Filter("kind", "direct"),
    )  # fmt: skip
    assert query.denies is True
    assert query.said == Days(date(2019, 5, 1), date(2019, 7, 31))
    assert query.published == Days(date(2020, 1, 1), date(2020, 12, 31))


def test_open_ranges() -> None:
    assert parse("said:2019..").said == Days(date(2019, 1, 1), None)
    assert parse("said:..2019-02").said == Days(None, date(2019, 2, 28))


def test_what_is_no_filter_is_words() -> None:
    assert parse("note:hello").terms == (Term(("note", "hello")),)
    assert parse("https://x.example/a").terms[0].tokens[0] == "http"


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("act:shout", "say, claim"),
        ("said:tomorrow", "said:2019-05..2019-07"),
        ("said:2020..2019", "earlier date first"),
        ("denies:maybe", "denies:yes"),
        ("published:", "published:2019-05"),
        ("said:2019-02-30", "said:2019-05"),
        ("a" * (MAX_LENGTH + 1), "Shorten"),
        ("person:", "value"),
    ],
)
def test_errors_name_the_cure(text: str, cure: str) -> None:
    with pytest.raises(QueryError, match=cure):
        parse(text)


@given(st.text(max_size=120))
def test_any_text_is_a_query_or_an_error_with_a_cure(text: str) -> None:
    try:
        query = parse(text)
    except QueryError:
        return
    assert isinstance(query, Query)
    for term in (*query.terms, *query.without):
        assert all(token.isalnum() for token in term.tokens)


@given(st.text(max_size=200))
def test_tokens_are_letters_and_digits_in_place(text: str) -> None:
    last = 0
    for token in tokens(text):
        assert token.text.isalnum()
        assert last <= token.start < token.end <= len(text)
        last = token.end


def test_folding() -> None:
    assert (
        folded_text("Iran’s Élysée tankers, l’accord O'Brien’s “policies”")
        == "iran elysee tanker l accord o brien policy"
    )
    assert folded_text("東京で会見") == "東 京 で 会 見"


@pytest.mark.parametrize(
    ("word", "stem"), [("ships", "ship"), ("bus", "bus"), ("press", "press"), ("stories", "story"), ("virus", "virus")]
)
def test_singular(word: str, stem: str) -> None:
    assert singular(word) == stem


_DAYS = st.dates(date(1999, 1, 1), date(2031, 12, 31))


@given(_DAYS, st.integers(0, 30), _DAYS, _DAYS)
def test_day_tokens_meet_exactly_where_the_days_overlap(first: date, length: int, start: date, end: date) -> None:
    last = date.fromordinal(first.toordinal() + length)
    start, end = sorted((start, end))
    overlaps = first <= end and start <= last
    assert bool(set(day_tokens("s", first, last)) & set(range_tokens("s", start, end))) == overlaps


@given(_DAYS, st.integers(31, 900), st.integers(1999, 2031), st.integers(1, 12))
def test_wide_dates_are_found_by_every_month_they_touch(first: date, length: int, year: int, month: int) -> None:
    last = date.fromordinal(first.toordinal() + length)
    touches = (first.year, first.month) <= (year, month) <= (last.year, last.month)
    one_day = date(year, month, 10)
    assert bool(set(day_tokens("s", first, last)) & set(range_tokens("s", one_day, one_day))) == touches
