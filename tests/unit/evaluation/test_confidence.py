"""Reliability of confidences, and the threshold for a wanted precision."""

from __future__ import annotations

import pytest

from onrecord.evaluation.confidence import threshold_for


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([(0.9, True), (0.8, True), (0.7, False), (0.6, True)], (0.8, 2, 2)),
        ([(0.9, True), (0.8, True), (0.7, True)], (0.7, 3, 3)),
        ([(0.9, False), (0.8, False)], (1.0, 0, 0)),
        ([], (1.0, 0, 0)),
    ],
)
def test_threshold(pairs: list[tuple[float, bool]], expected: tuple[float, int, int]) -> None:
    assert threshold_for(pairs, 0.9) == expected
