"""Django's cache in a file that all processes of a machine share, so that limits and used codes count for all of them.

Django's own backends either count in each process by itself, or add up without a lock (files, database), or need a
server. Counting here is one statement, in a file of its own: a long write to the record never holds it up, and nothing
of it enters a backup. Keys are kept as keyed hashes, as they name networks, accounts and addresses; values are JSON.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

log = logging.getLogger(__name__)

_WAIT_SECONDS = 1.0
"""For a lock; an answer that waits longer for a counter than this goes on without it."""
_CULL_EVERY = 500
_TABLE = "CREATE TABLE IF NOT EXISTS entry (key BLOB PRIMARY KEY, value, until REAL NOT NULL) WITHOUT ROWID"
_SET = (
    "INSERT INTO entry VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, until = excluded.until"
)


class SharedCache(BaseCache):
    """``LOCATION`` is the file. ``MAX_ENTRIES`` bounds it: what ends soonest goes first."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._path = Path(location)
        self._secret = hashlib.sha256(settings.SECRET_KEY.encode()).digest()
        self._local = threading.local()
        self._changes = 0

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        now = time.time()
        values = (self._key(key, version), _pack(value), self._until(timeout, now), now)
        return self._change(f"{_SET} WHERE entry.until <= ?", values)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        _, rows = self._run(
            "SELECT value FROM entry WHERE key = ? AND until > ?", (self._key(key, version), time.time())
        )
        return _unpack(rows[0][0]) if rows else default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._change(_SET, (self._key(key, version), _pack(value), self._until(timeout, time.time())))

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        now = time.time()
        values = (self._until(timeout, now), self._key(key, version), now)
        return self._change("UPDATE entry SET until = ? WHERE key = ? AND until > ?", values)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._change("DELETE FROM entry WHERE key = ?", (self._key(key, version),))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a number; no two processes get the same sum.

        Raises:
            ValueError: there is no such number, or the file could not be written.
        """
        values = (delta, self._key(key, version), time.time())
        _, rows = self._run("UPDATE entry SET value = value + ? WHERE key = ? AND until > ? RETURNING value", values)
        if not rows:
            raise ValueError(f"the cache holds no number under {key!r}")
        return int(rows[0][0])

    def clear(self) -> None:
        self._change("DELETE FROM entry", ())

    def close(self, **kwargs: Any) -> None:
        """After each request. The connection stays: opening it takes longer than what it is used for."""

    def _key(self, key: str, version: int | None) -> bytes:
        made = self.make_key(key, version=version)  # any words will do: they are hashed
        return hashlib.blake2b(made.encode(), key=self._secret, digest_size=16).digest()

    def _until(self, timeout: Any, now: float) -> float:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return float("inf") if seconds is None else now + float(seconds)

    def _change(self, sql: str, values: tuple[Any, ...]) -> bool:
        changed, _ = self._run(sql, values)
        self._changes += 1
        if self._changes % _CULL_EVERY == 1:
            self._cull()
        return changed > 0

    def _cull(self) -> None:
        self._run("DELETE FROM entry WHERE until <= ?", (time.time(),))
        _, rows = self._run("SELECT count(*) FROM entry", ())
        over = (rows[0][0] if rows else 0) - self._max_entries
        if over > 0:
            self._run("DELETE FROM entry WHERE key IN (SELECT key FROM entry ORDER BY until LIMIT ?)", (over,))

    def _run(self, sql: str, values: tuple[Any, ...]) -> tuple[int, list[Any]]:
        """Rows changed, rows found. Where the file fails, the cache holds nothing, which a cache always may."""
        try:
            cursor = self._connection().execute(sql, values)
            rows = cursor.fetchall()
            return cursor.rowcount, rows
        except sqlite3.Error as error:
            log.warning("the shared cache %s failed: %s", self._path, error)
            return 0, []

    def _connection(self) -> sqlite3.Connection:
        mine: tuple[int, sqlite3.Connection] | None = getattr(self._local, "mine", None)
        if mine is None or mine[0] != os.getpid():
            mine = self._local.mine = (os.getpid(), self._connect())
        return mine[1]

    def _connect(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        base = sqlite3.connect(self._path, timeout=_WAIT_SECONDS, isolation_level=None)
        self._path.chmod(0o600)
        # Nothing here has to outlive a crash.
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = OFF")
        base.execute(_TABLE)
        return base


def _pack(value: Any) -> int | str:
    return value if type(value) is int else json.dumps(value)


def _unpack(value: int | str) -> Any:
    return value if isinstance(value, int) else json.loads(value)
