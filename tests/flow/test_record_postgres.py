"""PostgreSQL passes the same tests as SQLite. ``ONRECORD_TEST_POSTGRES`` names a server's database, such as
``postgres://postgres@/postgres?host=/run/postgresql``, on which databases may be made and dropped."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest

SERVER = os.environ.get("ONRECORD_TEST_POSTGRES", "")
ROOT = Path(__file__).parents[2]
WRITER = Path(__file__).with_name("record_writer.py")

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.slow,
    pytest.mark.skipif(not SERVER, reason="ONRECORD_TEST_POSTGRES names no PostgreSQL server"),
]


def named(name: str) -> str:
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))


@pytest.fixture
def database() -> Iterator[str]:
    """URL of a new database, dropped afterwards."""
    import psycopg

    name = f"onrecord_{uuid4().hex[:12]}"
    with psycopg.connect(SERVER.replace("postgres://", "postgresql://"), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield named(name)
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def run(home: Path, database: str, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        env={**os.environ, "ONRECORD_HOME": str(home), "ONRECORD_DATABASE": database},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def onrecord(home: Path, database: str, *arguments: str) -> str:
    return run(home, database, "-c", "from onrecord.cli import main; main()", *arguments)


def test_the_tests_of_store_and_search_pass(tmp_path: Path, database: str) -> None:
    out = run(tmp_path, database, "-m", "pytest", "tests/unit/record", "-q", "-p", "no:cacheprovider")
    assert " passed" in out
    assert "failed" not in out


def test_two_writers_at_once(tmp_path: Path, database: str) -> None:
    told = json.loads(run(tmp_path, database, str(WRITER), "together", "30"))
    assert told["statuses"] == [0, 0]
    lines = [json.loads(line) for line in onrecord(tmp_path, database, "export").splitlines()]
    articles = [line for line in lines if line["type"] == "article"]
    assert len(articles) == len({article["url"] for article in articles}) == 30
    assert all(len(article["statements"]) == len(article["versions"]) == 1 for article in articles)
    assert sum(line["type"] == "person" for line in lines) == 1


def test_a_backup_comes_back_equal(tmp_path: Path, database: str) -> None:
    import psycopg

    run(tmp_path / "home", database, str(WRITER), "together", "5")
    before = onrecord(tmp_path / "home", database, "export")
    onrecord(tmp_path / "home", database, "backup", str(tmp_path / "b.tar"))
    name = f"onrecord_{uuid4().hex[:12]}"
    with psycopg.connect(SERVER.replace("postgres://", "postgresql://"), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            onrecord(tmp_path / "restored", named(name), "restore", str(tmp_path / "b.tar"))
            assert onrecord(tmp_path / "restored", named(name), "export") == before
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
