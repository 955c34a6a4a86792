"""A backup of a live record in one file, and its restoring: equal, or refused.

The file is a tar archive: ``manifest.json`` (what is in it, with hashes), the database (SQLite's own live backup, or
``pg_dump``), and the snapshot files. The database is copied first: snapshots are only ever added to, so every page
that the copied database names is in the files copied after it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from onrecord.errors import OnrecordError
from onrecord.record.snapshots import FOLDER

FORMAT = 1
MANIFEST = "manifest.json"
_DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
_CHUNK = 1 << 20


class BackupError(OnrecordError):
    """A backup that cannot be made or restored; the message says what to do."""

    code = "backup"


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds."""

    path: Path
    made: str
    vendor: str
    files: int
    size: int
    """Bytes of what is in it."""


def make_backup(path: Path, database: dict[str, Any], home: Path) -> Backup:
    """Copy the record into a file while others go on reading and writing it.

    Args:
        path: the file to make; it appears only when it is whole.
        database: Django's settings of the database.
        home: folder of the record, for its snapshots.

    Raises:
        BackupError: the file exists, or the database cannot be copied.
    """
    if path.exists():
        raise BackupError(f"{path} exists. Name a new file; backups are not overwritten.")
    vendor = _vendor(database)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.parent) as work:
        copied = Path(work) / _DATABASES[vendor]
        _copy_sqlite(Path(database["NAME"]), copied) if vendor == "sqlite" else _dump_postgres(database, copied)
        unfinished = Path(work) / "backup.tar"
        with tarfile.open(unfinished, "w", format=tarfile.PAX_FORMAT) as archive:
            files = {copied.name: _add(archive, copied, copied.name)}
            for snapshot in sorted((home / FOLDER).glob("*.warc.gz")):
                files[f"{FOLDER}/{snapshot.name}"] = _add(archive, snapshot, f"{FOLDER}/{snapshot.name}")
            made = datetime.now(UTC).isoformat(timespec="seconds")
            _add_bytes(
                archive, MANIFEST, json.dumps({"format": FORMAT, "made": made, "vendor": vendor, "files": files})
            )
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.rename(path)
    return Backup(path, made, vendor, len(files), sum(entry["size"] for entry in files.values()))


def restore_backup(path: Path, database: dict[str, Any], home: Path) -> Backup:
    """Bring a backup back into an empty home and database. Everything is checked before anything is put in place.

    Raises:
        BackupError: the file is damaged or of another database, or there is a record already.
    """
    vendor = _vendor(database)
    if any((home / FOLDER).glob("*.warc.gz")):
        raise BackupError(f"{home / FOLDER} holds snapshots. Restore into a new folder: set ONRECORD_HOME.")
    if vendor == "sqlite" and Path(database["NAME"]).exists() and _has_articles(Path(database["NAME"])):
        raise BackupError(f"{database['NAME']} is not empty. Restore into a new folder: set ONRECORD_HOME.")
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=home) as work:
        manifest = _unpack(path, Path(work), vendor)
        copied = Path(work) / _DATABASES[vendor]
        _place_sqlite(copied, Path(database["NAME"])) if vendor == "sqlite" else _restore_postgres(copied, database)
        (home / FOLDER).mkdir(exist_ok=True)
        for snapshot in sorted((Path(work) / FOLDER).glob("*")):
            snapshot.rename(home / FOLDER / snapshot.name)
    files = manifest["files"]
    return Backup(path, manifest["made"], vendor, len(files), sum(entry["size"] for entry in files.values()))


def _vendor(database: dict[str, Any]) -> str:
    return "postgresql" if database["ENGINE"].endswith("postgresql") else "sqlite"


def _copy_sqlite(source: Path, target: Path) -> None:
    if not source.exists():
        raise BackupError(f"There is no record at {source}. Set ONRECORD_HOME or ONRECORD_DATABASE to where it is.")
    address = f"{source.absolute().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(address, uri=True, timeout=60)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)
        # A copy in one file: no log beside it that someone could forget to copy.
        copy.execute("PRAGMA journal_mode=DELETE")


def _place_sqlite(copied: Path, target: Path) -> None:
    for beside in ("-wal", "-shm"):
        Path(f"{target}{beside}").unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(copied, target)


def _has_articles(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return "record_article" in tables and bool(database.execute("SELECT 1 FROM record_article LIMIT 1").fetchone())


def _dump_postgres(database: dict[str, Any], target: Path) -> None:
    _run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}"], database)


def _restore_postgres(source: Path, database: dict[str, Any]) -> None:
    command = ["pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    _run([*command, "--dbname", database["NAME"], str(source)], database)


def _run(command: list[str], database: dict[str, Any]) -> None:
    """PostgreSQL's own program, told by environment where the server is: no password on a command line."""
    if shutil.which(command[0]) is None:
        raise BackupError(
            f"{command[0]} is not installed. Install PostgreSQL's client programs of the server's version."
        )
    given = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = {name: str(database[key]) for name, key in given.items() if database.get(key)}
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BackupError(
            f"{command[0]} failed: {done.stderr.strip()[-500:]} "
            "Restoring needs an empty database, and client programs no older than the server."
        )


def _add(archive: tarfile.TarFile, path: Path, name: str) -> dict[str, Any]:
    """Put a file into the archive as long as it is now: one that grows meanwhile is cut there."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        hashing = _Hashing(file, size)
        entry = tarfile.TarInfo(name)
        entry.size, entry.mtime, entry.mode = size, int(path.stat().st_mtime), 0o600
        archive.addfile(entry, hashing)
    return {"size": size, "sha256": hashing.digest.hexdigest()}


def _add_bytes(archive: tarfile.TarFile, name: str, words: str) -> None:
    body = words.encode("utf-8")
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(body), 0o600
    archive.addfile(entry, io.BytesIO(body))


class _Hashing:
    """Reads ``size`` bytes of a file and hashes them on the way."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file, self._left = file, size
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(chunk)
        self.digest.update(chunk)
        return chunk


def _unpack(path: Path, folder: Path, vendor: str) -> dict[str, Any]:
    """Unpack the files that a backup has, each under a name a backup gives and with the hash its manifest says."""
    found: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] | None = None
    with _opened(path) as archive:
        for entry in archive:
            source = archive.extractfile(entry) if entry.isreg() else None
            if source is None or not _is_ours(entry.name):
                raise BackupError(f"{path} holds {entry.name!r}, which no backup does. Do not restore it.")
            if entry.name == MANIFEST:
                manifest = json.loads(source.read(_CHUNK * 64))
            else:
                found[entry.name] = _unpack_file(source, folder / entry.name)
    if manifest is None or manifest.get("format") != FORMAT or manifest.get("files") != found:
        raise BackupError(f"{path} is not whole: files are missing or changed. Take another backup.")
    if manifest["vendor"] != vendor:
        raise BackupError(
            f"{path} is of a {manifest['vendor']} database. Restore it into one, "
            "or move between databases with `onrecord export` and `onrecord import`."
        )
    return manifest


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    is_snapshot = len(parts) == 2 and parts[0] == FOLDER and parts[1].endswith(".warc.gz") and parts[1] != ".warc.gz"
    return name == MANIFEST or name in _DATABASES.values() or (is_snapshot and name == "/".join(parts))


def _unpack_file(source: IO[bytes], target: Path) -> dict[str, Any]:
    target.parent.mkdir(exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as file:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return {"size": size, "sha256": digest.hexdigest()}


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(path, "r:") as archive:
            yield archive
    except (tarfile.TarError, EOFError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise BackupError(f"{path} is no whole backup ({error}). Take another.") from error
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}. Check its name.") from error
