"""Floors under figures."""

from __future__ import annotations

import pytest

from onrecord.evaluation import PARTS, Measure, Report, floors

REPORT = Report("dates", "Times", (Measure.f1("value", 8, 10, 10), Measure.share("extent", 9, 10)))


def test_a_figure_below_its_floor_is_told_with_both_numbers() -> None:
    least = {"dates": {"value": 80.1, "extent": 90.0}}
    assert floors.shortfalls(REPORT, least) == ["dates: value is 80.0, below its floor 80.1"]


def test_a_part_without_floors_falls_short_of_nothing() -> None:
    assert floors.shortfalls(REPORT, {}) == []


def test_a_floor_under_a_measure_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(StopIteration):
        floors.shortfalls(REPORT, {"dates": {"values": 1.0}})


def test_the_floors_that_are_held_are_of_parts_that_exist() -> None:
    assert set(floors.load()) <= set(PARTS)


def test_f1_of_counts() -> None:
    measure = Measure.f1("found", right=6, found=8, gold=12)
    assert (measure.precision, measure.recall, measure.value) == (75.0, 50.0, 60.0)
    assert Measure.f1("found", 0, 0, 0).value == 0.0
