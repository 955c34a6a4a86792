"""What an evaluation returns: named measures that a table, a JSON file or a floor can be made from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import OnrecordError


class CorpusMissing(OnrecordError):
    """A corpus that an evaluation needs is not where it was looked for."""

    code = "corpus_missing"


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure in percent; precision, recall and the counts where it is an F1."""

    name: str
    value: float
    """Percent: F1, or the share that is right."""
    precision: float | None = None
    recall: float | None = None
    right: int | None = None
    found: int | None = None
    gold: int | None = None

    @classmethod
    def f1(cls, name: str, right: int, found: int, gold: int) -> Measure:
        """Precision, recall and F1 of counts; nothing found or nothing to find scores 0."""
        precision = 100 * right / found if found else 0.0
        recall = 100 * right / gold if gold else 0.0
        total = precision + recall
        value = 2 * precision * recall / total if total else 0.0
        return cls(name, value, precision, recall, right, found, gold)

    @classmethod
    def share(cls, name: str, right: int, total: int) -> Measure:
        """The share of ``total`` that is right."""
        return cls(name, 100 * right / total if total else 0.0, right=right, gold=total)

    def to_dict(self) -> dict[str, Any]:
        counts = {"right": self.right, "found": self.found, "gold": self.gold}
        rates = {"value": self.value, "precision": self.precision, "recall": self.recall}
        rounded = {key: round(rate, 2) for key, rate in rates.items() if rate is not None}
        return {"name": self.name, **rounded, **{key: count for key, count in counts.items() if count is not None}}


@dataclass(frozen=True, slots=True)
class Report:
    """The measures of one part, with the words a reader needs to know what they mean."""

    part: str
    title: str
    measures: tuple[Measure, ...]
    notes: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Measure:
        return next(measure for measure in self.measures if measure.name == name)

    def to_dict(self) -> dict[str, Any]:
        return {
            "part": self.part,
            "title": self.title,
            "measures": [measure.to_dict() for measure in self.measures],
            "notes": list(self.notes),
        }


def corpus_files(data: Path, *names: str) -> list[Path]:
    """The paths of corpus files in ``data``.

    Raises:
        CorpusMissing: one of them is not there.
    """
    paths = [data / name for name in names]
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise CorpusMissing(
            f"{', '.join(missing)} is not there; set ONRECORD_DATA to the folder with the corpora "
            "(docs/reference/accuracy.md says which they are)."
        )
    return paths
