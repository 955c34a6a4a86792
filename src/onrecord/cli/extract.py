"""``onrecord extract``: pages in, statements out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.inputs import number_of_jobs, source_parameters
from onrecord.cli.output import RejectLog, WholeLines, json_line, watched
from onrecord.settings import load
from onrecord.terms import Record, Reject, Span, Statement

if TYPE_CHECKING:
    from onrecord.pages.forms import Form


@click.command(
    epilog="Example: onrecord extract page.html https://news.example/story --to statements > statements.jsonl"
)
@source_parameters
@click.option(
    "--to",
    type=click.Choice(("table", "statements", "articles", "attributions")),
    help="table: for reading; statements: one JSON object for each; articles: one for each article with its text and "
    "statements; attributions: raw spans only. Default: table on a terminal, statements in a pipe.",
)
@click.pass_context
def command(
    ctx: click.Context, sources: tuple[str, ...], form: Form, rejects: Path | None, jobs: int | None, to: str | None
) -> None:
    """Read pages and write who said what.

    A SOURCE is an HTML or text file, a folder, a URL, a feed, a web archive (WARC), a WordPress export (WXR), ready
    articles as JSON Lines, or - for standard input. What cannot be read is set aside with its reason and the rest goes
    on; the exit status is then 1.
    """
    from onrecord.cli.expected import expected_pages
    from onrecord.flow import extract_sources

    settings = load()
    to = to or ("table" if sys.stdout.isatty() else "statements")
    lines = RENDERINGS[to]
    jobs = number_of_jobs(jobs, settings)
    items = extract_sources(sources, form, jobs=jobs, settings=settings, raw=to == "attributions")
    with RejectLog(rejects) as log, WholeLines() as out:
        for item in watched(items, lambda: expected_pages(sources, form), "articles"):
            if isinstance(item, Reject):
                log.add(item)
            else:
                for line in lines(item):
                    out.write(line)
    ctx.exit(1 if log.counts else 0)


def _articles(record: Record) -> Iterator[str]:
    yield json_line(record.to_dict())


def _attributions(record: Record) -> Iterator[str]:
    yield json_line({"id": record.article.id, "attributions": [item.to_dict() for item in record.attributions]})


def _statements(record: Record) -> Iterator[str]:
    article = record.article
    head = {"article": article.id, "url": article.url, "outlet": article.outlet, "published": article.published}
    for statement in record.statements:
        yield json_line({**head, **statement.to_dict(), "words": _words(statement, article.text)})


def _words(statement: Statement, text: str) -> dict[str, str | list[str] | None]:
    """The words that the spans stand for, so that a line can be read without its article."""

    def of(span: Span | None) -> str | None:
        return span.of(text) if span else None

    return {
        "speaker": of(statement.speaker_span),
        "cue": of(statement.cue),
        "content": [span.of(text) for span in statement.content],
    }


def _table(record: Record) -> Iterator[str]:
    from onrecord.cli.tables import record_table

    yield record_table(record)


RENDERINGS: dict[str, Callable[[Record], Iterator[str]]] = {
    "table": _table,
    "statements": _statements,
    "articles": _articles,
    "attributions": _attributions,
}
