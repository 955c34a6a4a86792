"""``onrecord demo``: the sample pages, read and served."""

from __future__ import annotations

import os
from pathlib import Path

import click

from onrecord.errors import InputError
from onrecord.settings import load

EXAMPLES = Path("examples") / "pages"


@click.command(epilog="Example: onrecord demo --port 8000")
@click.option(
    "--pages",
    type=click.Path(path_type=Path, file_okay=False),
    default=EXAMPLES,
    show_default=True,
    help="Folder of pages to read.",
)
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo-data"),
    show_default=True,
    help="Folder to keep the demo's record in.",
)
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="Port to try first; the next free one is taken.",
)
@click.option("--no-serve", is_flag=True, help="Only fill the record.")
def command(pages: Path, home: Path, port: int, no_serve: bool) -> None:
    """Read the sample pages into a record of their own and serve it. The address is the last line printed."""
    from onrecord.site import server

    if not pages.is_dir():
        raise InputError(
            f"There is no folder {pages}. Run the demo from the project's folder, or name one with --pages."
        )
    port = server.free_port(server.HOST, port, may_move=True)
    # The demo keeps to itself: neither a record nor an address that are set for real work are touched.
    os.environ["ONRECORD_HOME"] = str(home)
    os.environ["ONRECORD_DATABASE"] = ""
    os.environ["ONRECORD_BASE_URL"] = server.base_url(server.HOST, port)
    server.prepare(load())
    click.echo(f"Reading the pages in {pages} …")
    fill(pages)
    if no_serve:
        return
    server.serve(server.HOST, port, workers=1, threads=8, ready=lambda: click.echo(load().base_url))


def fill(pages: Path) -> None:
    """Add the sample pages, mark their outlets as our own, and keep a topic."""
    from onrecord.cli.add import report
    from onrecord.record.actions.editor import COMMAND_LINE
    from onrecord.record.actions.topics import save_topic
    from onrecord.record.ingest import add_sources
    from onrecord.record.models import Outlet, Topic

    report(add_sources([str(pages)], jobs=1, settings=load()))
    Outlet.objects.update(text_licence=Outlet.TextLicence.OWN)
    if not Topic.objects.exists():
        save_topic(
            "Everything denied",
            "denies:yes",
            COMMAND_LINE,
            description="What was denied, by whom, and who had claimed it.",
        )
