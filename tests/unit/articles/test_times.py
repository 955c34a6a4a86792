"""Times as pages write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.articles.times import later_than, read_time


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("2019-07-14T11:00:09.000Z", "2019-07-14T11:00:09Z"),
        ("2019-07-14T06:35:39+0000", "2019-07-14T06:35:39Z"),
        ("2019-07-14 02:24:00 UTC", "2019-07-14T02:24:00Z"),
        ("2019-07-14T08:38+05:30", "2019-07-14T08:38+05:30"),
        ("2019-07-14T08:38:09", "2019-07-14T08:38:09"),
        ("Tue Nov 19 2019 03:05:46 GMT+0000 (UTC)", "2019-11-19T03:05:46Z"),
        ("Sun, 14 Jul 2019 16:07:38 -0600", "2019-07-14T16:07:38-06:00"),
        ("November 19, 2019, 07:47 PM EST", "2019-11-19T19:47-05:00"),
        ("July 14, 2019 at 9:24 pm ET", "2019-07-14T21:24-04:00"),
        ("Nov. 18th 2019 8:54 am PT", "2019-11-18T08:54-08:00"),
        ("12:30 a.m. GMT, July 14, 2019", "2019-07-14T00:30Z"),
        ("Published 2:16 AM EST Nov 20, 2019", "2019-11-20T02:16-05:00"),
        ("November 20 15:23 2019", "2019-11-20T15:23"),
        ("21:17 18.11.2019", "2019-11-18T21:17"),
        ("11/20/19 6:38 AM", "2019-11-20T06:38"),
        ("20190714", "2019-07-14"),
        ("18 NOV 2019", "2019-11-18"),
        ("publiziert am 30. Juli 2018", "2018-07-30"),
        ("22 de outubro de 2010 às 20:13", "2010-10-22T20:13"),
        ("11 октября 2018", "2018-10-11"),
        ("2019年11月3日 12:30", "2019-11-03T12:30"),
        ("Maret 30, 2015", "2015-03-30"),
        ("1563091200", "2019-07-14T08:00:00Z"),
        ("1563091200000", "2019-07-14T08:00:00Z"),
    ],
)
def test_reads_what_newsrooms_write(words: str, meant: str) -> None:
    assert str(read_time(words)) == meant


@pytest.mark.parametrize(
    "words", ["", "yesterday", "0001-01-01T00:00:00Z", "2019-02-30", "99/99/2019", "1 day ago", None]
)
def test_says_nothing_where_no_day_is_given(words: str | None) -> None:
    assert read_time(words) is None


@pytest.mark.parametrize(
    ("language", "day"), [("en-US", date(2019, 3, 4)), ("en-GB", date(2019, 4, 3)), (None, date(2019, 3, 4))]
)
def test_the_language_settles_slashes(language: str | None, day: date) -> None:
    when = read_time("03/04/2019", language=language)
    assert when is not None
    assert when.day == day


def test_later_by_less_than_a_second_is_not_later() -> None:
    first, second = read_time("2019-07-14T10:00:00.900Z"), read_time("2019-07-14T10:00:01.100Z")
    assert first is not None
    assert second is not None
    assert not later_than(second, first)


@given(st.text(max_size=400))
def test_any_text_is_a_time_or_none(words: str) -> None:
    when = read_time(words)
    assert when is None or str(when)[:4].isdigit()


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2099, 1, 1)))
def test_iso_comes_back_as_it_went_in(moment: datetime) -> None:
    words = moment.isoformat(timespec="seconds")
    assert str(read_time(words)) == words
