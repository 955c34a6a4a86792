from __future__ import annotations

import io
import json
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from onrecord.record.backups import MANIFEST, BackupError, make_backup, restore_backup
from onrecord.record.database import database_config


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    (folder / "snapshots").mkdir(parents=True)
    (folder / "snapshots" / "pages-000001.warc.gz").write_bytes(b"page" * 1000)
    with closing(sqlite3.connect(folder / "record.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE record_article (id INTEGER PRIMARY KEY, title TEXT)")
        database.executemany("INSERT INTO record_article(title) VALUES (?)", [(f"Pier {n}",) for n in range(500)])
        database.commit()
    return folder


def configured(home: Path) -> dict[str, Any]:
    return database_config("record.sqlite3", home)


def rows(home: Path) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(home / "record.sqlite3")) as database:
        return database.execute("SELECT * FROM record_article ORDER BY id").fetchall()


def test_a_live_store_comes_back_equal(home: Path, tmp_path: Path) -> None:
    before = rows(home)
    with closing(sqlite3.connect(home / "record.sqlite3")) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO record_article(title) VALUES ('not committed')")
        made = make_backup(tmp_path / "b.tar", configured(home), home)
        writer.commit()
    restored = tmp_path / "restored"
    assert restore_backup(tmp_path / "b.tar", configured(restored), restored).made == made.made
    assert rows(restored) == before
    name = "snapshots/pages-000001.warc.gz"
    assert (restored / name).read_bytes() == (home / name).read_bytes()
    assert not list(restored.glob(".restore*"))


def test_nothing_is_overwritten(home: Path, tmp_path: Path) -> None:
    make_backup(tmp_path / "b.tar", configured(home), home)
    with pytest.raises(BackupError, match="new file"):
        make_backup(tmp_path / "b.tar", configured(home), home)
    with pytest.raises(BackupError, match="ONRECORD_HOME"):
        restore_backup(tmp_path / "b.tar", configured(home), home)


def test_there_must_be_a_record(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="ONRECORD_DATABASE"):
        make_backup(tmp_path / "b.tar", configured(tmp_path), tmp_path)
    assert not (tmp_path / "b.tar").exists()


def rewritten(path: Path, change: Callable[[tarfile.TarInfo, bytes], tuple[tarfile.TarInfo, bytes] | None]) -> None:
    """The archive with each entry as ``change`` leaves it."""
    with tarfile.open(path) as archive:
        entries = [(entry, archive.extractfile(entry).read()) for entry in archive]  # type: ignore[union-attr]
    with tarfile.open(path, "w") as archive:
        for entry, body in entries:
            kept = change(entry, body)
            if kept:
                kept[0].size = len(kept[1])
                archive.addfile(kept[0], io.BytesIO(kept[1]))


@pytest.mark.parametrize(
    "damage", ["byte", "missing", "no manifest", "cut", "no tar", "path", "absolute", "link", "other"]
)
def test_what_is_not_whole_or_not_ours_is_refused_and_leaves_nothing(home: Path, tmp_path: Path, damage: str) -> None:
    path, restored = tmp_path / "b.tar", tmp_path / "restored"
    make_backup(path, configured(home), home)

    def change(entry: tarfile.TarInfo, body: bytes) -> tuple[tarfile.TarInfo, bytes] | None:
        is_snapshot, is_manifest = entry.name.startswith("snapshots/"), entry.name == MANIFEST
        if damage == "byte" and is_snapshot:
            body = b"P" + body[1:]
        if (damage == "missing" and is_snapshot) or (damage == "no manifest" and is_manifest):
            return None
        if damage == "path" and is_snapshot:
            entry.name = "snapshots/../../evil.warc.gz"
        if damage == "absolute" and is_snapshot:
            entry.name = str(tmp_path / "evil.warc.gz")
        if damage == "link" and is_snapshot:
            entry.type, entry.linkname, body = tarfile.SYMTYPE, "/etc/passwd", b""
        if damage == "other" and is_manifest:
            body = json.dumps(json.loads(body) | {"vendor": "postgresql"}).encode()
        return entry, body

    if damage == "cut":
        path.write_bytes(path.read_bytes()[:4000])
    elif damage == "no tar":
        path.write_bytes(b"hello")
    else:
        rewritten(path, change)
    with pytest.raises(BackupError):
        restore_backup(path, configured(restored), restored)
    assert not (restored / "record.sqlite3").exists()
    assert not list(tmp_path.glob("evil*"))
    assert not list((restored / "snapshots").glob("*"))
