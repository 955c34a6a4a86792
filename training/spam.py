"""Train the reply filter's prior from labelled comments: ``python -m training.spam``.

Reads the corpora where they lie (``ONRECORD_DATA``); only weights come out. The fit is full-batch and has no random
part, so the same corpora give the same weights.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord import settings
from onrecord.spam import Submission, Vector, vector_of
from onrecord.spam.prior import beliefs, write_prior
from onrecord.spam.vector import RESERVED, SIZE

PRIOR = Path("src/onrecord/spam/prior")
EVIDENCE_HOLD = 25.0
"""L2 weight that holds evidence at our beliefs. Lower (8, 2) fits the corpora better and transfers worse."""
HASHED_HOLD = 3.0
STEPS = 120
CORPUS_WEIGHT = {"sms": 0.3, "news": 0.3}
"""Short messages and news prose are far from replies, and there are many of them."""
YOUTUBE = ("youtube.com", "youtu.be")


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled text."""

    text: str
    spam: bool
    corpus: str
    time: str = ""
    own_hosts: tuple[str, ...] = ()

    @property
    def vector(self) -> Vector:
        return vector_of(Submission(text=self.text, own_hosts=self.own_hosts))[0]


def read_youtube(folder: Path) -> list[Example]:
    """YouTube Spam Collection. A comment without a date counts as being of the time of the one before it."""
    examples = []
    for path in sorted(folder.glob("youtube*.csv")):
        time = ""
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                time = row["DATE"] or time
                examples.append(Example(row["CONTENT"], row["CLASS"] == "1", path.stem, time, YOUTUBE))
    return examples


def read_sms(folder: Path) -> list[Example]:
    """SMS Spam Collection."""
    lines = (folder / "sms-spam-collection.tsv").read_text("utf-8").split("\n")[1:]
    rows = (line.split("\t", 1) for line in lines if "\t" in line)
    return [Example(text, label == "spam", "sms") for label, text in rows]


def read_telegram(folder: Path) -> list[Example]:
    """Telegram samples, mostly Russian; one message a line."""
    return [
        Example(line.strip(), spam, "telegram")
        for name, spam in (("telegram-ham.txt", False), ("telegram-spam.txt", True))
        for line in (folder / name).read_text("utf-8").split("\n")
        if line.strip()
    ]


def read_news(path: Path) -> list[Example]:
    """News paragraphs, so that words of the news do not count as signs of spam."""
    articles = map(json.loads, path.read_text("utf-8").splitlines())
    return [
        Example(paragraph, False, "news")
        for article in articles
        for paragraph in article["text"].split("\n\n")[:12]
        if len(paragraph) > 30
    ]


def read_all(data: Path) -> dict[str, list[Example]]:
    spam = data / "spam"
    return {
        "youtube": read_youtube(spam),
        "sms": read_sms(spam),
        "telegram": read_telegram(spam),
        "news": read_news(data.parent / "gold" / "train.jsonl"),
    }


@dataclass(frozen=True, slots=True)
class Matrix:
    """Vectors of many examples, row by row."""

    rows: NDArray[np.intp]
    positions: NDArray[np.int32]
    values: NDArray[np.float64]
    labels: NDArray[np.float64]
    weights: NDArray[np.float64]

    @classmethod
    def of(cls, examples: Sequence[tuple[Vector, Example]]) -> Matrix:
        lengths = [len(vector.positions) for vector, _ in examples]
        return cls(
            rows=np.repeat(np.arange(len(examples)), lengths),
            positions=np.concatenate([vector.positions for vector, _ in examples]),
            values=np.concatenate([vector.values for vector, _ in examples]).astype(np.float64),
            labels=np.array([float(example.spam) for _, example in examples]),
            weights=np.array([CORPUS_WEIGHT.get(example.corpus, 1.0) for _, example in examples]),
        )


def fit(examples: Iterable[tuple[Vector, Example]]) -> NDArray[np.float64]:
    """Logistic regression held at our beliefs, by Adam with a falling step."""
    matrix = Matrix.of(list(examples))
    start = beliefs()
    hold = np.full(SIZE, HASHED_HOLD)
    hold[:RESERVED] = EVIDENCE_HOLD
    weights, momentum, scale = start.copy(), np.zeros(SIZE), np.zeros(SIZE)
    for step in range(1, STEPS + 1):
        gradient = _gradient(matrix, weights) + hold * (weights - start)
        momentum = 0.9 * momentum + 0.1 * gradient
        scale = 0.99 * scale + 0.01 * gradient**2
        rate = 0.15 * min(1.0, 2 * (1 - step / (STEPS + 1)))
        weights -= rate * (momentum / (1 - 0.9**step)) / (np.sqrt(scale / (1 - 0.99**step)) + 1e-8)
    return weights


def _gradient(matrix: Matrix, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    margins = np.bincount(matrix.rows, weights[matrix.positions] * matrix.values, len(matrix.labels))
    errors = matrix.weights * (1 / (1 + np.exp(-margins)) - matrix.labels)
    gradient = np.bincount(matrix.positions, errors[matrix.rows] * matrix.values, SIZE)
    return gradient.astype(np.float64, copy=False)


def main() -> None:
    corpora = read_all(settings.load().data / "data")
    examples = [(example.vector, example) for corpus in corpora.values() for example in corpus]
    write_prior(fit(examples), PRIOR)
    print(f"{len(examples)} examples -> {PRIOR}")


if __name__ == "__main__":
    main()
