"""A process killed at any moment loses nothing and doubles nothing; two at once do not get in each other's way."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

WRITER = Path(__file__).with_name("record_writer.py")


def run(home: Path, *arguments: str, **environment: str) -> Any:
    done = subprocess.run(
        [sys.executable, str(WRITER), *arguments],
        env={
            **os.environ,
            "ONRECORD_HOME": str(home),
            "ONRECORD_DATABASE": str(home / "record.sqlite3"),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "locked" not in done.stderr
    return json.loads(done.stdout)


def expect_each_once(home: Path, articles: int) -> None:
    with closing(sqlite3.connect(home / "record.sqlite3")) as database:

        def one(query: str) -> Any:
            return database.execute(query).fetchone()[0]

        for table in ("article", "articleversion", "statement", "searchentry", "snapshot", "personrole"):
            assert one(f"SELECT count(*) FROM record_{table}") == articles, table
        assert one("SELECT count(DISTINCT url) FROM record_article") == articles
        assert one("SELECT count(*) FROM record_person") == 1
        assert one("SELECT count(*) FROM record_outlet") == 1
        assert one("SELECT count(*) FROM record_search WHERE record_search MATCH 'pier'") == articles
        assert one("PRAGMA integrity_check") == "ok"
        assert not database.execute("PRAGMA foreign_key_check").fetchall()
        places = database.execute("SELECT warc_file, offset, length FROM record_snapshot ORDER BY 1, 2").fetchall()
    files = {path.name: path.read_bytes() for path in (home / "snapshots").glob("*.warc.gz")}
    for name, offset, length in places:
        assert gzip.decompress(files[name][offset : offset + length]).startswith(b"WARC/1.")
    assert sum(length for *_, length in places) == sum(map(len, files.values())), (
        "no page is in the files twice, none torn"
    )


@pytest.mark.slow
def test_killed_at_200_random_moments_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    told = run(tmp_path, "kills", "200", "1871")
    assert told["kills"] == 200
    assert told["status"] == 0
    assert set(told["safe"]) <= set(range(told["last"]))
    assert len(told["safe"]) > 40, "most writers were killed before they wrote anything"
    expect_each_once(tmp_path, told["last"])


@pytest.mark.slow
def test_two_writers_at_once(tmp_path: Path) -> None:
    told = run(tmp_path, "together", "40")
    assert told["statuses"] == [0, 0]
    assert len(list((tmp_path / "snapshots").glob("*.warc.gz"))) == 2, "each writes to a file of its own"
    expect_each_once(tmp_path, 40)
