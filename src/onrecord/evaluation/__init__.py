"""Scores against corpora that were read by people, and the floors that these scores must not fall below.

Each part has a module with ``evaluate(data: Path) -> Report``; ``data`` is the folder of the corpora.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from onrecord.evaluation.report import Measure, Report

__all__ = ["PARTS", "Measure", "Report", "evaluate"]

PARTS: dict[str, str] = {
    # part -> module:function
    "attributions": "onrecord.evaluation.attributions:evaluate",
    "statements": "onrecord.evaluation.statements:evaluate",
    "confidence": "onrecord.evaluation.confidence:evaluate",
    "pages": "onrecord.evaluation.pages:evaluate",
    "dates": "onrecord.evaluation.dates:evaluate",
}


def evaluate(part: str, data: Path) -> Report:
    """Score one of ``PARTS`` on the corpora in ``data``.

    Raises:
        CorpusMissing: the corpora of this part are not in ``data``.
    """
    module, name = PARTS[part].split(":")
    function: Callable[[Path], Report] = getattr(import_module(module), name)
    return function(data)
