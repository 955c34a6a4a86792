"""Search over statements: one interface, SQLite FTS5 or PostgreSQL below it.

search("tanker -oil act:deny") -> Results
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from onrecord.record.models import SearchEntry, Statement
from onrecord.record.search.backends import backend
from onrecord.record.search.expression import expression
from onrecord.record.search.highlights import Fragment, highlighted
from onrecord.record.search.language import Days, Filter, Query, QueryError, Term, parse
from onrecord.record.search.ranking import score

Order = Literal["newest", "best", "oldest"]
ORDERS: tuple[Order, ...] = ("newest", "best", "oldest")
MOST_COUNTED = 10_000
"""Matches are counted up to here; beyond, the count is "more than"."""
LAST_PAGE = 500
BEST_OF = 1_000
"""``best`` ranks this many of the newest matches, so that a common word does not rank a million."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement found, and its words with what was searched for marked."""

    statement: Statement
    fragments: tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what a search found."""

    query: Query
    hits: tuple[Hit, ...]
    total: int
    """Matches; at most ``MOST_COUNTED``."""
    is_more: bool
    """There are more than ``total``."""
    page: int
    size: int

    @property
    def has_next(self) -> bool:
        return self.page * self.size < self.total and self.page < LAST_PAGE

    @property
    def has_previous(self) -> bool:
        return self.page > 1


def search(query: Query | str, order: Order = "newest", page: int = 1, size: int = 20) -> Results:
    """Find statements.

    Args:
        query: a parsed query, or one in the query language (:mod:`onrecord.record.search.language`).
        order: ``newest`` and ``oldest`` by day of publication; ``best`` by how well the words fit.
        page: from 1; beyond ``LAST_PAGE`` the last.
        size: hits on a page, 1 to 200.

    Raises:
        QueryError: the query cannot be read; its message says how to write it.
    """
    query = parse(query) if isinstance(query, str) else query
    page, size = max(1, min(page, LAST_PAGE)), max(1, min(size, 200))
    written = backend().write(expression(query))
    if not written:
        return Results(query, (), 0, False, page, size)
    keys = _page_of_keys(written, query, order, page, size)
    total = _count(written)
    hits = _hits(keys, query)
    return Results(query, hits, min(total, MOST_COUNTED), total > MOST_COUNTED, page, size)


def matching(query: Query | str) -> QuerySet[Statement]:
    """Every statement that a search finds, as a query set: for exports, timelines and topics. In no order.

    Raises:
        QueryError: as :func:`search`.
    """
    query = parse(query) if isinstance(query, str) else query
    written = backend().write(expression(query))
    statements = Statement.objects.select_related("article__outlet", "person")
    if not written:
        return statements.none()
    return statements.filter(search_entry__key__in=RawSQL(backend().keys_sql(), [written]))  # noqa: S611 - constant SQL


def _page_of_keys(written: str, query: Query, order: Order, page: int, size: int) -> list[int]:
    first = (page - 1) * size
    if order != "best" or not query.terms:
        return _by_day(written, first, size, "key" if order == "oldest" else "key DESC")
    # The newest matches, best first, and after them the rest as they come.
    best = _best(written, query)[first : first + size] if first < BEST_OF else []
    return best + _by_day(written, max(first, BEST_OF), first + size - max(first, BEST_OF))


def _by_day(written: str, first: int, size: int, order: str = "key DESC") -> list[int]:
    if size <= 0:
        return []
    sql = f"SELECT key FROM ({backend().keys_sql()}) AS found ORDER BY {order} LIMIT %s OFFSET %s"  # noqa: S608 - constant
    return [int(key) for (key,) in _rows(sql, [written, size, first])]


def _best(written: str, query: Query) -> list[int]:
    """The newest matches, best first, the newer one of two that fit equally well."""
    newest = SearchEntry.objects.filter(key__in=_by_day(written, 0, BEST_OF)).order_by("-key")
    texts = newest.values_list("key", "words", "who", "context")
    return [key for key, *_ in sorted(texts, key=lambda row: (-score(query, row[1:]), -row[0]))]


def _count(written: str) -> int:
    sql = f"SELECT count(*) FROM (SELECT key FROM ({backend().keys_sql()}) AS all_found LIMIT %s) AS found"  # noqa: S608
    ((count,),) = _rows(sql, [written, MOST_COUNTED + 1])
    return int(count)


def _rows(sql: str, parameters: list[str | int]) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _hits(keys: list[int], query: Query) -> tuple[Hit, ...]:
    rows = Statement.objects.filter(search_entry__key__in=keys).select_related(
        "article__outlet", "person", "search_entry"
    )
    by_key = {row.search_entry.key: row for row in rows}
    return tuple(Hit(by_key[key], highlighted(by_key[key].words, query)) for key in keys if key in by_key)


__all__ = [
    "ORDERS",
    "Days",
    "Filter",
    "Fragment",
    "Hit",
    "Order",
    "Query",
    "QueryError",
    "Results",
    "Term",
    "highlighted",
    "matching",
    "parse",
    "search",
]
