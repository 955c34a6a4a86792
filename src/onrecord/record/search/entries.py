"""The search entries of statements: made here, written by whoever changes a statement, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import TypeVar

from django.db.models import QuerySet

from onrecord.record.models import SearchEntry, Statement
from onrecord.record.search import filters
from onrecord.record.search.backends import backend
from onrecord.record.words import folded_text, tokens

_BATCH = 500
_DAY_SHIFT = 40

T = TypeVar("T")


def searchable() -> QuerySet[Statement]:
    """Statements that search finds: those of lists, that is not withdrawn, retired or in a copy."""
    return Statement.objects.exclude(status=Statement.Status.WITHDRAWN).filter(
        is_retired=False, article__original__isnull=True
    )


def index(statements: Iterable[int]) -> None:
    """Bring the entries of these statements (by primary key) up to date, within the caller's transaction."""
    for some in chunks(statements):
        SearchEntry.objects.filter(statement__in=some).delete()
        rows = searchable().filter(pk__in=some).select_related("article").prefetch_related("article__tags")
        backend().insert([entry(statement) for statement in rows])


def index_articles(articles: Iterable[int]) -> None:
    """The same for every statement of these articles."""
    index(list(Statement.objects.filter(article__in=list(articles)).values_list("pk", flat=True)))


def rebuild() -> int:
    """Make every entry anew; returns how many there are. The statements are the truth, the entries can be lost."""
    backend().clear()
    count = 0
    for some in chunks(searchable().order_by("pk").values_list("pk", flat=True).iterator(chunk_size=_BATCH)):
        index(some)
        count += len(some)
    return count


def entry(statement: Statement) -> SearchEntry:
    """A statement as search sees it."""
    article = statement.article
    return SearchEntry(
        key=entry_key(statement.published_on or article.permalink_on, statement.pk),
        statement=statement,
        words=folded_text(f"{statement.words} {statement.denied_claim}"),
        who=folded_text(f"{statement.speaker_name} {statement.speaker_role}"),
        context=folded_text(article.title),
        filters=" ".join(_filter_tokens(statement)),
    )


def entry_key(day: date, statement: int) -> int:
    """Orders entries by day, then by statement."""
    return (day.toordinal() << _DAY_SHIFT) | statement


def _filter_tokens(statement: Statement) -> Iterator[str]:
    yield filters.EVERY
    yield filters.token("act", statement.act)
    yield filters.token("kind", statement.kind)
    if statement.denies:
        yield filters.DENIES
    if statement.person_id:
        yield filters.token("person", statement.person_id)
    if statement.article.outlet_id:
        yield filters.token("outlet", statement.article.outlet_id)
    for tag in statement.article.tags.all():
        yield filters.token("tag", tag.pk)
    for word in dict.fromkeys(tokens(statement.speaker_role)):
        yield filters.token("role", word.text)
    yield from filters.day_tokens("s", statement.said_from, statement.said_to)
    yield from filters.day_tokens("p", statement.published_on, statement.published_on)


def chunks(items: Iterable[T]) -> Iterator[list[T]]:
    """Items in lists short enough to be parameters of one query."""
    iterator = iter(items)
    while some := list(islice(iterator, _BATCH)):
        yield some
