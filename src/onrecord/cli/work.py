"""``onrecord work``: the queue of jobs, worked off."""

from __future__ import annotations

import click


@click.command(epilog="Example: onrecord work --once")
@click.option("--once", is_flag=True, help="Do what is waiting, then stop; for cron.")
@click.option("--reread", is_flag=True, help="First queue every article that another model has read.")
def command(once: bool, reread: bool) -> None:
    """Do the jobs that wait: pages submitted on the site, imports, reading again with a newer model.

    Any number of workers may run. A job whose worker was killed is done by the next one to start on that machine.
    """
    from onrecord.record.opening import open_record

    open_record()
    from onrecord.record import jobs

    if reread:
        from onrecord.record.ingest import model_version

        click.echo(f"{jobs.queue_reading_again(model_version())} articles to read again")
    jobs.work(until_empty=once)
    left = jobs.queue()
    click.echo(f"waiting {left.waiting}, running {left.running}, failed {left.failed}")
