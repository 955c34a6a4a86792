"""``onrecord import``: a whole record out of an export."""

from __future__ import annotations

from typing import BinaryIO

import click


@click.command("import", epilog="Example: ONRECORD_HOME=new-record onrecord import record.jsonl")
@click.argument("file", type=click.File("rb"))
def command(file: BinaryIO) -> None:
    """Read a whole record, as `onrecord export` writes it, into an empty one: all, or nothing if a line is wrong.

    Page snapshots are not in an export; copy the snapshots folder, or use `onrecord backup` and `onrecord restore`.
    """
    from onrecord.record.opening import open_record

    open_record()
    from onrecord.record.exports.loading import load_record

    counts = load_record(file)
    click.echo(", ".join(f"{name} {number}" for name, number in sorted(counts.items())) or "nothing in it")
