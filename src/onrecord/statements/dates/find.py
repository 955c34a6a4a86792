"""Find the time expressions of a text and say what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from onrecord.statements.dates.grammar import EXPRESSION
from onrecord.statements.dates.lexicon import CLASS, MONTH_NAMES, Token, tokenize
from onrecord.statements.dates.periods import Period, Precision, read_day
from onrecord.statements.dates.resolve import (
    RESOLVE,
    Order,
    Surroundings,
    Words,
    is_day,
    numeric_parts,
)
from onrecord.terms import Span, TimeExpression


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression with all that dating statements needs of it."""

    span: Span
    rule: str
    """Name of the rule of the grammar that found it."""
    period: Period | None
    """What it means where it stands; ``None`` where that cannot be known."""
    past: Period | None
    """What it means of something that has happened: ``on Tuesday`` is then the latest Tuesday."""
    first_token: int = 0
    end_token: int = 0


def find_times(text: str, published: str | None = None) -> list[TimeExpression]:
    """Time expressions of a text, in order, with the time they name in EDTF.

    Args:
        text: any English text.
        published: ISO 8601 date, or date and time, that ``yesterday`` and ``on Sunday`` count from. Its own clock is
            the one that counts: with an offset it is not turned into another time zone.

    Returns:
        Expressions that name a day, a week, a month, a season, a year and so on. ``value`` is ``None`` where the
        words name a time but nothing says which, as ``on Sunday`` without a day of publication. Words for lengths of
        time (``for two years``), for repetitions (``every week``) and for vague times (``recently``, ``now``) are no
        expressions here.
    """
    day = read_day(published)
    return [
        TimeExpression(mention.span, mention.period.edtf if mention.period else None)
        for mention in find_mentions(tokenize(text), day)
        if _names_a_time(mention, day)
    ]


def _names_a_time(mention: TimeMention, published: date | None) -> bool:
    """Without a day of publication nearly every expression is open; with one, what stays open was vague."""
    return mention.period is not None or (published is None and mention.rule not in _VAGUE_RULES)


_VAGUE_RULES: Final = frozenset(
    ("vague_ago", "which_count", "year_ago_period", "unit_end", "half", "clock", "the_unit")
)


def find_mentions(tokens: Sequence[Token], published: date | None) -> list[TimeMention]:
    """All matches of the grammar that stand in a place where a time can stand, resolved in the order of the text."""
    around = Surroundings(published, _order(tokens), tokens=tokens)
    mentions: list[TimeMention] = []
    year_until = 0
    for match in EXPRESSION.finditer("".join(token.kind for token in tokens)):
        first, end, rule = match.start(), match.end(), str(match.lastgroup)
        if not _stands_for_a_time(rule, tokens, first, end, published):
            continue
        if first > year_until:
            around.story_year = None
        told = tells_of_future(tokens, first, end)
        around.at, around.ahead, around.gone = first, told is True, told is False
        mention = _resolved(rule, tokens, first, end, around)
        mentions.append(mention)
        if mention.period is not None:
            _remember(mention, around)
            if mention.rule in _YEAR_RULES and end > year_until:
                year_until = _sentence_end(tokens, end)
    return mentions


_MONTH_RULES: Final = frozenset(("month", "month_year", "month_which", "which_month", "month_day", "day_month", "iso"))
_YEAR_RULES: Final = frozenset(("year", "month_year", "spelled_year"))


def _resolved(rule: str, tokens: Sequence[Token], first: int, end: int, around: Surroundings) -> TimeMention:
    words = Words(tokens[first:end])
    period = _resolve(rule, words, around)
    past = period
    if around.ahead:
        past = _resolve(rule, words, replace(around, ahead=False, gone=True))
    return TimeMention(Span(tokens[first].start, tokens[end - 1].end), rule, period, past, first, end)


def _resolve(rule: str, words: Words, around: Surroundings) -> Period | None:
    try:
        return RESOLVE[rule](words, around)
    except (ValueError, OverflowError):  # before year 1 or after year 9999
        return None


