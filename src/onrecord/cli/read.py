"""``onrecord read``: pages in, articles out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.inputs import number_of_jobs, source_parameters
from onrecord.cli.output import RejectLog, WholeLines, json_line, watched
from onrecord.settings import load
from onrecord.terms import Article, Reject

if TYPE_CHECKING:
    from onrecord.pages.forms import Form


@click.command(epilog="Example: onrecord read saved-pages/ --to articles > articles.jsonl")
@source_parameters
@click.option(
    "--to",
    type=click.Choice(("table", "articles")),
    help="table: for reading; articles: one JSON object for each. Default: table on a terminal, articles in a pipe.",
)
@click.pass_context
def command(
    ctx: click.Context, sources: tuple[str, ...], form: Form, rejects: Path | None, jobs: int | None, to: str | None
) -> None:
    """Read pages and write the articles on them: headline, outlet, byline, times, tags, readers' replies and text.

    A SOURCE is what `onrecord extract` reads too. No statement model is loaded.
    """
    from onrecord.cli.expected import expected_pages
    from onrecord.flow import read_sources

    settings = load()
    to = to or ("table" if sys.stdout.isatty() else "articles")
    items = read_sources(sources, form, jobs=number_of_jobs(jobs, settings), settings=settings)
    with RejectLog(rejects) as log, WholeLines() as out:
        for item in watched(items, lambda: expected_pages(sources, form), "articles"):
            if isinstance(item, Reject):
                log.add(item)
            else:
                out.write(_render(item, to))
    ctx.exit(1 if log.counts else 0)


def _render(article: Article, to: str) -> str:
    if to == "articles":
        return json_line(article.to_dict())
    from onrecord.cli.tables import article_table

    return article_table(article)
