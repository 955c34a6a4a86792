"""EDTF (ISO 8601-2) as far as statements use it: the first and last day that a value may mean."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_POINT = re.compile(r"(\d{3}[\dX]|\d{2}XX)(?:-(\d{2}))?(?:-(\d{2}))?")
_QUALIFIERS = str.maketrans("", "", "?~%")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}
_QUARTERS = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}


def bounds(value: str) -> tuple[date | None, date | None]:
    """First and last day that an EDTF value may mean; ``None`` for an open side.

    Raises:
        ValueError: it is no EDTF value that we know.
    """
    plain = value.strip().translate(_QUALIFIERS)
    if "/" in plain:
        start, _, end = plain.partition("/")
        first, last = _open(start), _open(end)
        days = (first[0] if first else None, last[1] if last else None)
    else:
        days = _point(plain)
    if days == (None, None) or (days[0] and days[1] and days[0] > days[1]):
        raise ValueError(f"{value!r} is no date; write 2019, 2019-07, 2019-07-14 or two of them with / between")
    return days


def is_valid(value: str) -> bool:
    try:
        bounds(value)
    except ValueError:
        return False
    return True


def _open(point: str) -> tuple[date, date] | None:
    return None if point in ("", "..") else _point(point)


def _point(point: str) -> tuple[date, date]:
    match = _POINT.fullmatch(point)
    if not match:
        raise ValueError(f"{point!r} is no date; write 2019, 2019-07 or 2019-07-14")
    years, month, day = match.groups()
    first_year, last_year = int(years.replace("X", "0")) or 1, int(years.replace("X", "9"))
    if month is None:
        return date(first_year, 1, 1), date(last_year, 12, 31)
    if first_year != last_year:
        raise ValueError(f"{point!r} names a month of an unknown year")
    if day is None:
        first_month, last_month = _SEASONS.get(int(month)) or _QUARTERS.get(int(month)) or (int(month), int(month))
        return date(first_year, first_month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])
    whole = date(first_year, int(month), int(day))
    return whole, whole
