"""The query language: what a reader types, as a :class:`Query`.

``tanker "mine attack" -oil person:"Ada Quill" act:deny said:2019-05..2019-07 denies:yes``

Words must all be there, a phrase in its order, a word with ``*`` stands for all that begin so, ``-`` leaves out. A
filter is ``name:value``, the value in quotation marks where it has blanks; filters of one name are alternatives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from onrecord.errors import InputError
from onrecord.record import edtf
from onrecord.record.words import fold, tokens
from onrecord.terms import ACTS, KINDS

MAX_LENGTH = 500
MAX_TERMS = 40

_PART = re.compile(
    r'(?P<out>-)?(?:(?P<name>[a-z]+):(?:["“”](?P<quoted>[^"“”]*)["“”]?|(?P<value>[^\s"“”]*))'
    r'|["“”](?P<phrase>[^"“”]*)["“”]?|(?P<word>[^\s"“”]+))',
    re.IGNORECASE,
)
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


class QueryError(InputError):
    """A query that cannot be read; the message says how to write it."""

    code = "query"


@dataclass(frozen=True, slots=True)
class Term:
    """A word (one token) or phrase."""

    tokens: tuple[str, ...]
    is_prefix: bool = False
    """The last token stands for all that begin with it."""


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, both included; ``None`` leaves a side open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Filter:
    """``person``, ``role``, ``outlet``, ``tag``, ``act`` or ``kind``, and what it is to be."""

    name: str
    value: str
    is_out: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What a search asks for. Build one by hand or with :func:`parse`."""

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()
    said: Days | None = None
    published: Days | None = None
    denies: bool | None = None

    @property
    def is_empty(self) -> bool:
        """It asks for everything."""
        return self == Query()


FILTERS = ("person", "role", "outlet", "tag", "act", "kind")
"""Filters with a value of their own; further ``said:``, ``published:`` and ``denies:``."""


def parse(text: str) -> Query:
    """Read a query. What is no filter we know is searched for as words.

    Raises:
        QueryError: it is too long, or a filter has a value that it cannot have.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"The query has {len(text)} characters. Shorten it to {MAX_LENGTH}.")
    reading = _Reading()
    for part in _PART.finditer(text.replace("\x00", " ")):
        reading.add(part)
    return reading.query()


class _Reading:
    """Gathers the parts of one query."""

    def __init__(self) -> None:
        self.terms: list[Term] = []
        self.without: list[Term] = []
        self.filters: list[Filter] = []
        self.days: dict[str, Days] = {}
        self.denies: bool | None = None

    def add(self, part: re.Match[str]) -> None:
        is_out = bool(part["out"])
        name = (part["name"] or "").casefold()
        value = (part["quoted"] if part["quoted"] is not None else part["value"] or "").strip()
        if name in ("said", "published"):
            self.days[name] = days(name, value)
        elif name == "denies":
            self.denies = _yes(value) != is_out
        elif name in FILTERS:
            self.filters.append(_filter(name, value, is_out))
        else:
            words = part["phrase"] if part["phrase"] is not None else part["word"] or f"{part['name']} {value}"
            self.add_term(words, is_out)

    def add_term(self, words: str, is_out: bool) -> None:
        is_prefix = len(words) > 2 and words.endswith("*") and words[:-1].isalnum()
        found = [fold(words[:-1])] if is_prefix else [token.text for token in tokens(words)]
        if found and all(found):
            (self.without if is_out else self.terms).append(Term(tuple(found), is_prefix))

    def query(self) -> Query:
        if len(self.terms) + len(self.without) + len(self.filters) > MAX_TERMS:
            raise QueryError(f"The query has too many parts. Use at most {MAX_TERMS} words and filters.")
        return Query(
            terms=tuple(dict.fromkeys(self.terms)),
            without=tuple(dict.fromkeys(self.without)),
            filters=tuple(dict.fromkeys(self.filters)),
            said=self.days.get("said"),
            published=self.days.get("published"),
            denies=self.denies,
        )


def days(name: str, value: str) -> Days:
    """``2019``, ``2019-05``, ``2019-05-14`` or two of them with ``..`` between, either of which may be missing.

    Raises:
        QueryError: ``value`` is no such thing.
    """
    first, dots, last = value.partition("..")
    try:
        start = edtf.bounds(first)[0] if first else None
        end = edtf.bounds(last if dots else first)[1] if (last or not dots) else None
    except ValueError as error:
        raise QueryError(f"{name}:{value} cannot be read: {error}. Write {name}:2019-05..2019-07.") from error
    if start is None and end is None:
        raise QueryError(f"{name}: needs a date. Write {name}:2019-05..2019-07.")
    if start and end and start > end:
        raise QueryError(f"{name}:{value} runs backwards. Write the earlier date first.")
    return Days(start, end)


def _filter(name: str, value: str, is_out: bool) -> Filter:
    choices = {"act": ACTS, "kind": KINDS}.get(name)
    if choices and value.casefold() not in choices:
        raise QueryError(f"{name}:{value} is no {name}. Choose from: {', '.join(choices)}.")
    if not value:
        raise QueryError(f"{name}: needs a value. Write {name}:value, in quotation marks if it has blanks.")
    return Filter(name, value.casefold() if choices else value, is_out)


def _yes(value: str) -> bool:
    try:
        return _YES[value.casefold()]
    except KeyError:
        raise QueryError(f"denies:{value} cannot be read. Write denies:yes or denies:no.") from None
