"""The grammar of time expressions: which sequences of word classes are one.

Each rule is a pattern over names of word classes; the rules are joined, in order, into one regular expression over
the class string of a text. It has no nested repetition, so the time it takes grows with the length of the text only.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.statements.dates.lexicon import CLASS

_PARTS: Final = {
    "MONTHS": "(?:MONTH|MON DOT?)",
    "WDAYS": "(?:WEEKDAY|WDAY DOT?)",
    "DAYN": "(?:DAYNUM|ORDNUM)",
    "YEARTAIL": "(?:COMMA? (?:YEAR|SHORTYEAR))",
    "TIMEOFDAY": "(?:CLOCK AMPM?|DAYNUM AMPM|NOON) ZONE?",
    "COUNT": "(?:ART COUPLE OF?|COUPLE OF?|ART NUMBER|NUMBER HYPHEN NUMBER|NUMBER NUMBER|ART|NUMBER|DAYNUM|NUM)",
    "WHICH": "(?:LAST|THIS|NEXT|PREV|FOLLOW|THAT|LATEST)",
    "ANYUNIT": "(?:UNIT|WEEKEND|QUARTER|PERIOD|SEASON)",
    "VAGUELY": "(?:EARLY|EARLIER)",
    "WHENINIT": "(?:(?:THE? EARLY OF|VAGUELY IN|EARLY HYPHEN?|EARLIER) )?",
    "BAREORD": "(?:ORD|ORDNUM)",
}

_RULES: Final = (
    ("iso", "ISO"),
    ("numeric", "(?:WDAYS COMMA?)? NUMDATE"),
    # Days of a month, in both orders, and ranges of them.
    ("month_days", "(?:WDAYS COMMA?)? MONTHS DAYN (?:HYPHEN|TO|AND) DAYN YEARTAIL?"),
    ("days_month", "THE? DAYN (?:HYPHEN|TO|AND) DAYN OF? MONTHS YEARTAIL?"),
    ("month_day",
     "(?:TIMEOFDAY (?:ON|COMMA)?)? (?:EARLY|THIS NEXT)? (?:WDAYS COMMA?)? MONTHS THE? (?:DAYN|ORD) YEARTAIL?"),
    ("day_month",
     "(?:TIMEOFDAY (?:ON|COMMA)?)? EARLY? (?:WDAYS COMMA?)? (?:THE? DAYN OF? MONTHS|THE? ORD OF MONTHS) YEARTAIL?"),
    ("week_of", "THE UNIT OF MONTHS DAYN YEARTAIL?"),
    # Months.
    ("month_year", "WHENINIT MONTHS (?:OF|COMMA)? (?:YEAR|SHORTYEAR)"),
    ("month_which", "WHENINIT MONTHS (?:OF? (?:LAST|THIS|NEXT|THAT|FOLLOW|PREV) UNIT)"),
    ("which_month", "WHENINIT (?:THIS NEXT|LAST|THIS|NEXT|PREV|FOLLOW|THAT) MONTHS"),
    # Weekdays.
    ("weekday",
     "(?:TIMEOFDAY ON?)? (?:VAGUELY HYPHEN?)? THE? "
     "(?:THIS NEXT|THIS LAST|LAST|THIS|NEXT|PREV|FOLLOW)? WEEKDAY POSS? PART? "
     "(?:OF? (?:LAST|THIS|NEXT) UNIT(?! AGO))?"),
    # Quarters and halves of years, fiscal years.
    ("quarter",
     "(?:(?:LAST|THIS|NEXT) UNIT POSS?|YEAR)? (?:WHENINIT) THE? (?:UNIT HYPHEN? (?:AGO|EARLIER))? FISCAL? HYPHEN? "
     "BAREORD HYPHEN? QUARTER (?:(?:OF|COMMA)? (?:FISCAL? YEAR|(?:LAST|THIS|NEXT) FISCAL? UNIT(?! HYPHEN? AGO)))?"),
    ("half", "THE? (?:LAST|LATEST|BAREORD) HALF OF (?:THE? DECADE|YEAR|(?:LAST|THIS|NEXT) UNIT)"),
    ("fiscal", "WHENINIT FISCAL UNIT? YEAR"),
    # Counted back and forth.
    ("count_ago",
     "HEDGE? HEDGE? COUNT UNIT (?:AGO|EARLIER|BEFORE (?=COMMA|DOT|BREAK))"),
    ("vague_ago", "ART? VAGUE UNIT (?:AGO|EARLIER|BEFORE (?=COMMA|DOT|BREAK))"),
    ("year_ago_period",
     "THE? UNIT HYPHEN? (?:AGO|EARLIER) (?:QUARTER|PERIOD)?"),
    ("which_count", "THE? WHICH (?:COUNT|VAGUE|COUPLE OF|HEDGE) (?:HYPHEN? NUMBER)? (?:UNIT|QUARTER|WEEKEND)"),
    # last week, the next day, earlier in the month, the year's end.
    ("day_before", "THE (?:UNIT|PART) BEFORE (?=COMMA|DOT|BREAK|TODAY)"),
    ("unit_which", "WHENINIT THE? (?:THIS LAST|THIS NEXT|LAST|THIS|NEXT|PREV|FOLLOW|THAT THAT|THAT|LATEST) "
                   "FISCAL? (?:ANYUNIT|PART)"),
    ("end_of_unit", "(?:THE? EARLY OF|VAGUELY IN|VAGUELY) THE (?:UNIT|WEEKEND|QUARTER|PART|SEASON)"),
    ("unit_end", "(?:THE )?UNIT (?:HYPHEN|POSS)? EARLY"),
    ("season", "WHENINIT THE? SEASON (?:OF|COMMA)? (?:YEAR|SHORTYEAR)"),
    ("the_unit", "THE (?:WEEKEND|QUARTER|SEASON(?! OF))"),
    ("today", "(?:TIMEOFDAY)? (?:VAGUELY HYPHEN? PART?)? TODAY PART?"),
    # Feasts.
    ("feast", "(?:LAST|THIS|NEXT)? (?:FEAST (?:UNIT|EVE|WEEKDAY)?|FEASTDAY POSS? UNIT|NEW UNIT POSS (?:UNIT|EVE))"),
    # Years, decades, centuries.
    ("decade", "WHENINIT THE? (?:EARLY HYPHEN?)? DECADE"),
    ("century", "THE? BAREORD HYPHEN? UNIT"),
    ("years", "YEAR HYPHEN (?:YEAR|DAYNUM|NUM)"),
    ("year", "(?:WHENINIT) (?:YEAR|SHORTYEAR)"),
    ("spelled_year", "NUMBER NUMBER (?:HYPHEN? NUMBER)?"),
    ("month", "WHENINIT MONTHS"),
    ("clock", "CLOCK AMPM ZONE?|DAYNUM AMPM ZONE?"),
)  # fmt: skip

_NAME = re.compile(r"[A-Z]+")


def _spelled(rule: str) -> str:
    """A rule with the names of parts written out and those of word classes turned into characters."""
    while (spelled := _NAME.sub(lambda name: _PARTS.get(name[0], name[0]), rule)) != rule:
        rule = spelled
    return _NAME.sub(lambda name: CLASS[name[0]], rule).replace(" ", "")


_NEVER_FIRST: Final = (
    "OTHER", "NAME", "BREAK", "COMMA", "DOT", "OPEN", "HYPHEN", "POSS", "OF", "IN", "ON", "AT", "TO", "AND", "FROM",
    "BETWEEN", "BEFORE", "AGO", "AMPM", "ZONE", "WEEKEND", "QUARTER", "PERIOD", "HALF",
)  # fmt: skip
"""Classes that begin no expression: four words of five, which need not be tried against every rule."""


def _compiled() -> re.Pattern[str]:
    rules = "|".join(f"(?P<{name}>{_spelled(rule)})" for name, rule in _RULES)
    return re.compile(f"(?![{''.join(CLASS[name] for name in _NEVER_FIRST)}])(?:{rules})")


EXPRESSION: Final = _compiled()
