"""``onrecord add``: pages into the record."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.inputs import number_of_jobs, source_parameters
from onrecord.cli.output import RejectLog, watched
from onrecord.settings import load
from onrecord.terms import Reject

if TYPE_CHECKING:
    from onrecord.record.actions.articles import Stored
    from onrecord.record.ingest import Counts


@click.command(epilog="Example: onrecord add saved-pages/ https://news.example/story")
@source_parameters
@click.option("--dry-run", is_flag=True, help="Say what would be added, and write nothing.")
@click.option("--again", is_flag=True, help="Also read pages that are kept unchanged, as after an update of the model.")
@click.pass_context
def command(
    ctx: click.Context,
    sources: tuple[str, ...],
    form: str,
    rejects: Path | None,
    jobs: int | None,
    dry_run: bool,
    again: bool,
) -> None:
    """Read pages and keep them: articles, snapshots of the pages, and who said what.

    A SOURCE is what `onrecord extract` reads too. The same page again changes nothing; a page that changed becomes a
    new version of its article. What cannot be read is kept with its reason, for `onrecord retry`; the exit status is
    then 1.
    """
    from onrecord.record.opening import open_record

    open_record()
    from onrecord.record.ingest import add_sources, would_add

    settings = load()
    number = number_of_jobs(jobs, settings)
    if dry_run:
        items = would_add(sources, form, jobs=number, settings=settings)  # type: ignore[arg-type]
    else:
        items = add_sources(sources, form, jobs=number, settings=settings, again=again)  # type: ignore[arg-type]
    ctx.exit(1 if report(items, rejects, would=dry_run).rejects else 0)


def report(items: Iterable[Stored | Reject], rejects: Path | None = None, *, would: bool = False) -> Counts:
    """Run through what is added, then say what became of it, and what it cost."""
    from onrecord.record.ingest import Counts

    counts, start = Counts(), time.monotonic()
    with RejectLog(rejects) as log:
        for item in watched(items, None, "articles"):
            counts.count(item)
            if isinstance(item, Reject):
                log.add(item)
    seconds = time.monotonic() - start
    articles = ", ".join(f"{name} {number}" for name, number in sorted(counts.outcomes.items())) or "nothing found"
    click.echo(f"{'Would be: ' if would else ''}{articles}; statements {counts.statements}")
    click.echo(f"{seconds:.1f} s, {peak_memory():.0f} MB at most", err=True)
    return counts


def peak_memory() -> float:
    """Most memory that this process or one of its workers held, in MB."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024
