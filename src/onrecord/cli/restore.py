"""``onrecord restore``: the record back out of a backup."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(epilog="Example: ONRECORD_HOME=new-record onrecord restore record-2031-07-14.tar")
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
def command(file: Path) -> None:
    """Bring the record in FILE back, into an empty home folder and database.

    Every file is checked against the hash that the backup keeps before anything is put in place.
    """
    from onrecord.record.opening import open_record, record_home, set_up

    set_up()
    from django.conf import settings

    from onrecord.record.backups import restore_backup

    restored = restore_backup(file, settings.DATABASES["default"], record_home())
    open_record()  # brings tables of an older version up to date
    click.echo(f"{record_home()}: {restored.files} files, {restored.size / 1e6:.1f} MB, as of {restored.made}")
