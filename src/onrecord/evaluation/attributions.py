"""Source, cue and content spans against PolNeAR.

Two ways of counting, both on the development part:

spans         source, cue and content apart, exact match, over the tokens and BIO labels that CofeNet (COLING 2022)
              published its table on. The program reads whole articles; its spans are laid on those tokens.
attributions  whole attributions. Lenient: cue and source overlap and the contents' Jaccard index is at least 0.5.
              Strict: every span is equal to the letter.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.evaluation.matching import Pair, one_to_one
from onrecord.evaluation.report import Measure, Report, corpus_files
from onrecord.evaluation.tokens import place
from onrecord.flow import extract_many
from onrecord.terms import Article, Attribution, Record, Span

LABELS = ("source", "cue", "content")
ENOUGH_IN_COMMON = 0.5
QUOTATION_MARKS = '"“”'

Chunk = tuple[str, int, int]
"""Label, first token, last token of a line."""
Predict = Callable[[Sequence[Article]], Iterable[tuple[Attribution, ...]]]
"""Articles -> the attributions found in each, in the same order."""


@dataclass(frozen=True, slots=True)
class Line:
    """Tokens of one stretch of an article with their labels, as CofeNet cut it."""

    article: str
    tokens: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def document(self) -> str:
        """The article's id without the mark of the annotator who labelled it."""
        return self.article.rsplit("_", 1)[0]


def evaluate(data: Path) -> Report:
    """Both counts over PolNeAR's development part, read by the statement model in use."""
    return score(*read_corpus(data), predict=_predict)


def read_corpus(data: Path) -> tuple[list[Line], list[dict[str, Any]]]:
    """CofeNet's lines and PolNeAR's articles.

    Raises:
        CorpusMissing: the corpora are not in ``data``.
    """
    lines, articles = corpus_files(data, "data/cofenet/polnear-valid.jsonl.gz", "data/polnear/polnear-dev.jsonl.gz")
    return (
        [Line(row["id"], tuple(row["tokens"]), tuple(row["labels"])) for row in _rows(lines)],
        list(_rows(articles)),
    )


def score(lines: Sequence[Line], articles: Sequence[Mapping[str, Any]], *, predict: Predict) -> Report:
    """Score what ``predict`` finds in ``articles`` (rows of PolNeAR) against their attributions and ``lines``."""
    texts = [Article(id=row["id"], text=row["text"], published=row.get("published")) for row in articles]
    found = dict(zip((row["id"] for row in articles), predict(texts), strict=True))
    spans = _span_counts(lines, {row["id"]: row["text"] for row in articles}, found)
    whole = _attribution_counts(articles, found)
    measures = [Measure.f1(f"{label} exact", *_counts(spans, label)) for label in LABELS]
    measures += [Measure.f1(f"attribution {name}", *_counts(whole, name)) for name in ("lenient", "strict")]
    measures.append(Measure.share("right source, quoted content", whole["quoted right"], whole["quoted"]))
    return Report(
        "attributions",
        f"Attribution spans, PolNeAR development part ({len(articles)} articles)",
        tuple(measures),
        (
            "exact: F1 of spans equal to the token, on the tokens of CofeNet's table, every annotator's copy counted.",
            "attribution: first annotator; lenient: cue and source overlap, content Jaccard >= 0.5; strict: all equal.",
            "right source: of the gold contents with quotation marks that were found, the share whose source overlaps.",
        ),
    )


def _predict(articles: Sequence[Article]) -> Iterator[tuple[Attribution, ...]]:
    for result in extract_many(articles, raw=True):
        yield result.attributions if isinstance(result, Record) else ()


def _span_counts(
    lines: Sequence[Line], texts: Mapping[str, str], found: Mapping[str, Sequence[Attribution]]
) -> Counter[str]:
    """``<label> right``, ``<label> found``, ``<label> gold``: chunks over all lines."""
    counts: Counter[str] = Counter()
    for copy, group in _by_article(lines).items():
        document = group[0].document
        positions = iter(place([token for line in group for token in line.tokens], texts[document]))
        for line in group:
            places = [next(positions) for _ in line.tokens]
            gold, predicted = set(chunks(line.labels)), set(_laid_on(places, found[document]))
            for label in LABELS:
                counts[f"{label} right"] += sum(chunk[0] == label for chunk in gold & predicted)
                counts[f"{label} found"] += sum(chunk[0] == label for chunk in predicted)
                counts[f"{label} gold"] += sum(chunk[0] == label for chunk in gold)
        assert next(positions, copy) is copy
    return counts


