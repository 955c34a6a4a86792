"""Words that time expressions are made of, and the cutting of a text into tokens with a word class each.

A word class is one character, so that the classes of a text form a string in which the grammar can be an ordinary
regular expression. A word that no time expression holds has the class ``NAME`` if it has a capital, else ``OTHER``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

CLASS_NAMES: Final = (
    "OTHER", "NAME", "BREAK", "MONTH", "MON", "WEEKDAY", "WDAY", "YEAR", "SHORTYEAR", "DAYNUM", "NUM", "ORDNUM", "ORD",
    "NUMBER", "VAGUE", "COUPLE", "ART", "THE", "LAST", "NEXT", "THIS", "PREV", "FOLLOW", "THAT", "LATEST", "EARLY",
    "EARLIER", "AGO", "BEFORE", "UNIT", "WEEKEND", "QUARTER", "PERIOD", "HALF", "SEASON", "PART", "TODAY", "CLOCK",
    "AMPM", "NOON", "ZONE", "OF", "IN", "ON", "AT", "TO", "AND", "FROM", "BETWEEN", "COMMA", "DOT", "HYPHEN", "POSS",
    "FISCAL", "FEAST", "FEASTDAY", "EVE", "DECADE", "ISO", "NUMDATE", "HEDGE", "OPEN", "NEW",
)  # fmt: skip
CLASS: Final = {name: chr(0x100 + number) for number, name in enumerate(CLASS_NAMES)}

MONTH_NAMES: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTH_NUMBER: Final = {name: number for number, name in enumerate(MONTH_NAMES, 1)} | {
    short: number
    for number, shorts in enumerate(
        ("jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sep sept", "oct", "nov", "dec"), 1
    )
    for short in shorts.split()
}
WEEKDAY_NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY_NUMBER: Final = {name: number for number, name in enumerate(WEEKDAY_NAMES)} | {
    short: number
    for number, shorts in enumerate(("mon", "tue tues", "wed", "thu thur thurs", "fri", "sat", "sun"))
    for short in shorts.split()
}
_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBER_VALUE: Final = (
    {word: number for number, word in enumerate(_ONES, 1)}
    | {word: 10 * number for number, word in enumerate(_TENS, 2)}
    | {"a": 1, "an": 1, "couple": 2, "hundred": 100, "thousand": 1000}
)
ORDINAL_VALUE: Final = {
    word: number
    for number, word in enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ).split(),
        1,
    )
} | {"thirtieth": 30}
DECADE_WORDS: Final = {
    word: 10 * number
    for number, word in enumerate(
        "twenties thirties forties fifties sixties seventies eighties nineties".split(),
        2,
    )
}
FEAST_WORDS: Final = ("christmas", "thanksgiving", "easter", "halloween", "hanukkah", "ramadan")
"""Feasts that stand alone; those without a fixed place in the Gregorian year are found and not resolved."""
FEASTDAY_WORDS: Final = ("election", "labor", "labour", "memorial", "independence", "veterans", "columbus", "boxing",
                         "valentine", "inauguration", "bastille", "anzac", "remembrance")  # fmt: skip
"""Words that make a feast only before ``Day``."""

_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "WEEKDAY": WEEKDAY_NAMES,
    "NUMBER": (*_ONES, *_TENS, "hundred", "thousand"),
    "ORD": tuple(ORDINAL_VALUE),
    "VAGUE": ("several", "few", "many"),
    "COUPLE": ("couple",),
    "ART": ("a", "an"),
    "THE": ("the",),
    "LAST": ("last", "past"),
    "NEXT": ("next", "coming", "upcoming"),
    "THIS": ("this", "current"),
    "PREV": ("previous", "preceding", "prior"),
    "FOLLOW": ("following",),
    "THAT": ("that", "same"),
    "LATEST": ("latest",),
    "EARLY": ("early", "late", "mid", "middle", "beginning", "start", "end", "sometime", "rest"),
    "EARLIER": ("earlier", "later"),
    "AGO": ("ago",),
    "BEFORE": ("before", "after"),
    "UNIT": (
        *("day", "week", "month", "year", "decade", "century", "hour", "minute"),
        *("days", "weeks", "months", "years", "decades", "centuries", "hours", "minutes"),
    ),
    "WEEKEND": ("weekend", "weekends"),
    "QUARTER": ("quarter", "quarters"),
    "PERIOD": ("period",),
    "HALF": ("half",),
    "SEASON": ("spring", "summer", "fall", "autumn", "winter"),
    "PART": ("morning", "afternoon", "evening", "night"),
    "TODAY": ("today", "yesterday", "tomorrow", "tonight"),
    "NOON": ("noon", "midnight", "midday"),
    "OF": ("of",),
    "IN": ("in", "during"),
    "ON": ("on",),
    "AT": ("at",),
    "TO": ("to", "through", "thru", "until", "till"),
    "AND": ("and",),
    "FROM": ("from",),
    "BETWEEN": ("between",),
    "FISCAL": ("fiscal", "financial"),
    "FEAST": FEAST_WORDS,
    "FEASTDAY": FEASTDAY_WORDS,
    "EVE": ("eve",),
    "DECADE": tuple(DECADE_WORDS),
    "HEDGE": (
        "nearly",
        "almost",
        "about",
        "around",
        "some",
        "roughly",
        "approximately",
        "over",
        "more",
        "than",
        "just",
    ),
    "NEW": ("new",),
}
_ZONES: Final = "EST EDT ET CST CDT CT MST MDT MT PST PDT PT GMT UTC BST CET CEST IST AEST AEDT JST".split()
_LOWER: Final = {word: CLASS[name] for name, words in _WORDS.items() for word in words}
_CAPITAL: Final = (
    {word.capitalize(): CLASS["MONTH"] for word in MONTH_NAMES}
    | {word.upper(): CLASS["MONTH"] for word in MONTH_NAMES}
    | {
        form: CLASS["MON"]
        for word in MONTH_NUMBER
        if word not in MONTH_NAMES
        for form in (word.capitalize(), word.upper())
    }
    | {word.capitalize(): CLASS["WDAY"] for word in WEEKDAY_NUMBER if word not in WEEKDAY_NAMES}
    | dict.fromkeys(_ZONES, CLASS["ZONE"])
)
_MARKS: Final = {
    ",": CLASS["COMMA"], ".": CLASS["DOT"], "-": CLASS["HYPHEN"], "–": CLASS["HYPHEN"], "—": CLASS["HYPHEN"],
    "(": CLASS["OPEN"],
}  # fmt: skip

_TOKEN = re.compile(
    r"""
      (?P<word>[^\W\d_]+)
    | (?P<number>\d+(?:
          -\d\d-\d\d(?!\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?
        | (?P<sep>[/.-])\d\d?(?P=sep)\d{2,4}(?!\d)
        | (?:st|nd|rd|th|s)(?![^\W_])
        | :\d\d(?::\d\d)?(?!\d)
        | (?:,\d{3})+(?!\d)(?:\.\d+)?
        | \.\d+
      )?)
    | (?P<poss>['’]s(?!\w))
    | (?P<short>['’]\d\d(?!\d)s?(?!\w))
    | (?P<blank>\n[^\S\n]*\n\s*)
    | (?P<mark>[^\s\w])
    """,
    re.VERBOSE,
)
_AMPM = re.compile(r"([ap])\.?\s?m\b\.?", re.IGNORECASE)
_MONEY = frozenset("$£€¥#№")


class Token(NamedTuple):
    """A word or mark of a text."""

    kind: str
    """Its word class: one of the characters of ``CLASS``."""
    start: int
    end: int
    word: str
    """As written, in small letters."""


def tokenize(text: str) -> list[Token]:
    """Cut a text into words and marks, each with its word class."""
    tokens: list[Token] = []
    skip_to = 0
    for match in _TOKEN.finditer(text):
        start = match.start()
        if start < skip_to:
            continue
        group, word = match.lastgroup, match.group()
        if group == "word":
            token = _word(text, word, start)
            skip_to = token.end
        elif group == "mark":
            token = Token(_MARKS.get(word, CLASS["OTHER"]), start, start + 1, word)
        else:
            kind = _number_class(word) if group in ("number", "sep") else _OTHER_GROUPS[str(group)]
            if group == "short" and word.endswith("s"):
                kind = CLASS["DECADE"]
            if tokens and tokens[-1].word in _MONEY:
                kind = CLASS["OTHER"]
            token = Token(kind, start, match.end(), word)
        tokens.append(token)
    return tokens


_OTHER_GROUPS: Final = {"poss": CLASS["POSS"], "short": CLASS["SHORTYEAR"], "blank": CLASS["BREAK"]}


def _word(text: str, word: str, start: int) -> Token:
    lower = word.lower()
    if lower in ("a", "p", "am", "pm"):
        ampm = _AMPM.match(text, start)
        if ampm and _after_digit(text, start):
            return Token(CLASS["AMPM"], start, ampm.end(), ampm[1].lower() + "m")
    kind = _CAPITAL.get(word) or _LOWER.get(lower) or CLASS["OTHER" if word[0].islower() else "NAME"]
    return Token(kind, start, start + len(word), lower)


def _after_digit(text: str, start: int) -> bool:
    before = text[max(0, start - 2) : start].rstrip()
    return before[-1:].isdigit()


def _number_class(word: str) -> str:
    if word.isdigit():
        return _digits_class(word)
    if word[-1] in "tdh":
        return CLASS["ORDNUM"]
    if word[-1] == "s":
        return CLASS["DECADE"] if len(word) in (3, 5) and word[-2] == "0" else CLASS["OTHER"]
    if ":" in word and "-" not in word:
        return CLASS["CLOCK"]
    if word[4:5] == "-" and word[7:8] == "-":
        return CLASS["ISO"]
    return CLASS["NUMDATE"] if word.count("/") == 2 or word.count("-") == 2 or word.count(".") == 2 else CLASS["OTHER"]


def _digits_class(word: str) -> str:
    if len(word) <= 2:
        return CLASS["DAYNUM"] if 1 <= int(word) <= 31 else CLASS["NUM"]
    if len(word) == 4 and "1000" <= word <= "2199":
        return CLASS["YEAR"]
    return CLASS["NUM"] if len(word) == 3 else CLASS["OTHER"]


def number_value(tokens: Iterable[Token]) -> int | None:
    """What a run of number words or digits amounts to: ``twenty five`` is 25; ``None`` where it has no number."""
    total: int | None = None
    for token in tokens:
        if token.word.isdigit():
            value = int(token.word)
        elif token.word in NUMBER_VALUE:
            value = NUMBER_VALUE[token.word]
        else:
            continue
        if value >= 100 and total is not None and not token.word.isdigit():
            total *= value
        elif token.word == "couple":
            total = 2
        else:
            total = value + (total or 0)
    return total


def ordinal_value(word: str) -> int:
    """``3rd`` and ``third`` are 3."""
    return ORDINAL_VALUE[word] if word in ORDINAL_VALUE else int(word.rstrip("stndrh"))
