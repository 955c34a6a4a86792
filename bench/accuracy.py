"""Accuracy: what ``onrecord evaluate`` measures, part by part. Exit status 1 where a figure lies below its floor."""

from __future__ import annotations

import sys

from onrecord.cli.tables import report_table
from onrecord.evaluation import PARTS, evaluate
from onrecord.evaluation.floors import shortfalls
from onrecord.evaluation.report import CorpusMissing
from onrecord.settings import load


def main() -> int:
    fallen: list[str] = []
    for part in PARTS:
        try:
            report = evaluate(part, load().data)
        except CorpusMissing as error:
            print(f"{part}: not measured. {error}\n")
        else:
            fallen += shortfalls(report)
            print(report_table(report, shortfalls(report)), flush=True)
    return int(bool(fallen))


if __name__ == "__main__":
    sys.exit(main())
