"""Calendar periods and how they are written in EDTF (ISO 8601-2)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum


class Precision(IntEnum):
    """How finely the ends of a period are written."""

    CENTURY = 2
    DECADE = 3
    YEAR = 4
    MONTH = 7
    DAY = 10


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first`` to ``last``, both included."""

    first: date
    last: date
    precision: Precision

    @property
    def edtf(self) -> str:
        """``2019-07-14``, ``2019-04``, ``2019``, ``199X``, ``19XX``, or an interval of two of the first three."""
        start, end = _written(self.first, self.precision), _written(self.last, self.precision)
        return start if start == end else f"{start}/{end}"

    def cut_after(self, day: date) -> Period:
        """The part up to ``day``; the period itself where nothing or everything lies after it."""
        return Period(self.first, day, Precision.DAY) if self.first <= day < self.last else self

    def contains(self, other: Period) -> bool:
        return self.first <= other.first and other.last <= self.last


def _written(day: date, precision: Precision) -> str:
    year = f"{day.year:04d}"
    if precision is Precision.DECADE:
        return f"{year[:3]}X"
    if precision is Precision.CENTURY:
        return f"{year[:2]}XX"
    return day.isoformat()[: int(precision)]


def read_day(published: str | None) -> date | None:
    """The day of an ISO 8601 date or date and time, as its own clock shows it; ``None`` where it names no day."""
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def day_period(day: date) -> Period:
    return Period(day, day, Precision.DAY)


def days_later(day: date, days: int) -> Period:
    return day_period(day + timedelta(days=days))


def week_period(day: date, weeks: int = 0) -> Period:
    """Monday to Sunday around ``day``, or so many weeks after that."""
    monday = day + timedelta(days=7 * weeks - day.weekday())
    return Period(monday, monday + timedelta(days=6), Precision.DAY)


def weekend_period(day: date, weekends: int = 0) -> Period:
    """The Saturday and Sunday of the week around ``day``, or so many weeks after that."""
    monday = week_period(day, weekends).first
    return Period(monday + timedelta(days=5), monday + timedelta(days=6), Precision.DAY)


def month_period(year: int, month: int) -> Period:
    """A month; ``month`` may lie outside 1 to 12 and then counts on into the years around."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]), Precision.MONTH)


def months_period(year: int, month: int, count: int) -> Period:
    """``count`` whole months from a month on; written with months."""
    return Period(month_period(year, month).first, month_period(year, month + count - 1).last, Precision.MONTH)


def quarter_period(year: int, quarter: int) -> Period:
    """Three months; ``quarter`` may lie outside 1 to 4 and then counts on into the years around."""
    return months_period(year, 3 * quarter - 2, 3)


def year_period(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)


def decade_period(year: int) -> Period:
    first = year - year % 10
    return Period(date(max(first, 1), 1, 1), date(first + 9, 12, 31), Precision.DECADE)


def century_period(year: int) -> Period:
    first = year - year % 100
    return Period(date(max(first, 1), 1, 1), date(first + 99, 12, 31), Precision.CENTURY)


SEASON_MONTHS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}


def season_period(year: int, season: str) -> Period:
    """The three months of a season in the northern half of the earth; a winter begins in December of ``year``."""
    return months_period(year, SEASON_MONTHS[season], 3)


def day_of(year: int, month: int, day: int) -> Period | None:
    """A day of the calendar, ``None`` where there is no such day."""
    try:
        return day_period(date(year, month, day))
    except ValueError:
        return None


def span_periods(start: Period, end: Period) -> Period | None:
    """From the first day of one to the last of the other, written as the finer of the two; ``None`` if backwards."""
    if end.last < start.first:
        return None
    return Period(start.first, end.last, max(start.precision, end.precision))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The ``nth`` such weekday of a month; -1 for the last."""
    if nth < 0:
        last = month_period(year, month).last
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def easter_sunday(year: int) -> date:
    """Easter of the Gregorian calendar (the anonymous computus)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leaps, left = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - shift + 15) % 30
    quads, odd = divmod(rest, 4)
    weekday = (32 + 2 * left + 2 * quads - epact - odd) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
