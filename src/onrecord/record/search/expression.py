"""A query as a tree of tokens, which both databases' full-text languages are written from.

Nothing that a reader typed reaches a database but as tokens: letters, digits and, in filters, one underscore.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.record.search import filters
from onrecord.record.search.language import Filter, Query, Term
from onrecord.record.search.values import outlet_ids, person_ids, tag_ids
from onrecord.record.words import tokens

Where = Literal["anywhere", "said", "filters"]
"""``anywhere``: content, speaker or title; ``said``: content or speaker; ``filters``: the filter tokens."""


@dataclass(frozen=True, slots=True)
class Match:
    """The tokens stand next to each other in order; the last one may be the beginning of a word."""

    where: Where
    tokens: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """One of the parts; none where there are no parts."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Without:
    wanted: Expression
    unwanted: Expression


Expression = Match | All | Any | Without


def expression(query: Query) -> Expression:
    """The tree of a query.

    Every word must be found in content, speaker or title, and at least one of them in content or speaker: the title
    helps ("tanker" in the headline of what is denied below it), but does not put every statement of an article on
    the list.
    """
    said: list[Expression] = [_term("said", term) for term in query.terms]
    # One word that must be in content or speaker is found anywhere by that: asking twice would take twice as long.
    wanted: list[Expression] = said[:1]
    if len(said) > 1:
        wanted = [*(_term("anywhere", term) for term in query.terms), Any(tuple(said))]
    wanted += _filters(query)
    if query.said:
        wanted.append(_any_token(filters.range_tokens("s", query.said.first, query.said.last)))
    if query.published:
        wanted.append(_any_token(filters.range_tokens("p", query.published.first, query.published.last)))
    if query.denies:
        wanted.append(_any_token([filters.DENIES]))
    unwanted: list[Expression] = [_term("said", term) for term in query.without]
    unwanted += [_filter(one) for one in query.filters if one.is_out]
    if query.denies is False:
        unwanted.append(_any_token([filters.DENIES]))
    whole = All(tuple(wanted)) if wanted else _any_token([filters.EVERY])
    return Without(whole, Any(tuple(unwanted))) if unwanted else whole


def _filters(query: Query) -> list[Expression]:
    """Filters of one name are alternatives; those of different names must all hold."""
    by_name: dict[str, list[Expression]] = {}
    for one in query.filters:
        if not one.is_out:
            by_name.setdefault(one.name, []).append(_filter(one))
    return [Any(tuple(alternatives)) for alternatives in by_name.values()]


def _filter(one: Filter) -> Expression:
    if one.name == "role":
        words = [Match("filters", (filters.token("role", token.text),)) for token in tokens(one.value)]
        return All(tuple(words)) if words else Any(())
    if one.name in ("act", "kind"):
        return _any_token([filters.token(one.name, one.value)])
    find = {"person": person_ids, "outlet": outlet_ids, "tag": tag_ids}[one.name]
    return _any_token([filters.token(one.name, number) for number in find(one.value)])


def _term(where: Where, term: Term) -> Match:
    return Match(where, term.tokens, term.is_prefix)


def _any_token(names: list[str]) -> Any:
    return Any(tuple(Match("filters", (name,)) for name in names))
