"""Accuracy: what ``onrecord evaluate`` measures, part by part."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onrecord.cli.tables import report_table
from onrecord.evaluation import PARTS, evaluate
from onrecord.evaluation.floors import shortfalls
from onrecord.evaluation.report import CorpusMissing


def run(data: Path) -> Iterator[str]:
    for part in PARTS:
        try:
            report = evaluate(part, data)
        except CorpusMissing as error:
            yield f"{part}: not measured. {error}\n"
        else:
            yield report_table(report, shortfalls(report))
