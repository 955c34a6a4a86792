"""``onrecord check``: is this installation healthy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onrecord.errors import ModelError

if TYPE_CHECKING:
    from onrecord.record.health import Check


@click.command(epilog="Example: onrecord check --thorough")
@click.option("--thorough", is_flag=True, help="Read every page snapshot and every statement, not the newest 200.")
@click.option("--mend", is_flag=True, help="Make the search index anew first.")
@click.pass_context
def command(ctx: click.Context, thorough: bool, mend: bool) -> None:
    """Check database, tables, search index, statements, page snapshots, disk space, jobs, feeds, statement model
    and what readers need to reply.

    The exit status is 1 where something is not in order; each line says what to do.
    """
    from onrecord.record.opening import open_record, record_home

    open_record()
    from onrecord.record import health
    from onrecord.replies.health import check_replies

    if mend:
        click.echo(f"search: {health.mend()} entries made anew")
    found = [*health.check_record(record_home(), thorough=thorough), _model(), *check_replies()]
    for one in found:
        click.echo(f"{'ok ' if one.is_healthy else 'NOT'} {one.name}: {one.message}")
    ctx.exit(int(not all(one.is_healthy for one in found)))


def _model() -> Check:
    from onrecord.record.health import Check
    from onrecord.statements.weights import load_model

    try:
        return Check("statement model", True, f"in order, version {load_model().version}")
    except ModelError as error:
        return Check("statement model", False, str(error))
