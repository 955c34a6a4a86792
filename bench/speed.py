"""Speed of the whole path from page to statements, the share of each step, and page to body alone in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import trafilatura

from bench.pages import load, sources
from bench.table import table
from onrecord.articles import read_article
from onrecord.errors import InputError
from onrecord.flow import extract_sources
from onrecord.settings import load as load_settings
from onrecord.statements.reader import default_reader
from onrecord.terms import Article, Page, Record

Item = TypeVar("Item")
Result = TypeVar("Result")

USUAL_WORDS = 750
"""Words of a news article; speed is also given in articles of this length, since corpora differ in theirs."""


def main() -> None:
    data = load_settings().data
    start = time.perf_counter()
    reader = default_reader()
    loading = time.perf_counter() - start
    pages, what, opening = load(data)
    bodies, body_seconds = _timed(pages, lambda page: trafilatura.extract(page.body, fast=True))
    articles, article_seconds = _timed(pages, read_article)
    records, statement_seconds = _timed(articles, reader.read)
    words = sum(len(article.text.split()) for article in articles)
    steps = {"open": opening, "page to article": article_seconds, "article to statements": statement_seconds}
    whole = sum(steps.values())
    rows = [
        (name, *_rates(seconds, articles, words), f"{100 * seconds / whole:.0f}") for name, seconds in steps.items()
    ]
    rows.append(("whole path, one process", *_rates(whole, articles, words), "100"))
    rows.append(
        ("body alone (trafilatura)", *_rates(body_seconds, articles, words), f"{100 * body_seconds / whole:.0f}")
    )
    for jobs in (1, 2):
        seconds, count = _command_path(data, jobs)
        assert count == len(records)
        rows.append((f"extract_sources, jobs={jobs}", *_rates(seconds, articles, words), ""))
    print(
        table(
            f"Speed on {len(pages)} {what} ({len(articles)} articles, {words:,} words, {len(bodies)} bodies)",
            ("step", "seconds", "articles/s", "words/s", f"articles/s of {USUAL_WORDS} words", "% of path"),
            rows,
            f"model load {loading:.2f} s; extract_sources includes starting processes and loading the model in each",
        )
    )


def _timed(items: Sequence[Item], work: Callable[[Item], Result]) -> tuple[list[Result], float]:
    """Results of the items that can be read, and the seconds that all took, a first item for warming up aside."""
    _try(work, items[0])
    start = time.perf_counter()
    results = [result for item in items for result in _try(work, item)]
    return results, time.perf_counter() - start


def _try(work: Callable[[Item], Result], item: Item) -> list[Result]:
    try:
        return [work(item)]
    except InputError:
        return []


def _command_path(data: Path, jobs: int) -> tuple[float, int]:
    """Seconds and number of articles of the path that the command takes."""
    start = time.perf_counter()
    results = list(extract_sources(sources(data)[0], jobs=jobs))
    return time.perf_counter() - start, sum(isinstance(result, Record) for result in results)


def _rates(seconds: float, articles: Sequence[Article | Page], words: int) -> tuple[str, str, str, str]:
    return (
        f"{seconds:.2f}",
        f"{len(articles) / seconds:.1f}",
        f"{words / seconds:,.0f}",
        f"{words / USUAL_WORDS / seconds:.1f}",
    )


if __name__ == "__main__":
    main()
