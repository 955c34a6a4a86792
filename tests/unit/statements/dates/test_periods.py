"""Calendar periods and their EDTF."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.statements.dates import periods


def test_a_winter_runs_into_the_next_year() -> None:
    assert periods.season_period(2019, "winter").edtf == "2019-12/2020-02"


def test_months_and_quarters_count_on_over_the_year() -> None:
    assert periods.month_period(2020, 0).edtf == "2019-12"
    assert periods.quarter_period(2020, 0).edtf == "2019-10/2019-12"


@pytest.mark.parametrize(
    ("year", "easter"), [(1998, date(1998, 4, 12)), (2000, date(2000, 4, 23)), (2019, date(2019, 4, 21))]
)
def test_easter_sundays(year: int, easter: date) -> None:
    assert periods.easter_sunday(year) == easter


def test_a_week_under_way_is_cut_at_the_day_of_publication() -> None:
    week = periods.week_period(date(2021, 3, 10))
    assert week.cut_after(date(2021, 3, 10)).edtf == "2021-03-08/2021-03-10"
    assert week.cut_after(date(2021, 3, 14)) == week


def test_a_stretch_does_not_run_backwards() -> None:
    early, late = periods.year_period(2001), periods.month_period(2003, 5)
    assert periods.span_periods(late, early) is None
    joined = periods.span_periods(early, late)
    assert joined is not None
    assert joined.edtf == "2001-01/2003-05"


@pytest.mark.parametrize("published", [None, "", "soon", "2021-02-30", "2021"])
def test_what_names_no_day_is_no_day(published: str | None) -> None:
    assert periods.read_day(published) is None
