"""Reading: open to everyone, the same as the pages show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from onrecord.record import queries
from onrecord.record import search as record_search
from onrecord.record.models import Article, Outlet, Person, Statement, Topic
from onrecord.site.api import shaping
from onrecord.site.api.schemas import (
    ArticleDetail,
    ArticlePage,
    ArticleQuery,
    OutletOut,
    OutletPage,
    PageQuery,
    PeopleQuery,
    PersonDetail,
    PersonPage,
    Problem,
    SearchQuery,
    StatementDetail,
    StatementPage,
    TopicOut,
    TopicPage,
)
from onrecord.site.searching import query_text

router = Router()
Shape = dict[str, Any]
Answers = Mapping[int, Any]

_COMMON: dict[int, Any] = {422: Problem, 429: Problem}


def lists(shape: Any) -> Answers:
    return {200: shape, 400: Problem, **_COMMON}


def one(shape: Any) -> Answers:
    return {200: shape, 404: Problem, **_COMMON}


@router.get("/statements", response=lists(StatementPage), summary="Search statements")
def statements(request: HttpRequest, query: Query[SearchQuery]) -> Shape:
    """What a search finds; without words or filters, every statement. Same query language as the search page."""
    found = _search(query)
    return {
        "page": found.page,
        "size": found.size,
        "total": found.total,
        "is_more": found.is_more,
        "has_next": found.has_next,
        "items": [shaping.statement(hit.statement) for hit in found.hits],
    }


@router.get("/statements/{address}", response=one(StatementDetail), summary="One statement")
def statement(request: HttpRequest, address: str) -> Shape:
    """Everything about a statement, with its history and how to cite it. A withdrawn one says so."""
    known = Statement.objects.select_related("article__outlet", "person", "version", "within")
    return shaping.statement_detail(get_object_or_404(known, address=_plain(address)))


@router.get("/articles", response=lists(ArticlePage), summary="Articles")
def articles(request: HttpRequest, query: Query[ArticleQuery]) -> Shape:
    """Originals, newest first; copies are found through them."""
    found = queries.listed_articles().select_related("original")
    if query.outlet:
        found = found.filter(outlet__slug=_plain(query.outlet))
    if query.published_from:
        found = found.filter(published_on__gte=query.published_from)
    if query.published_to:
        found = found.filter(published_on__lte=query.published_to)
    return _page(found, query, shaping.article)


@router.get("/articles/{article_id}", response=one(ArticleDetail), summary="One article")
def article(request: HttpRequest, article_id: str) -> Shape:
    """An article with its statements, by its short id; the text where its licence allows."""
    known = Article.objects.select_related("outlet", "credited_outlet", "original", "current")
    return shaping.article_detail(get_object_or_404(known, public_id=_plain(article_id)))


@router.get("/people", response=lists(PersonPage), summary="People and organizations")
def people(request: HttpRequest, query: Query[PeopleQuery]) -> Shape:
    """Everyone with something on record, by name."""
    return _page(queries.listed_people(_plain(query.starts)), query, shaping.person)


@router.get("/people/{slug}", response=one(PersonDetail), summary="One person or organization")
def person(request: HttpRequest, slug: str) -> Shape:
    """Names, roles over time, and how much they said by month. A merged person gives the one they were merged into."""
    found = get_object_or_404(Person.objects.select_related("merged_into"), slug=_plain(slug))
    return shaping.person_detail(found.merged_into or found)


@router.get("/outlets", response=lists(OutletPage), summary="Outlets")
def outlets(request: HttpRequest, query: Query[PageQuery]) -> Shape:
    return _page(Outlet.objects.order_by("name"), query, shaping.outlet)


@router.get("/outlets/{slug}", response=one(OutletOut), summary="One outlet")
def outlet(request: HttpRequest, slug: str) -> Any:
    return shaping.outlet(get_object_or_404(Outlet, slug=_plain(slug)))


@router.get("/topics", response=lists(TopicPage), summary="Topics")
def topics(request: HttpRequest, query: Query[PageQuery]) -> Shape:
    """Searches that editors keep; hand ``query`` to ``/statements?q=`` for what they find."""
    return _page(Topic.objects.filter(is_public=True).order_by("name"), query, shaping.topic)


@router.get("/topics/{slug}", response=one(TopicOut), summary="One topic")
def topic(request: HttpRequest, slug: str) -> Shape:
    return shaping.topic(get_object_or_404(Topic, slug=_plain(slug), is_public=True))


def _search(query: SearchQuery) -> record_search.Results:
    fields = {
        name: str(value)
        for name, value in query.model_dump(exclude={"page", "size", "order", "denies"}).items()
        if value is not None
    }
    if query.denies is not None:
        fields["denies"] = "yes" if query.denies else "no"
    return record_search.search(query_text(fields), query.order, query.page, query.size)


def _page(found: QuerySet[Any], query: PageQuery, shape: Callable[[Any], Any]) -> Shape:
    total = found.count()
    start = (query.page - 1) * query.size
    items = [shape(each) for each in found[start : start + query.size]]
    return {
        "page": query.page,
        "size": query.size,
        "total": total,
        "has_next": start + len(items) < total and bool(items),
        "items": items,
    }


def _plain(words: str) -> str:
    # PostgreSQL refuses a null byte in a comparison; no slug or id has one.
    return words.replace("\x00", "")
