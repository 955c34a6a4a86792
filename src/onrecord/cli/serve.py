"""``onrecord serve``: the website."""

from __future__ import annotations

import click

from onrecord.settings import load


@click.command(epilog="Example: ONRECORD_BASE_URL=https://record.example onrecord serve --host 0.0.0.0 --port 8000")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes; rate limits count for all of them together.",
)
@click.option(
    "--threads",
    default=8,
    show_default=True,
    type=click.IntRange(1, 256),
    help="Requests that one process answers at once.",
)
def command(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the record's website until stopped.

    The database's tables are brought up to date first. Set ONRECORD_BASE_URL to the public address: with https it turns
    on secure cookies and strict transport. Pages submitted on the site are read by `onrecord work`, which runs beside.
    """
    from onrecord.site import server

    port = server.free_port(host, port, may_move=False)
    server.use_base_url(server.base_url(host, port))
    server.prepare(load())
    address = load().base_url
    server.serve(host, port, workers=workers, threads=threads, ready=lambda: click.echo(f"The record is at {address}"))
