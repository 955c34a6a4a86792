"""Filters as tokens: a statement carries one for each thing it can be filtered by, and a query asks for tokens.

A filter by join makes the database fetch every match of the words to look at its columns; a filter by token is one more
posting list to intersect.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

EVERY = "any_1"
"""Every statement carries it, so that a query of exclusions alone has something to exclude from."""
DENIES = "denies_1"

_WIDE_DAYS = 31
"""A statement whose date spans more days than this is found by the month, not by the day."""
_MAX_YEARS = 30
_FIRST_YEAR, _LAST_YEAR = 1800, 2099


def token(name: str, value: str | int) -> str:
    """``token("act", "deny")`` is ``act_deny``."""
    return f"{name}_{value}"


def day_tokens(name: str, first: date | None, last: date | None) -> Iterator[str]:
    """Tokens of a statement dated from ``first`` to ``last``: each decade, year, month and day it touches."""
    first, last = first or last, last or first
    if first is None or last is None:
        return
    is_wide = (last - first).days >= _WIDE_DAYS
    years = range(first.year, min(last.year, first.year + _MAX_YEARS) + 1)
    yield from sorted({f"{name}e_{year // 10}" for year in years})
    for year in years:
        yield f"{name}y_{year}"
    for year, month in _months(first, date(years[-1], 12, 31) if last.year > years[-1] else last):
        yield f"{name}m_{year}{month:02}"
        if is_wide:
            yield f"{name}w_{year}{month:02}"
    if not is_wide:
        for day in _days(first, last):
            yield f"{name}d_{day:%Y%m%d}"


def range_tokens(name: str, first: date | None, last: date | None) -> list[str]:
    """Tokens of which a statement has one exactly if its span overlaps the days from ``first`` to ``last``.

    (A wide statement overlaps a part of a month as soon as it touches the month.)
    """
    day = max(first or date.min, date(_FIRST_YEAR, 1, 1))
    end = min(last or date.max, date(_LAST_YEAR, 12, 31))
    found: list[str] = []
    while day <= end:
        if (day.month, day.day) == (1, 1) and day.year % 10 == 0 and end >= date(day.year + 9, 12, 31):
            found.append(f"{name}e_{day.year // 10}")
            day = date(day.year + 10, 1, 1)
        elif (day.month, day.day) == (1, 1) and end >= date(day.year, 12, 31):
            found.append(f"{name}y_{day.year}")
            day = date(day.year + 1, 1, 1)
        elif day.day == 1 and end >= _month_end(day):
            found.append(f"{name}m_{day:%Y%m}")
            day = _month_end(day) + timedelta(days=1)
        else:
            stop = min(end, _month_end(day))
            found.append(f"{name}w_{day:%Y%m}")
            found.extend(f"{name}d_{one:%Y%m%d}" for one in _days(day, stop))
            day = stop + timedelta(days=1)
    return found


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _months(first: date, last: date) -> Iterator[tuple[int, int]]:
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield number // 12, number % 12 + 1


def _month_end(day: date) -> date:
    following = day.replace(day=28) + timedelta(days=4)
    return following - timedelta(days=following.day)
