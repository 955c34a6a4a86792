"""The command line: one file per command, imported only when it is called."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS: dict[str, str] = {
    # command -> module:attribute
}


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


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onrecord")
def main() -> None:
    """Who said what, when, to whom, and who denied which report: read out of news pages."""
