"""``onrecord backup``: the record into one file."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(epilog="Example: onrecord backup record-2031-07-14.tar")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Copy the record, its database and its page snapshots, into FILE while the site goes on running.

    A PostgreSQL database is copied with pg_dump, which must be installed. The secret key is left out.
    """
    from onrecord.record.opening import open_record, record_home

    open_record()
    from django.conf import settings

    from onrecord.record.backups import make_backup

    made = make_backup(file, settings.DATABASES["default"], record_home())
    click.echo(f"{file}: {made.files} files, {made.size / 1e6:.1f} MB")