def _remember(mention: TimeMention, around: Surroundings) -> None:
    period = mention.period
    assert period is not None
    if is_day(period) and mention.rule != "clock":
        around.story_day = period
    if period.precision >= Precision.MONTH and mention.rule in _MONTH_RULES:
        around.story_month = period
    if mention.rule == "quarter" and around.published and period.last < around.published:
        around.quarter = period
    if mention.rule in _YEAR_RULES:
        around.story_year = around.named_year = period.first.year


def _sentence_end(tokens: Sequence[Token], at: int) -> int:
    """Index of the mark that ends the sentence."""
    while at < len(tokens) and tokens[at].kind not in _SENTENCE_ENDS:
        at += 1
    return at


_SENTENCE_ENDS: Final = frozenset((CLASS["DOT"], CLASS["BREAK"]))


def _order(tokens: Sequence[Token]) -> Order:
    """How the text writes a day in numbers: by its own dates that can be read one way only, else month first."""
    for token in tokens:
        if token.kind == CLASS["NUMDATE"] and (numbers := numeric_parts(token.word)):
            if numbers[0] > 12 and numbers[0] <= 31:
                return "day first"
            if numbers[1] > 12:
                return "month first"
            if "." in token.word:
                return "day first"
    return "month first"


# --- where a time can stand -----------------------------------------------------------------------------------------

_BEFORE_MONTH: Final = frozenset(
    "in since last by until till early late mid of from this next through to before after during for and between "
    "around about ( - – every each a an 's ’s the ,".split()
)
_AFTER_YEAR_NO: Final = frozenset(
    "people men women children miles feet points votes dollars shares pounds tons tonnes percent % km kilometers "
    "kilometres meters metres acres troops soldiers workers jobs homes years pages members students refugees units "
    "million billion trillion degrees calories hours days minutes seconds times".split()
)
_BEFORE_YEAR_YES: Final = frozenset(
    "in since of by from until till early late mid before after during through to the for around about fiscal year "
    "and - – ( , between his her its their a until than as that with on at our my".split()
)
_NO_WEEKDAY_BEFORE: Final = frozenset(
    ("black", "ash", "super", "cyber", "bloody", "ruby", "throwback", "casual", "fat")
)
_NO_WEEKDAY_AFTER: Final = frozenset(("times", "telegraph", "live", "mirror", "mail", "post", "magazine"))


def _stands_for_a_time(rule: str, tokens: Sequence[Token], first: int, end: int, published: date | None) -> bool:
    before = tokens[first - 1].word if first else ""
    after = tokens[end].word if end < len(tokens) else ""
    if rule == "month":
        return _is_month(tokens, first, end, before, after)
    if rule == "year":
        return _is_year(tokens, first, end, before, after, published)
    if before in ("each", "every"):
        return False
    if rule == "today" and before in _NO_TODAY_BEFORE:
        return False
    if rule == "the_unit" and after in ("-", "ended") and tokens[end - 1].word == "quarter":
        return False
    if rule == "weekday":
        return before not in _NO_WEEKDAY_BEFORE and not _names_a_paper(tokens, end, after)
    return not (rule == "years" and before in _NO_NUMBER_BEFORE)


_NO_TODAY_BEFORE: Final = frozenset(("usa", "india", "russia", "psychology", "politics"))
"""``USA TODAY`` and its like are papers."""
_NO_NUMBER_BEFORE: Final = frozenset(("$", "£", "€", "#", ".", "/", "%"))


def _names_a_paper(tokens: Sequence[Token], end: int, after: str) -> bool:
    return after in _NO_WEEKDAY_AFTER or (tokens[end - 1].word == "night" and after in ("live", "football"))


def _is_month(tokens: Sequence[Token], first: int, end: int, before: str, after: str) -> bool:
    """``May``, ``March`` and the short forms are months only after a word that months stand after."""
    last = tokens[end - 1]
    bare = end - first == 1
    if not bare:
        return last.kind != CLASS["DOT"] or before in _BEFORE_MONTH
    if last.word in ("may", "march") or last.word not in MONTH_NAMES:
        return before in _BEFORE_MONTH and before not in ("and", "the", "a", ",", "to", "for", "after", "before")
    return True


