"""Dates in EDTF (ISO 8601-2) as people read them."""

from __future__ import annotations

import re
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}

_POINT = re.compile(r"(?P<year>-?\d{4})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?(?P<doubt>[?~%])?")
_DECADE = re.compile(r"(?P<start>\d{3})X|(?P<century>\d\d)XX")
_DOUBT = {"?": "perhaps ", "~": "about ", "%": "perhaps about "}


def in_words(edtf: str) -> str:
    """``2019-07-14`` as "14 July 2019", ``2019-11-11/2019-11-17`` as "11–17 November 2019"; anything else stays."""
    if "/" in edtf:
        start, _, end = edtf.partition("/")
        return _interval(start, end)
    return _point(edtf)


def day_in_words(day: date | None) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


def month_in_words(day: date | None) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}" if day else ""


def _interval(start: str, end: str) -> str:
    if start in ("", ".."):
        return f"until {_point(end)}"
    if end in ("", ".."):
        return f"since {_point(start)}"
    first, last = _point(start), _point(end)
    if start[:7] == end[:7] and len(start) == len(end) == 10:
        return f"{int(start[8:])}–{last}"
    if start[:4] == end[:4] and len(start) == len(end) and first.endswith(start[:4]):
        return f"{first.removesuffix(start[:4]).strip()} – {last}"
    return f"{first} – {last}"


def _point(edtf: str) -> str:
    if match := _DECADE.fullmatch(edtf):
        return f"the {match['start']}0s" if match["start"] else f"the {match['century']}00s"
    match = _POINT.fullmatch(edtf)
    if not match:
        return edtf
    year = match["year"].lstrip("0") or "0"
    words = _month_and_year(year, int(match["month"])) if match["month"] else year
    if words is None:
        return edtf
    if match["day"]:
        words = f"{int(match['day'])} {words}"
    return _DOUBT.get(match["doubt"] or "", "") + words


def _month_and_year(year: str, month: int) -> str | None:
    if 1 <= month <= 12:
        return f"{MONTHS[month - 1]} {year}"
    if month in SEASONS:
        return f"{SEASONS[month]} {year}"
    return None
