"""The corpora the statement model learns from, read where they lie (``ONRECORD_DATA``); none of their text is kept.

PolNeAR (Newell et al., LREC 2018) gives attribution spans, the gold articles of this project give statements. Articles
of the gold development set also occur in PolNeAR's training part: they are left out of training.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ANNOTATIONS = Path(__file__).parent / "annotations" / "statements.jsonl"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue with what belongs to it, in code points."""

    cue: Span
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    addressee: tuple[Span, ...] = ()
    venue: tuple[Span, ...] = ()
    act: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """An annotated article; ``None`` where it is not annotated in that convention."""

    id: str
    text: str
    polnear: tuple[Frame, ...] | None
    gold: tuple[Frame, ...] | None


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf8") as lines:
        yield from map(json.loads, filter(str.strip, lines))


def training_texts(data: Path) -> list[Text]:
    """All articles to learn from, in a fixed order."""
    dev = {row["id"] for row in read_lines(data / "gold" / "dev.jsonl")}
    texts = {
        row["id"]: Text(row["id"], row["text"], polnear_frames(row), None)
        for row in read_lines(data / "data" / "polnear" / "polnear-train.jsonl.gz")
        if row["id"] not in dev
    }
    for row in gold_rows(data):
        known = texts.get(row["id"])
        frames = known.polnear if known and known.text == row["text"] else None
        texts[row["id"]] = Text(row["id"], row["text"], frames, gold_frames(row))
    return [texts[name] for name in sorted(texts)]


def gold_rows(data: Path) -> Iterator[dict[str, Any]]:
    """Articles to learn statements from, in the form of the gold files: the gold training part and our own."""
    yield from read_lines(data / "gold" / "train.jsonl")
    yield from annotated_rows(data)


def annotated_rows(data: Path) -> Iterator[dict[str, Any]]:
    """The articles of ``annotations/``, put together with their texts; those whose text differs are left out."""
    texts = dict(_annotated_texts(data))
    for row in read_lines(ANNOTATIONS):
        text = texts.get((row["corpus"], row["id"]))
        if text is None or hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
            print(f"annotated article left out, its text is missing or another: {row['id']}", file=sys.stderr)
            continue
        yield {**row, "text": text, "url": None, "title": text.partition("\n")[0]}


def _annotated_texts(data: Path) -> Iterator[tuple[tuple[str, str], str]]:
    for row in read_lines(data / "data" / "polnear" / "polnear-train.jsonl.gz"):
        yield ("polnear-train", row["id"]), row["text"].strip()
    pages = json.loads((data / "data" / "pages" / "ground-truth.json").read_text("utf8"))
    for name, page in pages.items():
        lines = (line.strip() for line in page["articleBody"].split("\n"))
        yield ("pages", f"page-{name[:8]}"), "\n\n".join(filter(None, lines))


def is_held_out(text_id: str, share: float) -> bool:
    """Whether a gold training article is kept for calibration, by a hash of its id."""
    return int(hashlib.sha256(text_id.encode()).hexdigest()[:8], 16) / 0x1_0000_0000 < share


def held_out_share() -> float:
    """The share of articles that no part of the program learns from, so that its certainties can be calibrated."""
    settings = tomllib.loads((Path(__file__).parent / "config.toml").read_text("utf8"))
    return float(settings["held_out"]["share"])


def polnear_frames(row: dict[str, Any]) -> tuple[Frame, ...]:
    return tuple(
        Frame(_pair(a["cue"][0]), _pairs(a["source"]), _pairs(a["content"])) for a in row["attributions"] if a["cue"]
    )


def gold_frames(row: dict[str, Any]) -> tuple[Frame, ...]:
    return tuple(
        Frame(
            cue=_pair(s["cue"]),
            source=_optional(s["speaker_span"]),
            content=_pairs(s["content"]),
            addressee=_optional(s["addressee"]),
            venue=_optional(s["venue"]),
            act=s["act"],
            type=s["speaker"]["type"],
        )
        for s in row["statements"]
        if s["cue"]
    )


def _pair(span: list[int]) -> Span:
    return span[0], span[1]


def _pairs(spans: list[list[int]]) -> tuple[Span, ...]:
    return tuple(map(_pair, spans))


def _optional(span: list[int] | None) -> tuple[Span, ...]:
    return () if span is None else (_pair(span),)
