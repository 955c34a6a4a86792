"""Score found time expressions against TimeML.

The measure: among TIMEX3 of type DATE and TIME that name a time with a place in the calendar, each is matched with at
most one found expression, by overlap of their characters, most characters first.

- ``extent`` strict and relaxed: F1 of expressions with equal ends, and of matched ones.
- ``value``: F1 of matched expressions with an equal value, as day, month, year ... as coarse as the gold gives it.

Times of day are compared by their day. Weeks, quarters, halves, seasons and weekends are compared as intervals in EDTF
(``1989-Q3`` is ``1989-07/1989-09``). TIMEX3 that TimeML itself leaves without a place in the calendar (``PRESENT_REF``,
``PAST_REF``, ``FUTURE_REF``, ``1989-WXX``, ``1989-QX``), and of type DURATION or SET, are not looked for; a found
expression that has a value counts against precision there as it does anywhere else. Expressions found without a value
are left out.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from defusedxml import ElementTree

from onrecord.errors import PageError
from onrecord.statements.dates import find_times
from onrecord.terms import Article, Span, Speaker, Statement, TimeExpression

HELD_OUT_SEED: Final = "onrecord dates"


@dataclass(frozen=True, slots=True)
class TimedText:
    """A text with the time expressions that people marked in it."""

    name: str
    text: str
    published: str | None
    times: tuple[TimeExpression, ...]
    others: tuple[Span, ...] = ()
    """Marked expressions that name no time with a place in the calendar."""


@dataclass(frozen=True, slots=True)
class DateScore:
    """Counts and what follows from them."""

    gold: int
    found: int
    matched: int
    same_extent: int
    same_value: int

    @staticmethod
    def _f1(right: int, found: int, gold: int) -> float:
        return 2 * right / (found + gold) if found + gold else 0.0

    @property
    def relaxed_f1(self) -> float:
        return self._f1(self.matched, self.found, self.gold)

    @property
    def strict_f1(self) -> float:
        return self._f1(self.same_extent, self.found, self.gold)

    @property
    def value_f1(self) -> float:
        return self._f1(self.same_value, self.found, self.gold)

    @property
    def value_precision(self) -> float:
        return self.same_value / self.found if self.found else 0.0

    @property
    def value_recall(self) -> float:
        return self.same_value / self.gold if self.gold else 0.0

    def to_dict(self) -> dict[str, float]:
        return {
            "gold": self.gold,
            "found": self.found,
            "extent strict F1": self.strict_f1,
            "extent relaxed F1": self.relaxed_f1,
            "value precision": self.value_precision,
            "value recall": self.value_recall,
            "value F1": self.value_f1,
        }


def read_timeml(path: Path) -> TimedText | None:
    """Read a TimeML file; ``None`` where it has no text.

    Raises:
        PageError: the file is no XML.
    """
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        raise PageError(f"{path} is no TimeML: {error}. Set it aside or repair it.") from error
    body = root.find("TEXT")
    if body is None:
        return None
    created = root.find("DCT/TIMEX3")
    text, times, others = "", [], []
    for piece, attributes in _pieces(body):
        if attributes is not None:
            span = Span(len(text), len(text) + len(piece))
            value = edtf_of_timex(attributes.get("value", "")) if attributes.get("type") in ("DATE", "TIME") else None
            if value is None:
                others.append(span)
            else:
                times.append(TimeExpression(span, value))
        text += piece
    published = created.get("value") if created is not None else None
    return TimedText(path.name, text, published, tuple(times), tuple(others))


def _pieces(element: ElementTree.Element) -> Iterable[tuple[str, dict[str, str] | None]]:
    """The text of an element in order; that of a TIMEX3 in one piece with its attributes."""
    if element.tag == "TIMEX3":
        yield "".join(element.itertext()), dict(element.attrib)
    else:
        if element.text:
            yield element.text, None
        for child in element:
            yield from _pieces(child)
            if child.tail:
                yield child.tail, None


_MONTHS_OF: Final = {
    "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12), "H1": (1, 6), "H2": (7, 12),
    "SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14),
}  # fmt: skip


def edtf_of_timex(value: str) -> str | None:
    """A TIMEX3 value in EDTF, at most as fine as a day; ``None`` where it has no place in the calendar."""
    value = re.sub(r"T.*$", "", value)
    value = re.sub(r"(-XX)+$", "", value)
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        return value
    if match := re.fullmatch(r"(\d{4})-([QH]\d|SP|SU|FA|WI)", value):
        first, last = _MONTHS_OF.get(match[2], (0, 0))
        year = int(match[1])
        return f"{year}-{first:02d}/{year + (last - 1) // 12}-{(last - 1) % 12 + 1:02d}" if first else None
    if match := re.fullmatch(r"(\d{4})-W(\d{1,2})(-WE)?", value):
        return _week(int(match[1]), int(match[2]), weekend=bool(match[3]))
    if re.fullmatch(r"\d{3}X?", value):
        return f"{value[:3]}X"
    return f"{value[:2]}XX" if re.fullmatch(r"\d{2}(XX)?", value) else None


def _week(year: int, week: int, *, weekend: bool) -> str | None:
    try:
        first, last = (date.fromisocalendar(year, week, day) for day in ((6, 7) if weekend else (1, 7)))
    except ValueError:
        return None
    return f"{first}/{last}"


def read_corpus(folder: Path) -> list[TimedText]:
    """All TimeML files under a folder that have a text, by name."""
    texts = [read_timeml(path) for path in sorted(folder.rglob("*.tml"))]
    return [text for text in texts if text is not None and text.text.strip()]


def is_held_out(name: str) -> bool:
    """Whether a document belongs to the tenth that rules are never looked up against."""
    return hashlib.sha256(f"{HELD_OUT_SEED} {name}".encode()).digest()[0] % 10 == 0


def match_times(
    gold: Sequence[TimeExpression], found: Sequence[TimeExpression]
) -> list[tuple[TimeExpression, TimeExpression]]:
    """Pairs of a gold and a found expression that overlap, each used once, largest overlap first."""
    pairs = [
        (min(g.span.end, f.span.end) - max(g.span.start, f.span.start), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if g.span.overlaps(f.span)
    ]
    used_gold: set[int] = set()
    used_found: set[int] = set()
    chosen = []
    for _, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            chosen.append((gold[i], found[j]))
    return chosen


def score_times(texts: Iterable[TimedText]) -> DateScore:
    """Find the times of each text and count how many are right."""
    counts: Counter[str] = Counter()
    for text in texts:
        found = [time for time in find_times(text.text, text.published) if time.value is not None]
        pairs = match_times(text.times, found)
        counts["gold"] += len(text.times)
        counts["found"] += len(found)
        counts["matched"] += len(pairs)
        counts["same_extent"] += sum(g.span == f.span for g, f in pairs)
        counts["same_value"] += sum(g.value == f.value for g, f in pairs)
    return DateScore(counts["gold"], counts["found"], counts["matched"], counts["same_extent"], counts["same_value"])


def evaluate_times(folder: Path) -> dict[str, dict[str, float]]:
    """The score on the held-out tenth of a TimeML corpus, and on the rest."""
    texts = read_corpus(folder)
    return {
        "held out": score_times(t for t in texts if is_held_out(t.name)).to_dict(),
        "rest": score_times(t for t in texts if not is_held_out(t.name)).to_dict(),
    }


# --- dated statements -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DatedArticle:
    """A gold article whose statements have lost their dates, and those dates."""

    article: Article
    skeletons: tuple[Statement, ...]
    said_on: tuple[str | None, ...]
    basis: tuple[Span | Literal["inherited"] | None, ...]


def read_gold(path: Path) -> list[DatedArticle]:
    """Gold articles (one JSON object a line) with the dates of their statements set apart."""
    with path.open(encoding="utf-8") as lines:
        return [_dated_article(json.loads(line)) for line in lines if line.strip()]


def _dated_article(row: Mapping[str, Any]) -> DatedArticle:
    rows = row["statements"]
    article = Article(
        row["id"], row["text"], row.get("url"), row.get("title"), row.get("outlet"), published=row.get("published")
    )
    return DatedArticle(
        article,
        tuple(_skeleton(statement) for statement in rows),
        tuple(statement["said_on"] for statement in rows),
        tuple(_span(b) if isinstance(b := statement["said_on_basis"], list) else b for statement in rows),
    )


def _skeleton(row: Mapping[str, Any]) -> Statement:
    speaker = row["speaker"]
    return Statement(
        row["n"],
        tuple(Span(*span) for span in row["content"]),
        _span(row["cue"]),
        _span(row["speaker_span"]),
        row["kind"],
        row["act"],
        Speaker(speaker["name"], speaker["type"], speaker["role"]),
        within=row["within"],
    )


def _span(ends: Sequence[int] | None) -> Span | None:
    return Span(*ends) if ends else None
