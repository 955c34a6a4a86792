"""``import onrecord`` and ``--help`` load nothing heavy: no model, no page reader, no web framework."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from onrecord.cli import COMMANDS

HEAVY = ("django", "fastwarc", "feedparser", "httpx", "numpy", "onnxruntime", "rich", "tokenizers", "trafilatura")

REPORT = f"import sys; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"


def loaded_after(statement: str, environment: dict[str, str] | None = None) -> list[str]:
    """The heavy packages that are loaded once a fresh interpreter has run the statement."""
    command = [sys.executable, "-c", f"{statement}\n{REPORT}"]
    result = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return result.stdout.splitlines()[-1].split()


def test_importing_the_library_loads_nothing_heavy() -> None:
    assert loaded_after("import onrecord") == []


def test_the_library_loads_its_readers_when_they_are_used() -> None:
    assert "onnxruntime" in loaded_after("import onrecord; onrecord.read")


@pytest.mark.parametrize("arguments", [[], *([name] for name in COMMANDS)])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    run = f"from onrecord.cli import main\ntry: main({[*arguments, '--help']!r})\nexcept SystemExit: pass"
    assert loaded_after(run) == []


def test_the_web_process_loads_no_model_and_no_page_reader() -> None:
    start = "import django, importlib; django.setup(); importlib.import_module('onrecord.site.urls')"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "onrecord.site.conf"}
    loaded = loaded_after(start, environment)
    assert "django" in loaded
    assert not {"onnxruntime", "tokenizers", "trafilatura", "fastwarc"} & set(loaded)
