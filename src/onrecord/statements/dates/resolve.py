"""What a time expression means: from the words and what is known around them to a period of the calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal

from onrecord.statements.dates import periods as p
from onrecord.statements.dates.lexicon import (
    CLASS,
    DECADE_WORDS,
    MONTH_NUMBER,
    WEEKDAY_NUMBER,
    Token,
    number_value,
    ordinal_value,
)
from onrecord.statements.dates.periods import Period, Precision

Order = Literal["day first", "month first"]


@dataclass(slots=True)
class Surroundings:
    """What is known where an expression stands."""

    published: date | None
    order: Order
    """How this text writes ``6/5/19``."""
    ahead: bool = False
    """Whether the words around tell of the future."""
    gone: bool = False
    """Whether they tell of the past."""
    story_day: Period | None = None
    """The latest day that the text has named: what ``the next day`` counts from."""
    story_month: Period | None = None
    """The latest month or day that the text has named: what ``the following month`` counts from."""
    story_year: int | None = None
    """The year that an expression shortly before has named."""
    named_year: int | None = None
    """The latest year that the text has named: ``that year``."""
    quarter: Period | None = None
    """The latest quarter of a year that the text has named."""
    tokens: Sequence[Token] = field(default_factory=tuple)
    """All tokens of the text."""
    at: int = 0
    """Index of the expression's first token."""

    @property
    def day(self) -> Period | None:
        return self.story_day or (p.day_period(self.published) if self.published else None)


