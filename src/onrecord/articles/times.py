"""Times as pages write them -> ISO 8601, no more exact than the page says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_MONTHS: dict[str, int] = {}
for _names in (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "januari februari maret april mei juni juli agustus september oktober november desember",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
):
    for _number, _name in enumerate(_names.split(), 1):
        _MONTHS.setdefault(_name, _number)
for _number, _name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1):
    _MONTHS.setdefault(_name, _number)
_MONTHS["sept"] = 9

_ZONES: dict[str, str | float] = {  # abbreviations that newsrooms print; the two-letter ones follow summer time
    "et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles",
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9,
    "akdt": -8, "hst": -10,
    "gmt": 0, "utc": 0, "z": 0, "bst": 1, "wet": 0, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2,
    "eest": 3, "msk": 3,
    "ist": 5.5, "pkt": 5, "sgt": 8, "hkt": 8, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12,
    "nzdt": 13, "sast": 2,
    "wat": 1, "eat": 3,
}  # fmt: skip
_ZONE_WORDS = "|".join(sorted(_ZONES, key=len, reverse=True))

_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?"
    rf"(?:\s?(?:\(?(?P<zone>{_ZONE_WORDS})\b\)?)?\s?(?P<offset>[+-]\d{{2}}:?\d{{2}}|[+-]\d{{1,2}}\b)?)?"
)
_NUMERIC_DAY = re.compile(r"(?<![\d/.-])(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)")
_COMPACT_DAY = re.compile(r"^(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:[t ].*)?$")
_EAST_ASIAN_DAY = re.compile(r"(?P<y>(?:19|20)\d\d)\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일]")
_DAY_FIRST = re.compile(
    r"(?<![\w])(?P<d>\d{1,2})(?:st|nd|rd|th|er|º)?\.?(?:\s+(?:de|of))?[\s-]+(?P<name>[^\W\d_]{3,12})\.?,?(?:\s+(?:de|del))?[\s-]+(?P<y>(?:19|20)\d\d)(?!\d)"
)
_MONTH_FIRST = re.compile(
    r"(?<![\w])(?P<name>[^\W\d_]{3,12})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?\.?,?\s+(?P<y>(?:19|20)\d\d)(?!\d)"
)
_SCRIPT_DATE = re.compile(r"^\w{3} (?P<name>\w{3}) (?P<d>\d{1,2}) (?P<y>\d{4}) (?P<rest>\d\d:\d\d.*)$")
_CLOCK_INSIDE = re.compile(
    r"(?<![\w])(?P<name>[^\W\d_]{3,12})\.?\s+(?P<d>\d{1,2}),?\s+(?P<rest>\d{1,2}:\d{2}(?::\d{2})?)\s+(?P<y>(?:19|20)\d\d)(?!\d)"
)
_SLASHED_DAY = re.compile(
    r"(?<![\d/])(?P<a>\d{1,2})(?P<separator>[/.-])(?P<b>\d{1,2})(?P=separator)(?P<y>(?:19|20)\d\d|\d\d)(?![\d/])"
)
_EPOCH = re.compile(r"^\d{10}(?:\d{3})?(?:\.\d+)?$")
_CLOCK_IN_TEXT = re.compile(_CLOCK, re.IGNORECASE)
_EARLIEST_YEAR = 1990
_A_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class When:
    """A point in time as exact as a page gives it: a day, a local clock, or an instant."""

    day: date
    clock: datetime | None = None
    """With ``tzinfo`` where the page gives a zone; ``None``: day only."""
    to_the_second: bool = True

    def __str__(self) -> str:
        if self.clock is None:
            return self.day.isoformat()
        return self.clock.isoformat(timespec="seconds" if self.to_the_second else "minutes").replace("+00:00", "Z")

    @property
    def instant(self) -> datetime | None:
        """In UTC; ``None`` without clock or zone."""
        return self.clock.astimezone(UTC) if self.clock is not None and self.clock.tzinfo else None

    @property
    def exactness(self) -> int:
        """0: day; 1: clock without zone; 2: instant."""
        return 0 if self.clock is None else 1 if self.clock.tzinfo is None else 2


def read_time(text: str | None, *, language: str | None = None) -> When | None:
    """The first date in ``text``, with the clock and zone that stand beside it.

    ``language`` settles ``11/12/2019``: month first in ``en-US`` and where no language is known, day first elsewhere.
    Dates before 1990 and impossible ones are no publication times: ``None``.
    """
    text = (text or "").strip()[:300]
    if not text:
        return None
    if _EPOCH.match(text):
        return _from_epoch(float(text))
    found = _day(text, language)
    if found is None:
        return None
    day, before, after = found
    if not _EARLIEST_YEAR <= day.year <= 2100:
        return None
    match = _clock(after, before)
    moment = _moment(day, match) if match else None
    return When(day, moment, to_the_second=moment is None or (match is not None and match["second"] is not None))


def is_epoch(text: str) -> bool:
    """Whether ``text`` is a Unix time stamp, in seconds or milliseconds."""
    return bool(_EPOCH.match(text.strip()))


def later_than(one: When, other: When) -> bool:
    """Whether ``one`` is certainly later than ``other``, by a second or more, as far as both are exact."""
    if one.instant and other.instant:
        return one.instant - other.instant >= _A_SECOND
    if one.clock and other.clock:
        return one.clock.replace(tzinfo=None) - other.clock.replace(tzinfo=None) >= _A_SECOND
    return one.day > other.day


def _from_epoch(number: float) -> When | None:
    seconds = number / 1000 if number > 99_999_999_999 else number
    moment = datetime.fromtimestamp(seconds, UTC).replace(microsecond=0)
    return When(moment.date(), moment) if _EARLIEST_YEAR <= moment.year <= 2100 else None


def _day(text: str, language: str | None) -> tuple[date, str, str] | None:
    """The first date in ``text``, with what stands before and after it."""
    lowered = text.lower()
    for pattern in (_COMPACT_DAY, _SCRIPT_DATE, _NUMERIC_DAY, _EAST_ASIAN_DAY, _MONTH_FIRST, _DAY_FIRST, _CLOCK_INSIDE):
        for match in pattern.finditer(lowered):
            parts = match.groupdict()
            month = _MONTHS.get(parts["name"]) if parts.get("name") else int(parts.get("m") or 0)
            if month and (day := _date(int(parts["y"]), month, int(parts["d"]))):
                return day, text[: match.start()], parts.get("rest") or text[match.end() :]
    for match in _SLASHED_DAY.finditer(text):
        if day := _slashed(match, language):
            return day, text[: match.start()], text[match.end() :]
    return None


def _slashed(match: re.Match[str], language: str | None) -> date | None:
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    year += 2000 if year < 100 else 0
    month_first = match["separator"] == "/" and (language or "en-US").lower() in ("en-us", "en", "en-ph")
    if a > 12 or (not month_first and b <= 12):
        a, b = b, a
    return _date(year, a, b)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(after: str, before: str) -> re.Match[str] | None:
    """The clock beside a date: behind it rather than before it."""
    for text in (after[:60], before[-40:]):
        for match in _CLOCK_IN_TEXT.finditer(text):
            if (match["minute"] is not None or match["half"] is not None) and int(match["hour"]) < 25:
                return match
    return None


def _moment(day: date, match: re.Match[str]) -> datetime | None:
    hour, minute, second = int(match["hour"]), int(match["minute"] or 0), int(match["second"] or 0)
    microsecond = int((match["fraction"] or "0").ljust(6, "0")[:6])
    if match["half"] and hour <= 12:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    try:
        moment = datetime(day.year, day.month, day.day, hour, minute, min(second, 59), microsecond)  # noqa: DTZ001
    except ValueError:
        return None
    return moment.replace(tzinfo=_zone(match["zone"], match["offset"]))


def _zone(name: str | None, offset: str | None) -> timezone | ZoneInfo | None:
    if offset:
        digits = offset[1:].replace(":", "")
        hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:2]), int(digits[2:]))
        if hours > 14 or minutes > 59:
            return None
        return timezone((-1 if offset[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))
    if not name:
        return None
    zone = _ZONES[name.lower()]
    if isinstance(zone, str):
        try:
            return ZoneInfo(zone)
        except ZoneInfoNotFoundError:  # no time zone data on this machine
            return None
    return timezone(timedelta(hours=zone))
