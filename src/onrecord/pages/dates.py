"""Dates as feeds and exports write them -> ISO 8601, as exact as they are."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
# A difference of two clocks is an offset only if it is one that a time zone has.
_MAX_OFFSET = timedelta(hours=14)
_OFFSET_STEP = timedelta(minutes=15)


def to_iso(value: str | None) -> str | None:
    """ISO 8601 of an ISO or RFC 822 date: a day stays a day, an offset is kept, what is no date is ``None``."""
    value = (value or "").strip()[:64]
    if _ISO_DATE.fullmatch(value):
        return value if _is_date(value) else None
    try:
        return _iso(datetime.fromisoformat(value))
    except ValueError:
        pass
    try:
        return _iso(parsedate_to_datetime(value))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def local_time(local: str | None, utc: str | None) -> str | None:
    """ISO 8601 with offset from the two clocks of WordPress: local time and UTC, ``YYYY-MM-DD hh:mm:ss`` each."""
    here, there = _clock(local), _clock(utc)
    if here is None or there is None:
        return _iso(here) if here else _iso(there.replace(tzinfo=UTC)) if there else None
    offset = here - there
    if abs(offset) > _MAX_OFFSET or offset % _OFFSET_STEP:
        return _iso(there.replace(tzinfo=UTC))
    return _iso(here.replace(tzinfo=timezone(offset)))


def _clock(value: str | None) -> datetime | None:
    try:  # drafts have 0000-00-00, which is no date
        return datetime.strptime((value or "").strip(), "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 -- the offset comes after
    except ValueError:
        return None


def _is_date(value: str) -> bool:
    year, month, day = [*value.split("-"), "1", "1"][:3]
    try:
        datetime(int(year), int(month), int(day))  # noqa: DTZ001 -- only whether there is such a day
    except ValueError:
        return False
    return True


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