class Words:
    """The tokens of one expression, asked by word class."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.kinds = "".join(token.kind for token in tokens)

    def all(self, *names: str) -> list[Token]:
        kinds = {CLASS[name] for name in names}
        return [token for token in self.tokens if token.kind in kinds]

    def first(self, *names: str) -> Token | None:
        found = self.all(*names)
        return found[0] if found else None

    def has(self, *names: str) -> bool:
        return any(CLASS[name] in self.kinds for name in names)

    @property
    def month(self) -> int | None:
        token = self.first("MONTH", "MON")
        return MONTH_NUMBER[token.word] if token else None

    @property
    def weekday(self) -> int | None:
        token = self.first("WEEKDAY", "WDAY")
        return WEEKDAY_NUMBER[token.word] if token else None

    @property
    def year(self) -> int | None:
        token = self.first("YEAR", "SHORTYEAR")
        return year_value(token.word) if token else None

    @property
    def steps(self) -> int | None:
        """-1 for ``last``, 0 for ``this`` and 1 for ``next``; ``None`` without such a word."""
        if self.has("LAST", "PREV"):
            return -1
        if self.has("NEXT", "FOLLOW"):
            return 1
        return 0 if self.has("THIS", "THAT", "LATEST") else None

    @property
    def unit(self) -> str:
        """The last unit named, in the singular."""
        token = self.all("UNIT", "WEEKEND", "QUARTER", "PERIOD", "SEASON", "PART")[-1]
        return "century" if token.word == "centuries" else token.word.rstrip("s") if token.word != "hours" else "hour"


def year_value(word: str) -> int:
    """``1998`` and ``’98``; a short year lies between 1930 and 2029."""
    digits = word.strip("'’")
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < 30 else 1900)


# --- absolute dates -------------------------------------------------------------------------------------------------


def iso(words: Words, around: Surroundings) -> Period | None:
    day = p.read_day(words.tokens[0].word)
    return p.day_period(day) if day else None


def numeric(words: Words, around: Surroundings) -> Period | None:
    numbers = numeric_parts(words.all("NUMDATE")[0].word)
    if numbers is None:
        return None
    first, second, third = numbers
    if first > 31:
        return p.day_of(first, second, third)
    day, month = (first, second) if around.order == "day first" else (second, first)
    if month > 12:
        day, month = month, day
    year = third if third > 99 else year_value(f"{third:02d}")
    return p.day_of(year, month, day)


def numeric_parts(word: str) -> tuple[int, int, int] | None:
    """The three numbers of ``6/5/19`` or ``05.06.2019``."""
    for mark in "/.-":
        if word.count(mark) == 2:
            first, second, third = word.split(mark)
            return (int(first), int(second), int(third)) if len(first) <= 4 and len(third) in (2, 4) else None
    return None


def month_day(words: Words, around: Surroundings) -> Period | None:
    number = words.first("DAYNUM", "ORDNUM", "ORD") if not words.has("CLOCK", "AMPM") else _day_token(words)
    month = words.month
    if number is None or month is None:
        return None
    day = int(number.word) if number.word.isdigit() else ordinal_value(number.word)
    if words.year is not None:
        return p.day_of(words.year, month, day)
    return _nearest_day(month, day, words.weekday, around)


def _day_token(words: Words) -> Token | None:
    """The number that is the day, where the time of day has numbers too: the last one."""
    numbers = words.all("DAYNUM", "ORDNUM", "ORD")
    return numbers[-1] if numbers else None


def _nearest_day(month: int, day: int, weekday: int | None, around: Surroundings) -> Period | None:
    if around.published is None:
        return None
    today = around.published
    candidates = [found for year in range(today.year - 1, today.year + 2) if (found := p.day_of(year, month, day))]
    if around.story_year is not None and around.story_year < today.year and not around.ahead:
        return p.day_of(around.story_year, month, day)
    if weekday is not None and (fitting := [c for c in candidates if c.first.weekday() == weekday]):
        candidates = fitting
    if around.ahead and (later := [c for c in candidates if 0 <= (c.first - today).days <= FORESEEN_DAYS]):
        return later[0]
    stretch = GONE_STRETCH if around.gone else FUTURE_STRETCH
    return min(candidates, key=lambda c: _distance(c.first, today, stretch), default=None)


def _distance(day: date, today: date, stretch: float) -> float:
    """News tells of days past rather than of days to come: a coming day counts as farther than it is."""
    days = (day - today).days
    return days * stretch if days > 0 else -days


FUTURE_STRETCH = 1.5
GONE_STRETCH = 4.0
"""The same where the words around tell of the past."""
FORESEEN_DAYS = 200
"""A day without a year that is told of as coming lies no farther ahead."""


def month_days(words: Words, around: Surroundings) -> Period | None:
    month, numbers = words.month, words.all("DAYNUM", "ORDNUM")
    if month is None or len(numbers) < 2:
        return None
    first, last = (int(n.word) if n.word.isdigit() else ordinal_value(n.word) for n in numbers[:2])
    start = p.day_of(words.year, month, first) if words.year else _nearest_day(month, first, None, around)
    end = p.day_of(start.first.year, month, last) if start else None
    return p.span_periods(start, end) if start and end else None


def week_of(words: Words, around: Surroundings) -> Period | None:
    day = month_day(words, around)
    return p.week_period(day.first) if day and words.tokens[1].word == "week" else None


def month_year(words: Words, around: Surroundings) -> Period | None:
    return p.month_period(words.year, words.month) if words.year and words.month else None


def month_which(words: Words, around: Surroundings) -> Period | None:
    """``January this year``."""
    if around.published is None or words.month is None or words.unit != "year":
        return None
    base = around.story_year if words.has("THAT", "FOLLOW", "PREV") else None
    return p.month_period((base or around.published.year) + (words.steps or 0), words.month)


def which_month(words: Words, around: Surroundings) -> Period | None:
    """``last May``: the latest May before this month; ``this May``: of this year; ``next May``: the first after."""
    if around.published is None or words.month is None:
        return None
    today, step = around.published, words.steps
    year = today.year
    if words.has("THAT", "FOLLOW"):
        return month(words, around)
    if step == -1 and words.month >= today.month:
        year -= 1
    if step == 1 and words.month <= today.month:
        year += 1
    return p.month_period(year, words.month)


def month(words: Words, around: Surroundings) -> Period | None:
    """A month alone: the latest one begun, or the coming one where it is near or the words tell of the future."""
    if around.published is None or words.month is None:
        return None
    today = around.published
    if around.story_year is not None:
        return p.month_period(around.story_year, words.month)
    to_come = (words.month - today.month) % 12
    if 0 < to_come <= (FORESEEN_MONTHS if around.ahead else SOON_MONTHS):
        return p.month_period(today.year, today.month + to_come)
    return p.month_period(today.year - (words.month > today.month), words.month)


FORESEEN_MONTHS = 9
"""A month that is told of as coming lies no farther ahead."""
SOON_MONTHS = 2
"""A month alone that comes so soon is the coming one, whatever the words around tell: the one past is too long ago."""


def weekday(words: Words, around: Surroundings) -> Period | None:
    """A weekday: the latest up to publication, or the coming one where the words tell of the future."""
    day = words.weekday
    if around.published is None or day is None:
        return None
    today = around.published
    if words.has("UNIT"):  # Tuesday of last week
        step = words.steps or 0
        return p.days_later(p.week_period(today, step).first, day) if words.unit == "week" else None
    back = (today.weekday() - day) % 7
    if words.has("PREV", "FOLLOW") and around.story_day is not None:
        return _weekday_from(around.story_day.first, day, forward=words.has("FOLLOW"))
    if words.has("NEXT"):
        return p.days_later(today, (day - today.weekday() - 1) % 7 + 1)
    if words.has("LAST"):
        return p.days_later(today, -(back or 7))
    if words.has("THIS"):
        return p.days_later(p.week_period(today).first, day)
    if around.ahead:
        return p.days_later(today, (day - today.weekday()) % 7)
    return p.days_later(today, -back)


def _weekday_from(start: date, day: int, *, forward: bool) -> Period:
    distance = (day - start.weekday() - 1) % 7 + 1 if forward else -((start.weekday() - day - 1) % 7 + 1)
    return p.days_later(start, distance)


def today(words: Words, around: Surroundings) -> Period | None:
    if around.published is None:
        return None
    steps = {"yesterday": -1, "tomorrow": 1}
    token = words.all("TODAY")[0]
    return p.days_later(around.published, steps.get(token.word, 0))


def clock(words: Words, around: Surroundings) -> Period | None:
    """A time of day without a day."""
    return around.day


# --- counted from somewhere -----------------------------------------------------------------------------------------


def count_ago(words: Words, around: Surroundings) -> Period | None:
    """``two days ago`` counts from publication, ``two days earlier`` from the day the story is at."""
    anchor = around.published
    if words.has("EARLIER", "BEFORE"):
        anchor = around.day.first if around.day else None
    counted = [token for token in words.tokens if token.kind not in (CLASS["HEDGE"], CLASS["UNIT"])]
    count = number_value(counted)
    if anchor is None or count is None or (words.unit in ("hour", "minute") and not words.has("AGO")):
        return None
    forward = any(token.word in ("later", "after") for token in words.tokens)
    if words.unit == "year" and count == 1 and around.quarter is not None and not forward and _tells_of_quarter(around):
        return p.quarter_period(around.quarter.first.year - 1, (around.quarter.first.month + 2) // 3)
    return shifted(anchor, count if forward else -count, words.unit)


def _tells_of_quarter(around: Surroundings) -> bool:
    """Whether figures just before are those of a quarter; those of nine months are compared with the year before."""
    for at in range(around.at - 1, max(-1, around.at - 1 - COMPARED_WORDS), -1):
        if around.tokens[at].word in ("months", "half"):
            return False
        if around.tokens[at].kind == CLASS["QUARTER"]:
            return True
    return True


COMPARED_WORDS = 60
"""So far before ``a year earlier`` stands the period that is compared."""


def shifted(anchor: date, count: int, unit: str) -> Period | None:
    """The period so many units from the day ``anchor``, as coarse as the unit."""
    try:
        return _SHIFT[unit](anchor, count) if unit in _SHIFT else None
    except (ValueError, OverflowError):  # before year 1 or after year 9999
        return None


_SHIFT: Final[dict[str, Callable[[date, int], Period]]] = {
    "minute": lambda day, count: p.day_period(day),
    "hour": lambda day, count: p.day_period(day),
    "day": p.days_later,
    "night": p.days_later,
    "morning": p.days_later,
    "afternoon": p.days_later,
    "evening": p.days_later,
    "week": p.week_period,
    "weekend": p.weekend_period,
    "month": lambda day, count: p.month_period(day.year, day.month + count),
    "quarter": lambda day, count: p.quarter_period(day.year, (day.month + 2) // 3 + count),
    "year": lambda day, count: p.year_period(day.year + count),
    "decade": lambda day, count: p.year_period(day.year + 10 * count) if count else p.decade_period(day.year),
    "century": lambda day, count: p.century_period(day.year + 100 * count),
}


def year_ago_period(words: Words, around: Surroundings) -> Period | None:
    """``the year-earlier quarter``: the quarter the text is about, a year before."""
    if not words.has("QUARTER", "PERIOD", "HYPHEN"):
        return None
    if words.all("UNIT")[0].word != "year" or around.published is None:
        return None
    if around.quarter is not None:
        return p.quarter_period(around.quarter.first.year - 1, (around.quarter.first.month + 2) // 3)
    if words.has("QUARTER"):
        return None
    return p.year_period((around.story_year or around.published.year) - 1)


def unit_which(words: Words, around: Surroundings) -> Period | None:
    """``last week``, ``the next day``, ``this summer``, ``that year``, ``the latest quarter``."""
    unit, step, today = words.unit, words.steps or 0, around.published
    if today is None or words.tokens[-1].word.endswith("s"):  # the coming years
        return None
    if unit in ("period", "quarter"):
        return _which_quarter(step, words, around)
    if words.has("SEASON"):
        return _which_season(unit, step, today)
    if words.has("PART") and words.has("LAST"):  # last night
        return p.days_later(today, -1)
    if words.has("THAT") and unit == "year" and around.named_year:
        return p.year_period(around.named_year)
    if words.has("PREV", "FOLLOW", "THAT", "LATEST") or (words.has("THE") and unit in _DAY_UNITS):
        told = None if words.has("LATEST") else around.story_month if unit == "month" else around.story_day
        return shifted(told.first, step, unit) if told else None
    return shifted(today, step, unit)


_DAY_UNITS: Final = frozenset(("day", "morning", "afternoon", "evening", "night"))


def _which_quarter(step: int, words: Words, around: Surroundings) -> Period | None:
    if words.has("THAT") or words.unit == "period" or (words.has("LATEST") and around.quarter is not None):
        return around.quarter if words.has("THAT", "LATEST") else None
    step = -1 if words.has("LATEST") else step
    return shifted(around.published, step, "quarter") if around.published else None


def _which_season(season: str, step: int, today: date) -> Period:
    """``last fall``: the latest that is over; ``this fall``: of this year; ``next fall``: the first not yet begun."""
    year = today.year
    if step == 0:
        return p.season_period(year - (season == "winter" and today.month < 7), season)
    if step < 0:
        while p.season_period(year, season).last >= today:
            year -= 1
    else:
        year -= 1
        while p.season_period(year, season).first <= today:
            year += 1
    return p.season_period(year, season)


def end_of_unit(words: Words, around: Surroundings) -> Period | None:
    """``earlier in the week``, ``the end of the month``: the unit itself."""
    if around.published is None:
        return None
    if words.has("QUARTER"):
        return around.quarter
    if words.has("SEASON"):
        return _which_season(words.unit, 0, around.published)
    if words.has("WEEKEND"):
        return the_unit(words, around)
    return shifted(around.published, 0, words.unit)


def unit_end(words: Words, around: Surroundings) -> Period | None:
    """``year-end``."""
    if around.published is None or words.all("EARLY")[0].word != "end" or words.unit not in ("year", "month"):
        return None
    return shifted(around.published, 0, words.unit)


def day_before(words: Words, around: Surroundings) -> Period | None:
    """``the day before``, ``the night after``."""
    if around.day is None or words.unit not in _DAY_UNITS:
        return None
    back = any(token.word == "before" for token in words.tokens)
    return p.days_later(around.day.first, -1 if back else 1)


def the_unit(words: Words, around: Surroundings) -> Period | None:
    """``the weekend``: the latest begun up to publication; ``the quarter``: the one the text is about."""
    if words.has("QUARTER"):
        return around.quarter
    if around.published is None:
        return None
    if words.has("SEASON"):
        return _which_season(words.unit, 0, around.published) if words.unit in ("summer", "winter") else None
    step = 0 if around.published.weekday() >= 5 or around.ahead else -1
    return p.weekend_period(around.published, step)


# --- quarters, seasons, feasts --------------------------------------------------------------------------------------


def quarter(words: Words, around: Surroundings) -> Period | None:
    number = ordinal_value(words.all("ORD", "ORDNUM")[0].word)
    if not 1 <= number <= 4:
        return None
    if words.year is not None:
        return p.quarter_period(words.year, number)
    if around.published is None:
        return None
    year_ago = words.has("AGO", "EARLIER")
    if words.has("LAST", "THIS", "NEXT"):
        return p.quarter_period(around.published.year + (words.steps or 0), number)
    if year_ago and around.quarter is not None:
        return p.quarter_period(around.quarter.first.year - 1, number)
    return _quarter_near(number, around, years_back=int(year_ago))


def _quarter_near(number: int, around: Surroundings, years_back: int) -> Period:
    """The latest such quarter that has begun, or one soon to begin where the words tell of the future."""
    today = around.published
    assert today is not None
    coming = p.quarter_period(today.year + (p.quarter_period(today.year, number).last < today), number)
    if around.ahead and (coming.first - today).days <= FORESEEN_DAYS:
        return coming
    begun = p.quarter_period(today.year, number).first <= today
    return p.quarter_period(today.year - years_back - (not begun), number)


def half(words: Words, around: Surroundings) -> Period | None:
    """``the last half of 1989``."""
    ordinal = words.first("ORD", "ORDNUM")
    number = ordinal_value(ordinal.word) if ordinal else 2
    year = words.year
    if year is None:
        if not words.has("UNIT") or words.unit != "year" or around.published is None:
            return None
        own = Words(words.tokens[-2:])
        year = around.published.year + (own.steps or 0)
    return p.months_period(year, 6 * number - 5, 6) if number in (1, 2) else None


def season(words: Words, around: Surroundings) -> Period | None:
    """``the summer of 2015``."""
    return p.season_period(words.year, words.all("SEASON")[0].word) if words.year else None


FIXED_FEASTS: Final = {
    "christmas": (12, 25), "halloween": (10, 31), "independence": (7, 4), "veterans": (11, 11), "boxing": (12, 26),
    "valentine": (2, 14), "inauguration": (1, 20), "bastille": (7, 14), "anzac": (4, 25), "remembrance": (11, 11),
    "new": (1, 1),
}  # fmt: skip
MOVING_FEASTS: Final[dict[str, Callable[[int], date]]] = {
    "thanksgiving": lambda year: p.nth_weekday(year, 11, 3, 4),
    "election": lambda year: p.nth_weekday(year, 11, 0, 1) + timedelta(days=1),
    "labor": lambda year: p.nth_weekday(year, 9, 0, 1),
    "labour": lambda year: p.nth_weekday(year, 9, 0, 1),
    "memorial": lambda year: p.nth_weekday(year, 5, 0, -1),
    "columbus": lambda year: p.nth_weekday(year, 10, 0, 2),
    "easter": p.easter_sunday,
}


def feast(words: Words, around: Surroundings) -> Period | None:
    """A feast: the nearest in time, coming ones counted as farther; ``last`` and ``next`` hold it to one side."""
    word = words.all("FEAST", "FEASTDAY", "NEW")[0].word
    units = [token.word for token in words.all("UNIT")]
    if around.published is None or (units and units[-1] != "day") or (words.has("FEASTDAY") and not units):
        return None
    days = [day for year in range(around.published.year - 1, around.published.year + 2) if (day := _feast(word, year))]
    days = [day - timedelta(days=1) for day in days] if words.has("EVE") else days
    if word == "easter" and words.weekday == 0:
        days = [day + timedelta(days=1) for day in days]
    if words.has("LAST"):
        days = [day for day in days if day < around.published][-1:]
    if words.has("NEXT") or (around.ahead and not words.has("LAST")):
        days = [day for day in days if day >= around.published][:1]
    chosen = min(days, key=lambda day: _distance(day, around.published or day, FUTURE_STRETCH), default=None)
    return p.day_period(chosen) if chosen else None


def _feast(word: str, year: int) -> date | None:
    if word in FIXED_FEASTS:
        return date(year, *FIXED_FEASTS[word])
    return MOVING_FEASTS[word](year) if word in MOVING_FEASTS else None


# --- years and more -------------------------------------------------------------------------------------------------


def decade(words: Words, around: Surroundings) -> Period | None:
    """``the 1990s``, ``the late ’80s``, ``the nineties``."""
    word = words.all("DECADE")[0].word.strip("'’").rstrip("s")
    word = str(DECADE_WORDS[word + "s"]) if word + "s" in DECADE_WORDS else word
    bare = words.tokens[-1].word[0].isdigit() and len(word) == 2  # "in his 30s" against "the 30s"
    if not word.isdigit() or (bare and not words.has("THE")):
        return None
    year = int(word)
    return p.decade_period(year if year > 99 else year + (2000 if year < 20 else 1900))


def century(words: Words, around: Surroundings) -> Period | None:
    number = ordinal_value(words.all("ORD", "ORDNUM")[0].word)
    return p.century_period(100 * number - 100) if words.unit == "century" and 2 <= number <= 30 else None


def years(words: Words, around: Surroundings) -> Period | None:
    """``1995-98``, ``1995 to 1998``."""
    start, end = words.tokens[0], words.tokens[-1]
    first = int(start.word)
    last = int(end.word) if len(end.word) == 4 else first - first % 100 + int(end.word)
    hyphenated_short = len(end.word) == 2 and words.has("HYPHEN")
    if not (len(end.word) == 4 or hyphenated_short) or last <= first:
        return None
    return p.span_periods(p.year_period(first), p.year_period(last))


def year(words: Words, around: Surroundings) -> Period | None:
    return p.year_period(words.year) if words.year else None


def spelled_year(words: Words, around: Surroundings) -> Period | None:
    """``nineteen ninety-six``, ``two thousand``."""
    numbers = [value for token in words.all("NUMBER") if (value := number_value([token]))]
    if numbers[:2] == [2, 1000]:
        return p.year_period(2000 + sum(numbers[2:]))
    if numbers[0] in (18, 19, 20) and 20 <= numbers[1] <= 90 and all(n < 10 for n in numbers[2:]):
        return p.year_period(100 * numbers[0] + sum(numbers[1:]))
    return None


def unresolved(words: Words, around: Surroundings) -> Period | None:
    """Words that stand for a stretch of time without ends that can be named."""
    return None


RESOLVE: Final[dict[str, Callable[[Words, Surroundings], Period | None]]] = {
    "iso": iso, "numeric": numeric, "month_days": month_days, "days_month": month_days, "month_day": month_day,
    "day_month": month_day, "week_of": week_of, "month_year": month_year, "month_which": month_which,
    "which_month": which_month, "weekday": weekday, "quarter": quarter, "half": half, "fiscal": year,
    "count_ago": count_ago, "vague_ago": unresolved, "year_ago_period": year_ago_period, "which_count": unresolved,
    "day_before": day_before, "unit_which": unit_which, "end_of_unit": end_of_unit, "unit_end": unit_end,
    "season": season, "the_unit": the_unit, "today": today, "feast": feast, "decade": decade, "century": century,
    "years": years, "year": year, "spelled_year": spelled_year, "month": month, "clock": clock,
}  # fmt: skip
"""Rule of the grammar -> what its expressions mean."""

PRECISE_RULES: Final = frozenset(("iso", "numeric", "month_day", "day_month", "weekday", "today", "day_before"))
"""Rules whose expressions name a day that the story is then at."""


def is_day(period: Period) -> bool:
    return period.precision is Precision.DAY and period.first == period.last
