"""What the commands that read pages have in common on their command line."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from onrecord.settings import Settings

F = TypeVar("F", bound=Callable[..., None])

FORMS = ("auto", "html", "text", "articles", "feed", "warc", "wxr")


def source_parameters(function: F) -> F:
    """The sources and the options that say how to read them: ``sources``, ``form``, ``rejects``, ``jobs``."""
    for decorate in (
        click.option("--jobs", type=click.IntRange(0), help="Processes that read at once; 0: one for each core."),
        click.option(
            "--rejects",
            type=click.Path(dir_okay=False, writable=True, path_type=Path),
            help="Write what was set aside to this file, one JSON object a line, with the reason.",
        ),
        click.option(
            "--from",
            "form",
            type=click.Choice(FORMS),
            default="auto",
            show_default=True,
            help="What the sources are; auto looks at their names and first bytes.",
        ),
        click.argument("sources", nargs=-1, required=True, metavar="SOURCE..."),
    ):
        function = decorate(function)
    return function


def number_of_jobs(asked: int | None, settings: Settings) -> int:
    """The number asked for on the command line, else the setting's; 0 there means one for each core."""
    jobs: int = settings.jobs if asked is None else asked
    return jobs or len(os.sched_getaffinity(0))
