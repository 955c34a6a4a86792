"""``onrecord evaluate``: how accurate it is, against corpora that people read."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.cli.output import json_line
from onrecord.settings import load

PARTS = ("attributions", "statements", "confidence", "pages", "dates")


@click.command(epilog="Example: onrecord evaluate statements --data ../shared")
@click.argument("part", type=click.Choice((*PARTS, "all")), default="all")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder with the corpora; default: the setting ONRECORD_DATA.",
)
@click.option(
    "--to",
    type=click.Choice(("table", "json")),
    help="Default: table on a terminal, JSON Lines in a pipe, one part a line.",
)
@click.pass_context
def command(ctx: click.Context, part: str, data: Path | None, to: str | None) -> None:
    """Score the program against corpora that people read, and hold the scores to their floors.

    The exit status is 1 where a figure lies below its floor. The corpora are no part of this project.
    """
    from onrecord.evaluation import evaluate
    from onrecord.evaluation.floors import shortfalls

    folder = data or load().data
    as_table = to == "table" or (to is None and sys.stdout.isatty())
    fell_short = False
    for name in PARTS if part == "all" else (part,):
        report = evaluate(name, folder)
        fallen = shortfalls(report)
        fell_short = fell_short or bool(fallen)
        if as_table:
            from onrecord.cli.tables import report_table

            click.echo(report_table(report, fallen), nl=False)
        else:
            click.echo(json_line({**report.to_dict(), "shortfalls": fallen}), nl=False)
    ctx.exit(1 if fell_short else 0)
