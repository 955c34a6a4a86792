"""The command line: one file per command, imported only when it is called.

Exit status of every command: 0 all went well, 1 some of it was set aside or fell short, 2 the command was called
wrongly or a setting cannot be read, 3 it could not run at all, 130 stopped from the keyboard, 141 nobody reads on.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from onrecord.errors import OnrecordError, SettingError

COMMANDS: dict[str, str] = {
    # command -> module:attribute
    "add": "onrecord.cli.add:command",
    "backup": "onrecord.cli.backup:command",
    "check": "onrecord.cli.check:command",
    "dates": "onrecord.cli.dates:command",
    "demo": "onrecord.cli.demo:command",
    "evaluate": "onrecord.cli.evaluate:command",
    "export": "onrecord.cli.export:command",
    "extract": "onrecord.cli.extract:command",
    "import": "onrecord.cli.import_:command",
    "read": "onrecord.cli.read:command",
    "replies": "onrecord.cli.replies:command",
    "restore": "onrecord.cli.restore:command",
    "retry": "onrecord.cli.retry:command",
    "serve": "onrecord.cli.serve:command",
    "user": "onrecord.cli.user:command",
    "watch": "onrecord.cli.watch:command",
    "work": "onrecord.cli.work:command",
}

COULD_NOT_RUN = 3
INTERRUPTED = 130
NOBODY_READS = 141


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is asked for, so that ``--help`` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        where = COMMANDS.get(cmd_name)
        if where is None:
            return None
        module, attribute = where.split(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what goes wrong becomes one sentence and an exit status, never a traceback."""
        try:
            return super().invoke(ctx)
        except SettingError as error:
            raise click.UsageError(str(error), ctx) from error
        except OnrecordError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(COULD_NOT_RUN)
        except BrokenPipeError:
            # Python would complain once more when it flushes standard output at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(NOBODY_READS)
        except KeyboardInterrupt:
            click.echo("Stopped. What was written so far is whole.", err=True)
            ctx.exit(INTERRUPTED)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: onrecord extract page.html",
)
@click.version_option(package_name="onrecord")
def main() -> None:
    """Who said what, when, to whom, and who denied which report: read out of news pages."""
