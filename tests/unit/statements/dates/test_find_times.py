"""Time expressions are found and mean what a reader would say they mean."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.statements.dates import find_times

PUBLISHED = "2021-03-10"  # a Wednesday


def only_value(text: str, published: str | None = PUBLISHED) -> str | None:
    found = find_times(text, published)
    assert len(found) == 1, [time.span.of(text) for time in found]
    return found[0].value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("on 2019-06-05", "2019-06-05"),
        ("on June 5, 2019", "2019-06-05"),
        ("on 5 June 2019", "2019-06-05"),
        ("on the 5th of June, 2019", "2019-06-05"),
        ("on Wednesday, June 5, 2019,", "2019-06-05"),
        ("on 13/6/19", "2019-06-13"),
        ("on 6/13/2019", "2019-06-13"),
        ("on Nov. 3", "2020-11-03"),
        ("on Sept. 11, 2001", "2001-09-11"),
        ("on March 8", "2021-03-08"),
        ("from Feb. 3 to 5", "2021-02-03/2021-02-05"),
        ("Feb. 3-5", "2021-02-03/2021-02-05"),
        ("at 5 p.m. EST on Feb. 6", "2021-02-06"),
    ],
)
def test_days_are_read_in_every_form(words: str, value: str) -> None:
    assert only_value(f"The council met {words} in Varna.") == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("on Wednesday", "2021-03-10"),
        ("on Monday night", "2021-03-08"),
        ("on Friday", "2021-03-05"),
        ("last Monday", "2021-03-08"),
        ("last Wednesday", "2021-03-03"),
        ("next Tuesday", "2021-03-16"),
        ("on Tuesday of last week", "2021-03-02"),
        ("yesterday", "2021-03-09"),
        ("late yesterday", "2021-03-09"),
        ("this morning", "2021-03-10"),
        ("last night", "2021-03-09"),
        ("two days ago", "2021-03-08"),
    ],
)
def test_days_count_from_publication(words: str, value: str) -> None:
    assert only_value(f"The council met {words}.") == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("last week", "2021-03-01/2021-03-07"),
        ("earlier this week", "2021-03-08/2021-03-14"),
        ("over the weekend", "2021-03-06/2021-03-07"),
        ("two weeks ago", "2021-02-22/2021-02-28"),
        ("late February", "2021-02"),
        ("earlier in February", "2021-02"),
        ("in mid-November", "2020-11"),
        ("last May", "2020-05"),
        ("in May 2018", "2018-05"),
        ("in January last year", "2020-01"),
        ("last month", "2021-02"),
        ("three months ago", "2020-12"),
        ("in 2016", "2016"),
        ("two years ago", "2019"),
        ("in the third quarter of 2018", "2018-07/2018-09"),
        ("in the last half of 1989", "1989-07/1989-12"),
        ("in the summer of 2015", "2015-06/2015-08"),
        ("last fall", "2020-09/2020-11"),
        ("in the late 1990s", "199X"),
        ("in the ’80s", "198X"),
        ("in the 19th century", "18XX"),
        ("in fiscal 2017", "2017"),
        ("last Christmas", "2020-12-25"),
        ("on Thanksgiving Day", "2020-11-26"),
    ],
)
def test_longer_times_are_as_coarse_as_the_words(words: str, value: str) -> None:
    assert only_value(f"The harbour was sold {words}.") == value


@pytest.mark.parametrize(
    "text",
    [
        "The fleet has 2000 people and $1998 in cash.",
        "Theresa May said that sales may march on.",
        "He wrote it for the Sunday Times and Saturday Night Live.",
        "They waited for two years and met every Friday.",
        "Now, recently, one day, in the coming years.",
        "A 60-year-old man in his 30s.",
    ],
)
def test_other_words_are_no_time(text: str) -> None:
    assert find_times(text, PUBLISHED) == []


def test_the_words_around_tell_what_is_to_come() -> None:
    assert only_value("The council will meet on Friday.") == "2021-03-12"
    assert only_value("The council met on Friday.") == "2021-03-05"
    assert only_value("Voters go to the polls in May and they will decide.") == "2021-05"


def test_the_story_moves_on_from_the_day_it_has_named() -> None:
    text = "The strike began on Feb. 4. A day later, the port closed."
    assert [time.value for time in find_times(text, PUBLISHED)] == ["2021-02-04", "2021-02-05"]


def test_the_day_of_publication_is_the_page_s_own() -> None:
    assert only_value("He resigned yesterday.", "2021-03-10T00:30:00+02:00") == "2021-03-09"


def test_without_publication_only_full_dates_have_a_value() -> None:
    text = "He resigned on Sunday after the vote of May 4, 2018."
    assert [(time.span.of(text), time.value) for time in find_times(text)] == [
        ("Sunday", None),
        ("May 4, 2018", "2018-05-04"),
    ]


def test_numbers_are_read_as_the_text_writes_them_elsewhere() -> None:
    text = "Signed 6/5/2019, sealed 25/5/2019."
    assert [time.value for time in find_times(text, PUBLISHED)] == ["2019-05-06", "2019-05-25"]


@pytest.mark.parametrize(
    "words", ["Feb. 30, 2019", "31/31/2019", "the year 0000", "9999 centuries ago", "999 decades ago"]
)
def test_what_is_not_in_the_calendar_does_no_harm(words: str) -> None:
    for found in find_times(f"It was {words}.", PUBLISHED):
        assert found.value is None or EDTF.fullmatch(found.value)


EDTF = re.compile(r"(\d{4}(-\d\d){0,2})(/\d{4}(-\d\d){0,2})?|\d{3}X|\d\dXX")
PIECES = st.sampled_from(
    "the last next this May March on in of Monday weekend quarter year years ago two third 5 31 1998 ’98 1990s , . - "
    "’s "
    "a.m. 12:30 first half before after yesterday night 6/5/19 2019-02-30 Christmas Eve \n\n century each fiscal".split(
        " "
    )
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(PIECES | st.text(max_size=4), max_size=25),
    st.sampled_from([None, PUBLISHED, "0001-01-01", "9999-12-31", "soon"]),
)
def test_any_text_gives_ordered_spans_and_edtf(pieces: list[str], published: str | None) -> None:
    text = " ".join(pieces)
    end = 0
    for found in find_times(text, published):
        assert end <= found.span.start < found.span.end <= len(text)
        assert found.value is None or EDTF.fullmatch(found.value)
        end = found.span.end


HOSTILE = ("1998 ", "the last ", "5 ", "a", "May ", "\n", "\n ", ". ", "12:", "1,000", "’98s", "9/9/", "two ")


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_length_of_hostile_text_only(piece: str) -> None:
    assert _seconds(piece * (160_000 // len(piece))) < 12 * _seconds(piece * (40_000 // len(piece))) + 0.1


def _seconds(text: str) -> float:
    begun = time.process_time()
    find_times(text, PUBLISHED)
    return time.process_time() - begun


@pytest.mark.slow
def test_a_hostile_megabyte_is_read_in_seconds() -> None:
    assert _seconds("".join(HOSTILE) * (1_000_000 // len("".join(HOSTILE)))) < 30


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The port might close as early as Friday.", "2021-03-12"),
        ("He will succeed Daniel P. Quill Aug. 2.", "2021-08-02"),
        ("A vote would be held on Sept. 9.", "2021-09-09"),
        ("The clerk was shot on the night of June 5.", "2020-06-05"),
        ("The fiscal year ended July 31.", "2020-07-31"),
    ],
)
def test_the_words_around_tell_a_coming_day_from_one_past(sentence: str, value: str) -> None:
    assert only_value(sentence) == value


def test_a_coming_day_keeps_off_the_year_that_a_sentence_named() -> None:
    found = find_times("Varna, which joined in July 2017, will vote on March 12.", PUBLISHED)
    assert [time.value for time in found] == ["2017-07", "2021-03-12"]


def test_the_following_month_counts_from_the_month_that_was_named() -> None:
    found = find_times("The board met in November 2020. The following month it sold the port.", PUBLISHED)
    assert [time.value for time in found] == ["2020-11", "2020-12"]


def test_figures_of_nine_months_are_compared_with_the_year_before() -> None:
    quarter = "Profit fell in the fourth quarter of 2020. In the first nine months it was twice that of a year earlier."
    assert [time.value for time in find_times(quarter, PUBLISHED)] == ["2020-10/2020-12", "2020"]


@pytest.mark.parametrize("words", ["USA TODAY asked 900 voters.", "India Today reported a quarter-to-quarter fall."])
def test_names_of_papers_are_no_times(words: str) -> None:
    assert find_times(words, PUBLISHED) == []
