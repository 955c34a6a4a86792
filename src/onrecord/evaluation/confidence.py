"""Whether confidences mean what they say: of the statements given 0.9, about 90% should be right.

Right is the whole record (``complete``): content, speaker, act and date. The last measure is what confidence is for:
the threshold above which 90% of the records are right, and the share of the gold that is left above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from onrecord.evaluation.report import Measure, Report
from onrecord.evaluation.statements import Row, gold_and_found, judged

BINS = 5
WANTED_PRECISION = 0.9


def evaluate(data: Path) -> Report:
    """Reliability of the confidences on the development articles of the gold."""
    return score(*gold_and_found(data))


def score(gold: Sequence[Row], found: Sequence[Row]) -> Report:
    """Reliability of ``found``, rows with ``id``, ``text`` and ``statements``, judged by ``gold``."""
    by_id = {row["id"]: row["statements"] for row in found}
    pairs = [
        (statement["confidence"], verdict["complete"])
        for row in gold
        for statement, verdict in _judged(row, by_id.get(row["id"], []))
    ]
    wanted = sum(len(row["statements"]) for row in gold)
    threshold, right, kept = threshold_for(pairs, WANTED_PRECISION)
    return Report(
        "confidence",
        f"Confidence of whole records ({len(pairs)} statements)",
        (
            *(_bin(pairs, i / BINS, (i + 1) / BINS) for i in range(BINS)),
            Measure.f1(f"above {threshold:.2f}", right, kept, wanted),
        ),
        (
            "Each row: share of records right among those given a confidence in that range.",
            f"Last row: the lowest threshold above which {WANTED_PRECISION:.0%} of the records are right.",
        ),
    )


def _judged(row: Row, statements: Sequence[Row]) -> list[tuple[Row, dict[str, bool]]]:
    return list(zip(statements, judged(row["text"], row["statements"], statements), strict=True))


def _bin(pairs: Sequence[tuple[float, bool]], low: float, high: float) -> Measure:
    inside = [right for confidence, right in pairs if low <= confidence < high or (high == 1.0 and confidence == 1.0)]
    return Measure.share(f"given {low:.1f} to {high:.1f}", sum(inside), len(inside))


def threshold_for(pairs: Sequence[tuple[float, bool]], precision: float) -> tuple[float, int, int]:
    """The lowest confidence that keeps precision, with how many are right and kept; ``(1.0, 0, 0)`` where none does."""
    best, right = (1.0, 0, 0), 0
    for kept, (confidence, is_right) in enumerate(sorted(pairs, reverse=True), start=1):
        right += is_right
        if right >= precision * kept:
            best = (confidence, right, kept)
    return best
