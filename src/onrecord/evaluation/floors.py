"""Floors below which no figure may fall; ``floors.json`` holds them, and lowering one is a change that shows."""

from __future__ import annotations

import json
from importlib.resources import files

from onrecord.evaluation.report import Report


def load() -> dict[str, dict[str, float]]:
    """Part -> measure -> the least it must be, in percent."""
    floors: dict[str, dict[str, float]] = json.loads(
        files("onrecord.evaluation").joinpath("floors.json").read_text(encoding="utf-8")
    )
    return floors


def shortfalls(report: Report, floors: dict[str, dict[str, float]] | None = None) -> list[str]:
    """One sentence for each measure that lies below its floor."""
    least = (load() if floors is None else floors).get(report.part, {})
    return [
        f"{report.part}: {name} is {report[name].value:.1f}, below its floor {floor:.1f}"
        for name, floor in least.items()
        if report[name].value < floor
    ]
