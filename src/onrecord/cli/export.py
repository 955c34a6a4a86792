"""``onrecord export``: statements, or the whole record, for other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

FORMS = ("jsonl", "csv", "parquet", "jsonld", "annotations")


@click.command(epilog="Example: onrecord export --to csv 'act:deny said:2031-07' > denials.csv")
@click.argument("query", required=False, default="")
@click.option("--to", "form", type=click.Choice(FORMS), default="jsonl", show_default=True, help="Form of the export.")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; standard output if none."
)
def command(query: str, form: str, output: Path | None) -> None:
    """Write the statements that a search finds, or all.

    QUERY is in the language of the site's search: words, "phrases", -without, person:, role:, outlet:, act:, kind:,
    said:2031-05..2031-07, published:, denies:yes. Without one, jsonl writes the whole record, articles with their full
    text, people, corrections and topics, which `onrecord import` reads; the other forms write every statement.
    """
    from onrecord.record.opening import open_record

    open_record()
    from onrecord.record.exports import export
    from onrecord.record.exports.lines import whole_record
    from onrecord.record.queries import shown_statements
    from onrecord.record.search import matching
    from onrecord.settings import load

    if form == "jsonl" and not query:
        chunks = whole_record()
    else:
        chunks = export(form, matching(query) if query else shown_statements(), load().base_url)
    _write(chunks, output)


def _write(chunks: Iterable[bytes], output: Path | None) -> None:
    if output is None:
        for chunk in chunks:
            sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        return
    unfinished = output.with_name(f".{output.name}.part")
    with unfinished.open("wb") as file:
        file.writelines(chunks)
    unfinished.rename(output)
