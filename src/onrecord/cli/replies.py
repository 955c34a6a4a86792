"""``onrecord replies``: readers' replies in and out, and what is kept no longer."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from onrecord.replies.exchange.importing import Imported

_FORMS = ("wxr", "disqus", "isso", "json")


@click.group(epilog="Example: onrecord replies import --form wxr blog-export.xml --dry-run")
def command() -> None:
    """Import and export readers' replies, and delete what has been kept long enough."""


@command.command("import", epilog="Example: onrecord replies import --form disqus disqus.xml")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--form", type=click.Choice(_FORMS), required=True, help="What wrote the file.")
@click.option("--site", default="", help="Address of the site that Isso's paths belong to.")
@click.option("--dry-run", is_flag=True, help="Say what would be added, and write nothing.")
@click.option(
    "--rejects", type=click.Path(dir_okay=False, path_type=Path), help="Write what was set aside, as JSON Lines."
)
@click.pass_context
def import_(ctx: click.Context, path: Path, form: str, site: str, dry_run: bool, rejects: Path | None) -> None:
    """Add the replies of a WordPress export (wxr), a Disqus export, an Isso database or our own JSON Lines.

    Replies hang under the article whose address they name. Running it twice adds nothing. IP addresses are dropped. The
    exit status is 1 where some were set aside.
    """
    result = import_file(path, form, site, dry_run=dry_run)
    if rejects:
        lines = (json.dumps(reject.to_dict(), ensure_ascii=False) + "\n" for reject in result.rejects)
        rejects.write_text("".join(lines), "utf-8")
    states = ", ".join(f"{number} {state}" for state, number in sorted(result.by_state.items()))
    click.echo(
        f"{'would add' if dry_run else 'added'} {result.added}{f' ({states})' if states else ''}, known {result.known}"
    )
    for reject in result.rejects[:20]:
        click.echo(f"set aside {reject.name}: {reject.reason}", err=True)
    if len(result.rejects) > 20:
        click.echo(f"... and {len(result.rejects) - 20} more; --rejects writes them all to a file", err=True)
    ctx.exit(1 if result.rejects else 0)


def import_file(path: Path, form: str, site: str = "", *, dry_run: bool = False) -> Imported:
    """Import one file into the record that the settings name."""
    _open()
    from onrecord.replies.exchange.importing import import_replies
    from onrecord.replies.exchange.reading import READERS, read_isso

    items = read_isso(path, site) if form == "isso" else READERS[form](path)
    return import_replies(items, form, dry_run=dry_run)


@command.command("export", epilog="Example: onrecord replies export --form json > replies.jsonl")
@click.option("--form", type=click.Choice(["json", "wxr"]), default="json", show_default=True, help="What to write.")
def export(form: str) -> None:
    """Write every reply to standard output, with the writers' e-mail addresses: keep the file to yourself."""
    _open()
    from onrecord.replies.exchange import exporting

    write = exporting.export_json if form == "json" else exporting.export_wxr
    count = write(sys.stdout)
    click.echo(f"{count} replies", err=True)


@command.command("retention", epilog="Example: onrecord replies retention")
def retention() -> None:
    """Delete what is past its time now: networks, spam, unconfirmed mail requests, old consents.

    The site does it every day by itself; `onrecord check` says when it was done last.
    """
    _open()
    from onrecord.replies.retention import enforce

    click.echo("\n".join(f"{name}: {number}" for name, number in enforce().to_dict().items()))


def _open() -> None:
    from onrecord.record.opening import open_record

    open_record()
