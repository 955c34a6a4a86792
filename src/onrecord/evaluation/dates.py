"""Score time expressions against TimeML, and the dates of statements against the gold.

The measure of time expressions: among TIMEX3 of type DATE and TIME that name a time with a place in the calendar, each
is matched with at most one found expression, by overlap of their characters, most characters first.

- ``extent strict`` and ``extent relaxed``: F1 of expressions with equal ends, and of matched ones.
- ``value``: F1 of matched expressions with an equal value, as day, month, year ... as coarse as the gold gives it.

Times of day are compared by their day. Weeks, quarters, halves, seasons and weekends are compared as intervals in EDTF
(``1989-Q3`` is ``1989-07/1989-09``). TIMEX3 that TimeML itself leaves without a place in the calendar (``PRESENT_REF``,
``PAST_REF``, ``FUTURE_REF``, ``1989-WXX``, ``1989-QX``), and of type DURATION or SET, are not looked for; a found
expression that has a value counts against precision there as it does anywhere else. How many do is noted apart.
Expressions found without a value are left out.

The measure of statements: the gold's own statements, their dates removed, are dated; ``said_on`` is the share of equal
values (no date equals no date), ``dated`` the F1 over statements that have one.
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
from typing import TYPE_CHECKING, Any, Final, Literal

from defusedxml import ElementTree

from onrecord.errors import PageError
from onrecord.evaluation.matching import Pair, one_to_one
from onrecord.evaluation.report import Measure, Report, corpus_files
from onrecord.statements.dates import date_statements, find_times
from onrecord.terms import Article, Span, Speaker, Statement, TimeExpression

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

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


def read_timeml(path: Path) -> TimedText | None:
    """Read a TimeML file; ``None`` where it has no text.

    Raises:
        PageError: the file is no XML.
    """
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        raise PageError(f"{path} is no TimeML: {error}. Set it aside or repair it.") from error
    if root is None:
        return None
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


def _pieces(element: Element) -> Iterable[tuple[str, dict[str, str] | None]]:
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
        Pair(min(g.span.end, f.span.end) - max(g.span.start, f.span.start), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if g.span.overlaps(f.span)
    ]
    return [(gold[pair.gold], found[pair.found]) for pair in one_to_one(pairs)]


def count_times(texts: Iterable[TimedText]) -> Counter[str]:
    """Find the times of each text and count how many are right."""
    counts: Counter[str] = Counter()
    for text in texts:
        found = [time for time in find_times(text.text, text.published) if time.value is not None]
        pairs = match_times(text.times, found)
        counts["gold"] += len(text.times)
        counts["found"] += len(found)
        counts["matched"] += len(pairs)
        counts["same extent"] += sum(g.span == f.span for g, f in pairs)
        counts["same value"] += sum(g.value == f.value for g, f in pairs)
        counts["on others"] += sum(any(time.span.overlaps(other) for other in text.others) for time in found)
    return counts


def time_measures(texts: Iterable[TimedText], part: str = "") -> tuple[Measure, ...]:
    """The measures of time expressions; ``part`` goes behind their names."""
    counts = count_times(texts)
    found, gold = counts["found"], counts["gold"]
    return (
        Measure.f1(f"extent strict{part}", counts["same extent"], found, gold),
        Measure.f1(f"extent relaxed{part}", counts["matched"], found, gold),
        Measure.f1(f"value{part}", counts["same value"], found, gold),
        Measure.share(f"found on durations and vague times{part}", counts["on others"], found),
    )


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
        return [dated_article(json.loads(line)) for line in lines if line.strip()]


def dated_article(row: Mapping[str, Any]) -> DatedArticle:
    """A row in the form of the gold files, the dates of its statements set apart."""
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


def statement_measures(articles: Iterable[DatedArticle], part: str) -> tuple[Measure, ...]:
    """Date the skeletons of gold articles and compare."""
    counts: Counter[str] = Counter()
    for dated in articles:
        for gold, found in zip(dated.said_on, date_statements(dated.article, dated.skeletons), strict=True):
            counts["all"] += 1
            counts["gold"] += gold is not None
            counts["found"] += found.said_on is not None
            counts["right"] += gold == found.said_on
            counts["right dates"] += gold == found.said_on and gold is not None
    return (
        Measure.share(f"said_on{part}", counts["right"], counts["all"]),
        Measure.f1(f"dated{part}", counts["right dates"], counts["found"], counts["gold"]),
    )


def evaluate(data: Path) -> Report:
    """Score time expressions on TimeML and the dates of gold statements on the development part."""
    timeml, gold = corpus_files(data, "data/timeml", "gold/dev.jsonl")
    texts = read_corpus(timeml)
    return Report(
        "dates",
        "Time expressions (TimeBank and AQUAINT) and dates of gold statements (development part)",
        (
            *time_measures(text for text in texts if is_held_out(text.name)),
            *time_measures((text for text in texts if not is_held_out(text.name)), ", rest"),
            *statement_measures(read_gold(gold), ", gold statements"),
        ),
        ("Held out: every tenth TimeML document, by hash of its name; the rules were made on the rest.",),
    )