def _is_year(tokens: Sequence[Token], first: int, end: int, before: str, after: str, published: date | None) -> bool:
    token = tokens[end - 1]
    if token.kind == CLASS["SHORTYEAR"]:
        return before in ("of", "in", "since", "class", "summer", "spring", "fall", "winter", "from")
    number = int(token.word)
    latest = published.year + 40 if published else 2100
    if after in _AFTER_YEAR_NO or before in _NO_NUMBER_BEFORE or not 1000 < number <= latest:
        return False
    if end - first > 1:
        return True
    if number < 1900:
        return before in ("in", "since", "of", "by", "(", "until", "from", "the") and number >= 1400
    return True


# --- past or future -------------------------------------------------------------------------------------------------

_FUTURE_WORDS: Final = frozenset(
    "will ll shall would could may scheduled expected planned plans due going upcoming ahead tomorrow until "
    "deadline".split()
)
_PAST_WORDS: Final = frozenset(
    "was were had did said told went came took made met began held got gave won lost left found ran saw sent spoke "
    "wrote fell rose became has have been 's since last after when".split()
)
_NO_VERB_AFTER_TO: Final = frozenset(
    "his her its their our my be washington london president him them us it me you pay".split()
)
_LOOK_BACK, _LOOK_ON = 8, 6


def tells_of_future(tokens: Sequence[Token], first: int, end: int) -> bool | None:
    """Whether the nearest telling word of the same sentence is of the future; those before go first.

    ``None`` without a telling word close by: news then tells of the past, though not as surely.
    """
    if tokens[end - 1].kind == CLASS["POSS"] or (end < len(tokens) and tokens[end].kind == CLASS["POSS"]):
        return None
    if first >= 2 and tokens[first - 1].word == "as" and tokens[first - 2].word in ("early", "soon"):
        return True
    before = range(first - 1, max(-1, first - 1 - _LOOK_BACK), -1)
    after = range(end, min(len(tokens), end + _LOOK_ON))
    return next((told for way in (before, after) for told in _tenses(tokens, way)), None)


def _tenses(tokens: Sequence[Token], way: range) -> Iterator[bool]:
    """True for each word of the future and false for each of the past, up to the end of the sentence."""
    for at in way:
        word = tokens[at].word
        if tokens[at].kind in _SENTENCE_ENDS and not _is_short_form(tokens, at):
            return
        if word in _FUTURE_WORDS or (word == "to" and _is_verb(tokens[at + 1 : at + 2])):
            yield True
        elif _tells_of_past(word) and not (at and tokens[at - 1].word == "be"):  # "to be held" does not
            yield False


def _tells_of_past(word: str) -> bool:
    return word in _PAST_WORDS or (len(word) > 4 and word.endswith("ed") and not word.endswith(_NO_PAST_ENDINGS))


_NO_PAST_ENDINGS: Final = ("ceed", "need", "feed", "deed", "speed", "hundred")


def _is_short_form(tokens: Sequence[Token], at: int) -> bool:
    """Whether the point at ``at`` belongs to an initial or a title: ``Daniel P. Davison``, ``Mr. Quill``."""
    before = tokens[at - 1].word if at else ""
    return tokens[at].kind == CLASS["DOT"] and (len(before) == 1 or before in _TITLES)


_TITLES: Final = frozenset("mr mrs ms dr sen rep gov gen st".split())


def _is_verb(after_to: Sequence[Token]) -> bool:
    """Whether what stands after ``to`` can be a verb: a plain word in small letters that is no article or pronoun."""
    return (
        bool(after_to)
        and after_to[0].kind == CLASS["OTHER"]
        and after_to[0].word.isalpha()
        and after_to[0].word not in _NO_VERB_AFTER_TO
    )
