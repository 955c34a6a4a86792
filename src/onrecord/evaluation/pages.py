"""Pages against what careful readers took from them: body text and the fields around it.

body        F1 of 4-token shingles, as the public article extraction benchmark counts it: precision and recall of each
            page, averaged over pages, then F1
title       share right; outlet, published day, published minute likewise
byline      share of pages with the same set of names
credited    F1 over the pages that republish another outlet's report
updated     F1, to the minute
tags        F1 over tags

Names and titles are compared without case, accents, spacing and the shape of quotation marks and dashes.
"""

from __future__ import annotations

import gzip
import json
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from typing import Any

from onrecord.articles import read_article
from onrecord.errors import InputError
from onrecord.evaluation.report import CorpusMissing, Measure, Report, corpus_files
from onrecord.terms import Page

Row = Mapping[str, Any]
"""An article in its JSON form."""

SHINGLE = 4
_TOKEN = re.compile(r"\w+")
_ALIASES = {
    "ap": "associated press",
    "the associated press": "associated press",
    "afp": "agence france-presse",
    "agence france presse": "agence france-presse",
    "pti": "press trust of india",
}
_OUTLET_EDGES = re.compile(r"^(?:the|www\.) ?|\.(?:com|org|net|co\.uk|ca|tv)$")
_A_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Reading:
    """Articles read from pages, and the time each took."""

    articles: Mapping[str, Row]
    seconds: Mapping[str, float]


def evaluate(data: Path) -> Report:
    """Read all pages in ``data`` and score body and fields."""
    truth_path, gold_path = corpus_files(data, "data/pages/ground-truth.json", "gold/pages-meta.jsonl")
    truth = json.loads(truth_path.read_text(encoding="utf-8"))
    gold = [json.loads(line) for line in gold_path.read_text(encoding="utf-8").splitlines() if line.strip()]
    reading = read_pages(data, {row["id"]: row.get("url") for row in gold})
    bodies = {
        key: (page["articleBody"], str(reading.articles.get(key, {}).get("text", ""))) for key, page in truth.items()
    }
    fields = [row for row in gold if row["is_article"]]
    total = sum(reading.seconds.values())
    slowest = max(reading.seconds, key=reading.seconds.__getitem__)
    return Report(
        "pages",
        "Pages read into articles",
        (score_bodies(bodies.values()), *score_fields(fields, reading.articles)),
        (
            f"{len(truth)} pages with their body, {len(fields)} articles with their fields",
            f"{len(reading.seconds) / total:.1f} pages/s of one core; slowest page "
            f"{reading.seconds[slowest]:.2f} s ({slowest[:8]})",
        ),
    )


def read_pages(data: Path, addresses: Mapping[str, str | None]) -> Reading:
    """Read every page of the corpus; one that cannot be read counts as an article without anything."""
    files = sorted((data / "data/pages/html").glob("*.html.gz"))
    if not files:
        raise CorpusMissing(
            f"{data / 'data/pages/html'} holds no pages; set ONRECORD_DATA to the folder with the corpora."
        )
    articles: dict[str, Row] = {}
    seconds: dict[str, float] = {}
    _read(files[0], addresses)  # the first page pays for loading the libraries
    for path in files:
        started = time.process_time()
        article = _read(path, addresses)
        seconds[_key_of(path)] = time.process_time() - started
        articles[_key_of(path)] = article
    return Reading(articles, seconds)


def _read(path: Path, addresses: Mapping[str, str | None]) -> Row:
    key = _key_of(path)
    body = gzip.decompress(path.read_bytes())
    try:
        return read_article(Page(body, f"{key}.html", url=addresses.get(key))).to_dict()
    except InputError:
        return {}


def _key_of(path: Path) -> str:
    return path.name.removesuffix(".html.gz")


def score_bodies(pairs: Iterable[tuple[str, str]]) -> Measure:
    """Shingle F1 of (true text, found text) pairs."""
    rates = [shingle_rates(true, found) for true, found in pairs]
    if not rates:
        return Measure("body", 0.0, 0.0, 0.0)
    precision, recall = 100 * mean(rate[0] for rate in rates), 100 * mean(rate[1] for rate in rates)
    value = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Measure("body", value, precision, recall)


