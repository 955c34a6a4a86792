"""Writes the generated part of the reference: ``python docs/generate.py [--check]``.

``reference/commands.md`` comes from the help of each command, ``reference/settings.md`` from the table of settings, and
the sample in ``README.md`` from the statement model. With ``--check`` nothing is written and the exit status says
whether the reference is up to date; the sample is left out there, since arithmetic differs between processors.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from onrecord.cli import main
from onrecord.settings import SETTINGS

REFERENCE = Path(__file__).parent / "reference"
WIDTH = 100
README = Path(__file__).parents[1] / "README.md"
SAMPLE_PAGE = README.parent / "examples/lakeside-notebook-page.txt"
SAMPLE_LINES = 24
SAMPLE = re.compile(r"(<!-- sample -->\n).*?(<!-- end of sample -->)", re.DOTALL)
GENERATED = "<!-- Written by `make docs`; change the source, not this page. -->"


def pages() -> dict[Path, str]:
    """The text of each generated page."""
    return {REFERENCE / "commands.md": _commands(), REFERENCE / "settings.md": _settings()}


def _commands() -> str:
    parts = [f"# Commands\n\n{GENERATED}\n\n{_exit_statuses()}"]
    parts += [f"## `{name}`\n\n```text\n{text}\n```" for name, text in _help(main, "onrecord")]
    return "\n\n".join(parts) + "\n"


def _exit_statuses() -> str:
    return (
        "Exit status: 0 all went well; 1 some of it was set aside or fell short; 2 called wrongly, or a setting cannot "
        "be read;\n3 it could not run at all; 130 stopped from the keyboard; 141 nobody reads its output any more."
    )


def _help(command: click.Command, name: str, parent: click.Context | None = None) -> Iterator[tuple[str, str]]:
    """The name and help of a command and of those below it."""
    context = click.Context(
        command, info_name=name.split()[-1], parent=parent, terminal_width=WIDTH, max_content_width=WIDTH
    )
    yield name, "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            assert found is not None
            yield from _help(found, f"{name} {child}", context)


def _settings() -> str:
    rows = [
        f"| `{setting.variable}` | {_kind(setting.kind)} | {_default(setting.default)} | {setting.help} |"
        for setting in SETTINGS
    ]
    return (
        f"# Settings\n\n{GENERATED}\n\n"
        "Each is an environment variable, read once when a command or the web server starts. A value that cannot be\n"
        "read stops the start with a message that names the variable.\n\n"
        "| variable | kind | default | meaning |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"
    )


def _kind(kind: object) -> str:
    names = {"int": "whole number", "float": "number", "str": "text", "Path": "path", "boolean": "yes or no"}
    name = getattr(kind, "__name__", str(kind))
    return names.get(name, name.replace("_", " "))


def _default(value: object) -> str:
    if value in ("", None, ()):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"`{', '.join(map(str, value)) if isinstance(value, tuple) else value}`"


def readme() -> str:
    """The README with the first rows of what the program finds on a sample page."""
    from onrecord.cli.tables import record_table
    from onrecord.flow import extract_sources
    from onrecord.terms import Record

    (record,) = extract_sources([str(SAMPLE_PAGE)])
    assert isinstance(record, Record)
    rows = record_table(record).splitlines()[:SAMPLE_LINES]
    block = "```text\n" + "\n".join([*rows, "   …"]) + "\n```\n"
    return SAMPLE.sub(lambda match: match[1] + block + match[2], README.read_text(encoding="utf-8"))


def outdated() -> list[Path]:
    """The generated pages that are not what they should be."""
    return [path for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text]


if __name__ == "__main__":
    stale = outdated()
    if "--check" not in sys.argv:
        for path, text in pages().items():
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        README.write_text(readme(), encoding="utf-8")
    elif stale:
        sys.exit(f"Out of date: {', '.join(path.name for path in stale)}. Run: make docs")