def chunks(labels: Sequence[str]) -> Iterator[Chunk]:
    """The chunks that BIO labels mark; an inside label without a beginning begins one."""
    start = 0
    for index, label in enumerate(labels):
        follows = index > 0 and label == f"I-{labels[index - 1][2:]}"
        if not follows:
            start = index
        ends = index + 1 == len(labels) or labels[index + 1] != f"I-{label[2:]}"
        if label != "O" and ends:
            yield label[2:], start, index


def _laid_on(places: Sequence[Span | None], attributions: Iterable[Attribution]) -> Iterator[Chunk]:
    """The tokens that the attributions' spans cover, for those that reach into this line."""
    for attribution in attributions:
        for label in LABELS:
            for span in getattr(attribution, label):
                covered = [index for index, spot in enumerate(places) if spot is not None and spot.overlaps(span)]
                if covered:
                    yield label, covered[0], covered[-1]


def _attribution_counts(
    articles: Sequence[Mapping[str, Any]], found: Mapping[str, Sequence[Attribution]]
) -> Counter[str]:
    """``lenient`` and ``strict`` right, found, gold; ``quoted`` contents and the ``quoted right``, by source."""
    counts: Counter[str] = Counter()
    for row in articles:
        gold = [_attribution(item) for item in row["attributions"]]
        predicted = found[row["id"]]
        same_content = list(_same_content(row["text"], gold, predicted))
        lenient = [pair for pair in same_content if _overlap(gold[pair.gold], predicted[pair.found])]
        for name in ("lenient", "strict"):
            counts[f"{name} gold"] += len(gold)
            counts[f"{name} found"] += len(predicted)
        counts["lenient right"] += len(one_to_one(lenient))
        counts["strict right"] += len(set(map(_key, gold)) & set(map(_key, predicted)))
        for pair in one_to_one(same_content):
            if any(mark in span.of(row["text"]) for span in gold[pair.gold].content for mark in QUOTATION_MARKS):
                counts["quoted"] += 1
                counts["quoted right"] += _any_overlap(gold[pair.gold].source, predicted[pair.found].source)
    return counts


def _same_content(text: str, gold: Sequence[Attribution], found: Sequence[Attribution]) -> Iterator[Pair]:
    """Pairs whose contents have enough characters in common, white space aside."""
    gold_letters = [_letters(text, item.content) for item in gold]
    found_letters = [_letters(text, item.content) for item in found]
    for i, left in enumerate(gold_letters):
        for j, right in enumerate(found_letters):
            common = len(left & right)
            if common and common / len(left | right) >= ENOUGH_IN_COMMON:
                yield Pair(common / len(left | right), i, j)


def _letters(text: str, spans: Iterable[Span]) -> set[int]:
    return {i for span in spans for i in range(span.start, span.end) if not text[i].isspace()}


def _overlap(gold: Attribution, found: Attribution) -> bool:
    return _any_overlap(gold.cue, found.cue) and _any_overlap(gold.source, found.source)


def _any_overlap(left: Sequence[Span], right: Sequence[Span]) -> bool:
    """Whether one span of each overlap; neither having one counts as agreement."""
    return (not left and not right) or any(a.overlaps(b) for a in left for b in right)


def _key(attribution: Attribution) -> tuple[tuple[Span, ...], ...]:
    return tuple(tuple(sorted(getattr(attribution, label))) for label in LABELS)


def _attribution(row: Mapping[str, Sequence[Sequence[int]]]) -> Attribution:
    return Attribution(**{label: tuple(Span(*pair) for pair in row[label]) for label in LABELS})


def _counts(counts: Counter[str], name: str) -> tuple[int, int, int]:
    return counts[f"{name} right"], counts[f"{name} found"], counts[f"{name} gold"]


def _by_article(lines: Iterable[Line]) -> dict[str, list[Line]]:
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.article, []).append(line)
    return groups


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
