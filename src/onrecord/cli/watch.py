"""``onrecord watch``: feeds polled for what is new."""

from __future__ import annotations

import time

import click

from onrecord.settings import load


@click.command(epilog="Example: onrecord watch https://news.example/feed.xml")
@click.argument("feeds", nargs=-1, metavar="[FEED]...")
@click.option("--once", is_flag=True, help="Poll what is due now, then stop; for cron.")
@click.pass_context
def command(ctx: click.Context, feeds: tuple[str, ...], once: bool) -> None:
    """Watch feeds, and read the pages that they newly name, until stopped.

    A FEED (RSS, Atom, JSON Feed) that is given is watched from now on, with those that are watched already. A feed is
    asked every half hour, with what it said last time, so that it can say that nothing changed; one that fails is
    asked ever more seldom, once a day at least.
    """
    from onrecord.record.opening import open_record

    open_record()
    from onrecord.pages.options import FetchOptions
    from onrecord.record.actions.feeds import add_feed
    from onrecord.record.watching import due_feeds, poll, seconds_to_next

    options = FetchOptions.from_settings(load())
    for url in feeds:
        add_feed(url)
    failed = False
    while True:
        for feed in due_feeds():
            result = poll(feed, options)
            failed |= bool(result.error)
            outcomes = ", ".join(f"{name} {number}" for name, number in sorted(result.counts.outcomes.items()))
            click.echo(f"{feed.url}: {result.error or outcomes or 'nothing new'}", err=bool(result.error))
        if once:
            ctx.exit(int(failed))
        # Feeds that staff add meanwhile are seen within a minute.
        time.sleep(min(60.0, max(1.0, seconds_to_next())))
