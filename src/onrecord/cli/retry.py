"""``onrecord retry``: try again what was set aside."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.add import report
from onrecord.cli.inputs import number_of_jobs
from onrecord.settings import load


@click.command(epilog="Example: onrecord retry --all")
@click.option("--all", "everything", is_flag=True, help="Also what is not expected to go better, as after an update.")
@click.option("--jobs", type=click.IntRange(0), help="Processes that read at once; 0: one for each core.")
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write what was set aside again to this file, one JSON object a line, with the reason.",
)
@click.pass_context
def command(ctx: click.Context, everything: bool, jobs: int | None, rejects: Path | None) -> None:
    """Try again what `onrecord add` set aside and may go better now, such as a server that was down."""
    from onrecord.record.opening import open_record

    open_record()
    from onrecord.record.ingest import retry_rejects

    settings = load()
    items = retry_rejects(everything=everything, jobs=number_of_jobs(jobs, settings), settings=settings)
    ctx.exit(1 if report(items, rejects).rejects else 0)
