"""``onrecord evaluate``: how accurate it is, against corpora that people read."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.cli.output import json_line
from onrecord.evaluation import PARTS, Report, evaluate
from onrecord.evaluation.floors import shortfalls
from onrecord.evaluation.report import CorpusMissing
from onrecord.settings import load


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

    The exit status is 1 where a figure lies below its floor or a part's corpus is missing. The corpora are no part of
    this project.
    """
    folder = data or load().data
    show = _show_table if to == "table" or (to is None and sys.stdout.isatty()) else _show_json
    all_well = True
    for name in PARTS if part == "all" else (part,):
        try:
            report = evaluate(name, folder)
        except CorpusMissing as error:
            click.echo(f"{name}: not measured. {error}", err=True)
            all_well = False
        else:
            fallen = shortfalls(report)
            show(report, fallen)
            all_well = all_well and not fallen
    ctx.exit(0 if all_well else 1)


def _show_table(report: Report, fallen: list[str]) -> None:
    from onrecord.cli.tables import report_table

    click.echo(report_table(report, fallen), nl=False)


def _show_json(report: Report, fallen: list[str]) -> None:
    click.echo(json_line({**report.to_dict(), "shortfalls": fallen}), nl=False)
