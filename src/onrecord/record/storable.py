"""Text that every database takes. No Django."""

from __future__ import annotations

import dataclasses
import re
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MAX_URL = 2000

T = TypeVar("T")


def storable(words: str) -> str:
    """Characters that no database stores (NUL, lone surrogates) become U+FFFD, one for one, so that spans stay."""
    return _NO_TEXT.sub("\ufffd", words)


def storable_fields(thing: T) -> T:
    """The same for every text inside dataclasses, mappings and sequences."""
    return _storable(thing)  # type: ignore[no-any-return]


def _storable(thing: Any) -> Any:
    if isinstance(thing, str):
        return storable(thing)
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        changes = {f.name: _storable(getattr(thing, f.name)) for f in dataclasses.fields(thing)}
        return dataclasses.replace(thing, **changes)
    if isinstance(thing, dict):
        return {_storable(key): _storable(value) for key, value in thing.items()}
    if isinstance(thing, (list, tuple)):
        return type(thing)(_storable(one) for one in thing)
    return thing


def web_url(url: str | None) -> str:
    """An ``http`` or ``https`` URL, else ``""``: nothing else is ever linked to."""
    try:
        parts = urlsplit((url or "").strip())
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return ""
    return parts.geturl() if is_web and len(parts.geturl()) <= MAX_URL else ""


def day_of(moment: str | None) -> date | None:
    """The day of an ISO 8601 date or time, in its own zone."""
    match = _DAY.match(moment or "")
    try:
        return date.fromisoformat(match.group()) if match else None
    except ValueError:
        return None


def moment_of(moment: str | None) -> datetime | None:
    """An ISO 8601 date or time in UTC; a time without offset and a day are taken to be UTC."""
    try:
        parsed = datetime.fromisoformat(moment or "")
    except ValueError:
        day = day_of(moment)
        return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
    try:
        return parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    except OverflowError:
        return None
