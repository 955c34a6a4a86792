"""Statements over time, as a chart that zooms by links: all years, a year's months, a month's days."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDay, TruncMonth, TruncYear

from onrecord.record.models import Statement
from onrecord.site.edtf import MONTHS

Scale = Literal["year", "month", "day"]

WIDTH, HEIGHT, TOP, BASE = 720, 178, 16, 150
SIDE = 26
"""Room at both sides, so that the words under the first and last step are not cut."""
MOST_YEARS = 60
MONTHS_UP_TO = 36
"""A record of up to this many months opens in months, a longer one in years."""

DAY = Coalesce("said_from", "published_on")
"""When a statement was said where that is known, else when it was published."""

_PERIOD = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
_TRUNC = {"year": TruncYear, "month": TruncMonth, "day": TruncDay}


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a month, a day, or all time."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def key(self) -> str:
        """As it stands in the address: ``2019``, ``2019-07``, ``2019-07-14``, empty for all time."""
        return "-".join(
            f"{n:04d}" if i == 0 else f"{n:02d}" for i, n in enumerate((self.year, self.month, self.day)) if n
        )

    @property
    def label(self) -> str:
        if not self.year:
            return "All years"
        words = f"{MONTHS[self.month - 1]} {self.year}" if self.month else str(self.year)
        return f"{self.day} {words}" if self.day else words

    @property
    def first(self) -> date:
        return date(self.year or 1, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        year, month = self.year or 9999, self.month or 12
        return date(year, month, self.day or monthrange(year, month)[1])

    @property
    def wider(self) -> list[Period]:
        """The periods around this one, widest first."""
        around = [Period(), Period(self.year), Period(self.year, self.month)]
        return around[: len(self.key.split("-"))] if self.key else []


def read_period(words: str | None) -> Period:
    """A period as it stands in the address; anything else is all time."""
    match = _PERIOD.fullmatch(words or "")
    if not match or match[1] == "0000":
        return Period()
    year, month, day = (int(part) if part else None for part in match.groups())
    if year and month and day and day > monthrange(year, month)[1]:
        return Period()
    return Period(year, month, day)


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of the chart, in the units of its picture."""

    period: Period
    statements: int
    denials: int
    x: float
    width: float
    height: float
    denial_height: float
    tick: str
    """Words under it, empty where there is no room for them."""

    @property
    def y(self) -> float:
        return BASE - self.height

    @property
    def denial_y(self) -> float:
        return BASE - self.denial_height

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Timeline:
    period: Period
    scale: Scale
    bars: list[Bar]
    most: int
    statements: int
    denials: int
    undated: int

    width, height, base, top = WIDTH, HEIGHT, BASE, TOP

    @property
    def told(self) -> list[Bar]:
        """The steps in which something was said."""
        return [bar for bar in self.bars if bar.statements]


def within(statements: QuerySet[Statement], period: Period) -> QuerySet[Statement]:
    """The statements of a period."""
    if not period.key:
        return statements
    return statements.annotate(day=DAY).filter(day__gte=period.first, day__lte=period.last)


def timeline(statements: QuerySet[Statement], period: Period) -> Timeline:
    """Count statements over a period and lay out the chart."""
    statements = statements.order_by()
    ends = statements.annotate(day=DAY).aggregate(
        first=Min("day"), last=Max("day"), undated=Count("id", filter=Q(day=None))
    )
    shown = Period(period.year, period.month)
    scale = _scale(shown, ends["first"], ends["last"])
    counts = _counts(within(statements, shown), scale)
    steps = _steps(shown, scale, ends["first"], ends["last"]) if counts else []
    bars = _bars(steps, counts)
    return Timeline(
        period=period,
        scale=scale,
        bars=bars,
        most=max((bar.statements for bar in bars), default=0),
        statements=sum(bar.statements for bar in bars),
        denials=sum(bar.denials for bar in bars),
        undated=0 if shown.key else ends["undated"],
    )


def _scale(period: Period, first: date | None, last: date | None) -> Scale:
    if period.month:
        return "day"
    if period.year or first is None or last is None:
        return "month"
    return "month" if (last.year - first.year) * 12 + last.month - first.month < MONTHS_UP_TO else "year"


def _counts(statements: QuerySet[Statement], scale: Scale) -> dict[date, tuple[int, int]]:
    rows = (
        statements.annotate(day=DAY)
        .filter(day__isnull=False)
        .annotate(step=_TRUNC[scale]("day"))
        .values("step")
        .annotate(statements=Count("id"), denials=Count("id", filter=Q(denies=True)))
    )
    return {row["step"]: (row["statements"], row["denials"]) for row in rows}


def _steps(period: Period, scale: Scale, first: date, last: date) -> list[Period]:
    if scale == "day":
        assert period.year
        assert period.month
        days = monthrange(period.year, period.month)[1]
        return [Period(period.year, period.month, day) for day in range(1, days + 1)]
    if scale == "year":
        # A mistaken date centuries away must not squeeze everything else into one line of the picture.
        return [Period(year) for year in range(max(first.year, last.year - MOST_YEARS + 1), last.year + 1)]
    if period.year:
        return [Period(period.year, month) for month in range(1, 13)]
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [Period(number // 12, number % 12 + 1) for number in numbers]


def _bars(steps: list[Period], counts: dict[date, tuple[int, int]]) -> list[Bar]:
    most = max((n for n, _ in counts.values()), default=1)
    pace = (WIDTH - 2 * SIDE) / max(len(steps), 6)
    unit = (BASE - TOP) / most
    every = max(1, round(46 / pace))
    bars = []
    for i, step in enumerate(steps):
        statements, denials = counts.get(step.first, (0, 0))
        bars.append(
            Bar(
                period=step,
                statements=statements,
                denials=denials,
                x=round(SIDE + i * pace + pace * 0.1, 1),
                width=round(pace * 0.8, 1),
                height=round(statements * unit, 1),
                denial_height=round(denials * unit, 1),
                tick=_tick(step, first=i == 0) if i % every == 0 else "",
            )
        )
    return bars


def _tick(step: Period, *, first: bool) -> str:
    if step.day:
        return str(step.day)
    if step.month:
        month = MONTHS[step.month - 1][:3]
        return f"{month} {step.year}" if first or step.month == 1 else month
    return str(step.year)
