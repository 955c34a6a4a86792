"""Documentation that says something else than the program fails here."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from onrecord.cli import COMMANDS, main
from onrecord.settings import SETTINGS

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*.md")])
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")
MAKE = re.compile(r"`make ([a-z-]+)`|^make ([a-z-]+)", re.MULTILINE)
SHELL_BLOCK = re.compile(r"```(?:sh|console|bash)\n(.*?)```", re.DOTALL)


def command_lines() -> list[tuple[str, str]]:
    """Every line in a shell block of the documentation that calls ``onrecord``, with the page it stands on."""
    return [
        (page.relative_to(ROOT).as_posix(), line.removeprefix("$ ").strip())
        for page in PAGES
        for block in SHELL_BLOCK.findall(page.read_text(encoding="utf-8"))
        for line in block.replace("\\\n", " ").splitlines()
        if line.removeprefix("$ ").strip().startswith("onrecord ")
    ]


def test_the_generated_reference_is_up_to_date() -> None:
    result = subprocess.run([sys.executable, ROOT / "docs/generate.py", "--check"], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_and_its_help_ends_with_an_example(name: str) -> None:
    assert f"## `onrecord {name}" in (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert "onrecord" in (command.epilog or ""), f"{name} has no example at the end of its help"


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented(setting: object) -> None:
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    assert f"| `{setting.variable}` |" in page  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    broken = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()]
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_make_targets_that_are_named_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {first or second for first, second in MAKE.findall(page.read_text(encoding="utf-8"))}
    assert named <= targets


def test_the_documentation_shows_commands() -> None:
    assert len(command_lines()) >= 5


@pytest.mark.parametrize(("page", "line"), command_lines())
def test_commands_that_are_shown_can_be_called_so(page: str, line: str) -> None:
    """The command and each of its options exist."""
    words = shlex.split(re.split(r" [|>] ", line)[0], comments=True)[1:]
    command: click.Command = main
    context = click.Context(main, info_name="onrecord")
    while words and isinstance(command, click.Group):
        if words[0].startswith("-"):
            break
        found = command.get_command(context, words.pop(0))
        assert found is not None, f"{page}: no such command: {line}"
        command = found
    known = {
        option for parameter in command.get_params(context) for option in (*parameter.opts, *parameter.secondary_opts)
    }
    used = {word.split("=")[0] for word in words if word.startswith("-") and len(word) > 1}
    assert used <= known, f"{page}: {line}"
