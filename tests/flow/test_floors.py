"""No figure falls below its floor, where the corpora are at hand."""

from __future__ import annotations

import pytest

from onrecord.evaluation import evaluate, floors
from onrecord.evaluation.report import CorpusMissing
from onrecord.settings import load


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("part", floors.load())
def test_no_figure_falls_below_its_floor(part: str) -> None:
    try:
        report = evaluate(part, load().data)
    except CorpusMissing as error:
        pytest.skip(str(error))
    assert floors.shortfalls(report) == []
