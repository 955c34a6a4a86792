"""``onrecord dates``: the time expressions of articles, one line an article."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.inputs import number_of_jobs, source_parameters
from onrecord.cli.output import RejectLog, WholeLines, json_line, watched
from onrecord.settings import load
from onrecord.terms import Article, Reject

if TYPE_CHECKING:
    from onrecord.pages.forms import Form


@click.command(epilog="Example: onrecord dates --from articles articles.jsonl")
@source_parameters
@click.pass_context
def command(ctx: click.Context, sources: tuple[str, ...], form: Form, rejects: Path | None, jobs: int | None) -> None:
    """Find the time expressions of articles and write the times they name, counted from the day of publication.

    One line of JSON an article: {"id", "dates": [{"start", "end", "value"}]}, with offsets into the text and the time
    in EDTF; null where the words name a time and nothing says which. A SOURCE is what `onrecord extract` reads too.
    """
    from onrecord.cli.expected import expected_pages
    from onrecord.flow import read_sources

    settings = load()
    items = read_sources(sources, form, jobs=number_of_jobs(jobs, settings), settings=settings)
    with RejectLog(rejects) as log, WholeLines() as out:
        for item in watched(items, lambda: expected_pages(sources, form), "articles"):
            if isinstance(item, Reject):
                log.add(item)
            else:
                out.write(json_line(dated(item)))
    ctx.exit(1 if log.counts else 0)


def dated(article: Article) -> dict[str, Any]:
    """The time expressions of one article, in JSON form."""
    from onrecord.statements.dates import find_times

    return {"id": article.id, "dates": [time.to_dict() for time in find_times(article.text, article.published)]}
