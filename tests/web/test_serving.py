"""The commands that serve: a real server process, its files, its address, its accounts."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from onrecord.site.server import PortTaken, base_url, free_port

pytestmark = pytest.mark.slow
ONRECORD = [str(Path(sys.executable).with_name("onrecord"))]


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ONRECORD_", "DJANGO_"))}
    return {**kept, "ONRECORD_HOME": str(home)}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """Address that ``onrecord serve`` prints."""
    port = free_port("127.0.0.1", 18_700, may_move=True)
    command = [*ONRECORD, "serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment(tmp_path / "home"))
    assert process.stdout
    line = process.stdout.readline()
    yield line.rpartition(" ")[2].strip()
    process.terminate()
    process.wait(timeout=20)
    process.stdout.close()


def get(url: str) -> tuple[int, str, Message]:
    for _ in range(40):
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return answer.status, answer.read().decode("utf-8", "replace"), answer.headers
        except urllib.error.HTTPError as error:
            with error:
                return error.code, "", error.headers
        except OSError:
            time.sleep(0.25)
    raise AssertionError(f"nobody answers at {url}")


def test_a_fresh_folder_is_served_with_hashed_files_and_headers(served: str, tmp_path: Path) -> None:
    status, html, headers = get(served)
    assert status == 200
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    (style,) = re.findall(r'href="(/static/site/site\.[0-9a-f]{12}\.css)"', html)
    status, css, headers = get(served + style)
    assert status == 200
    assert "--paper" in css
    assert "immutable" in headers["Cache-Control"]
    assert (tmp_path / "home" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert get(f"{served}/static/../conf.py")[0] == 404


def test_a_taken_port_is_said_or_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match="--port"):
            free_port("127.0.0.1", port, may_move=False)
        assert free_port("127.0.0.1", port, may_move=True) > port


def test_addresses_are_written_as_a_browser_takes_them() -> None:
    assert base_url("127.0.0.1", 8000) == "http://localhost:8000"
    assert base_url("::1", 80) == "http://[::1]:80"


def test_accounts_are_made_with_a_role_and_a_password_that_holds(tmp_path: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [*ONRECORD, "user", *words]
        return subprocess.run(command, capture_output=True, text=True, env=environment(tmp_path), check=False)

    assert run("add", "ada", "--role", "editor", "--password", "short").returncode == 3
    made = run("add", "ada", "--role", "editor", "--password", "correct horse battery")
    assert made.returncode == 0, made.stderr
    assert run("list").stdout == "ada\teditor\t\n"
    assert run("token", "ada").stdout.startswith("onr_")
    assert run("token", "nobody").returncode == 3


def test_the_demo_keeps_to_its_own_folder(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    done = subprocess.run(
        [*ONRECORD, "demo", "--pages", str(pages), "--home", str(tmp_path / "demo"), "--no-serve"],
        capture_output=True,
        text=True,
        env=environment(tmp_path / "real"),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "demo" / "record.sqlite3").exists()
    assert not (tmp_path / "real").exists()
