"""Which database the record lives in, from one URL: SQLite by default, PostgreSQL by URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from onrecord.errors import SettingError

BUSY_SECONDS = 60
"""How long a writer waits for another before it gives up; an article's transaction takes milliseconds."""

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"  # a committed article must outlive a power cut, not only a crash
    "PRAGMA foreign_keys=ON;"
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA mmap_size=268435456;"
    "PRAGMA cache_size=-65536;"
)


def database_config(url: str, folder: Path) -> dict[str, Any]:
    """Django's ``DATABASES["default"]`` for a database URL.

    Args:
        url: a path, ``sqlite:///path`` (relative) or ``sqlite:////path`` (absolute), or
            ``postgres://user:password@host:port/name``.
        folder: where a relative path starts.

    Raises:
        SettingError: the URL names no database we know.
    """
    scheme = url.split("://", 1)[0].casefold() if "://" in url else ""
    if scheme in ("postgres", "postgresql"):
        return _postgres(url)
    if scheme in ("", "sqlite"):
        path = url if not scheme else unquote(url.split("://", 1)[1]).removeprefix("/")
        return _sqlite(path, folder)
    raise SettingError(
        f"ONRECORD_DATABASE={url!r}: {scheme!r} is no database that onrecord knows. "
        "Give a path, sqlite:///path or postgres://user@host/name."
    )


def _sqlite(path: str, folder: Path) -> dict[str, Any]:
    if not path:
        raise SettingError("ONRECORD_DATABASE names no file. Give a path, such as record/onrecord.sqlite3.")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path if path == ":memory:" else str(folder / path),
        "OPTIONS": {
            # A transaction takes the write lock when it begins: one that reads first and writes later would otherwise
            # fail at once with "database is locked" whenever another process wrote in between.
            "transaction_mode": "IMMEDIATE",
            "timeout": BUSY_SECONDS,
            "init_command": _SQLITE_PRAGMAS,
        },
    }


def _postgres(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise SettingError("ONRECORD_DATABASE names no database. Write postgres://user:password@host:port/name.")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A socket's folder cannot stand in a URL's host, so it may be given as ?host=/folder.
        "HOST": query.pop("host", unquote(parts.hostname or "")),
        "PORT": query.pop("port", str(parts.port or "")),
        "OPTIONS": query,
        "CONN_HEALTH_CHECKS": True,
    }