def shingle_rates(true: str, found: str) -> tuple[float, float]:
    """Precision and recall of the 4-token shingles of one text; both 1 where both texts are the same."""
    wanted, got = _shingles(true), _shingles(found)
    right = (wanted & got).total()
    wrong, missed = got.total() - right, wanted.total() - right
    if not wrong and not missed:
        return 1.0, 1.0
    return (right / (right + wrong) if right else 0.0), (right / (right + missed) if right else 0.0)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    count = max(1, len(tokens) - SHINGLE + 1)
    return Counter(tuple(tokens[start : start + SHINGLE]) for start in range(count if tokens else 0))


def score_fields(gold: Sequence[Row], found: Mapping[str, Row]) -> tuple[Measure, ...]:
    """The fields of articles against what a reader took from their pages, joined by ``id``."""
    pairs = [(row, found.get(row["id"], {})) for row in gold]
    timed = [pair for pair in pairs if _instant(pair[0]["published"])]
    return (
        Measure.share("title", sum(_key(g["title"]) == _key(f.get("title")) for g, f in pairs), len(pairs)),
        Measure.share("byline", sum(_keys(g["byline"]) == _keys(f.get("byline")) for g, f in pairs), len(pairs)),
        Measure.share("outlet", sum(_outlet(g["outlet"]) == _outlet(f.get("outlet")) for g, f in pairs), len(pairs)),
        _credited(pairs),
        Measure.share(
            "published day", sum(_same_day(g["published"], f.get("published")) for g, f in pairs), len(pairs)
        ),
        Measure.share(
            "published minute", sum(_same_minute(g["published"], f.get("published")) for g, f in timed), len(timed)
        ),
        Measure.f1(
            "updated",
            sum(_same_minute(g.get("updated"), f.get("updated")) for g, f in pairs),
            sum(bool(f.get("updated")) for _, f in pairs),
            sum(bool(g.get("updated")) for g, _ in pairs),
        ),
        Measure.f1(
            "tags",
            sum(len(_keys(g["tags"]) & _keys(f.get("tags"))) for g, f in pairs),
            sum(len(_keys(f.get("tags"))) for _, f in pairs),
            sum(len(_keys(g["tags"])) for g, _ in pairs),
        ),
    )


def _credited(pairs: Sequence[tuple[Row, Row]]) -> Measure:
    pairs_credited = [(g.get("credited_outlet"), f.get("credited_outlet")) for g, f in pairs]
    right = sum(bool(g and f and _outlet(g) == _outlet(f)) for g, f in pairs_credited)
    return Measure.f1(
        "credited", right, sum(bool(f) for _, f in pairs_credited), sum(bool(g) for g, _ in pairs_credited)
    )


def _key(words: str | None) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", words or "") if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"[‘’`´]", "'", plain)
    plain = re.sub(r"[“”]", '"', plain)
    plain = re.sub(r"[‐-―]", "-", plain)
    plain = re.sub(r"\s+", " ", plain).strip(" .")
    return _ALIASES.get(plain, plain)


def _keys(words: Sequence[str] | None) -> set[str]:
    return {_key(word) for word in words or ()}


def _outlet(name: str | None) -> str:
    return _OUTLET_EDGES.sub("", _key(name)).replace(" ", "")


def _instant(words: str | None) -> datetime | None:
    if not words or len(words) <= len("2019-07-14"):
        return None
    try:
        return datetime.fromisoformat(words)
    except ValueError:
        return None


def _same_day(gold: str | None, found: str | None) -> bool:
    return (gold or "")[:10] == (found or "")[:10] or _same_minute(gold, found)


def _same_minute(gold: str | None, found: str | None) -> bool:
    """As instants where both have an offset, else by what the clocks show."""
    one, other = _instant(gold), _instant(found)
    if one is None or other is None:
        return False
    if one.tzinfo and other.tzinfo:
        return abs((one.astimezone(UTC) - other.astimezone(UTC)).total_seconds()) < _A_MINUTE
    return one.replace(tzinfo=None, second=0, microsecond=0) == other.replace(tzinfo=None, second=0, microsecond=0)
