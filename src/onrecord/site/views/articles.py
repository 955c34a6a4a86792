"""Articles: their page at the permalink, and the archives by date and tag."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from onrecord.record import queries
from onrecord.record.models import Article, Outlet, Tag
from onrecord.site.edtf import MONTHS
from onrecord.site.linked import article_ld
from onrecord.site.links import absolute, web_url
from onrecord.site.marking import paragraphs, pieces
from onrecord.site.paging import page_of


def article(request: HttpRequest, year: int, month: int, day: int, slug: str) -> HttpResponse:
    """The article with its statements marked; the full text only where the outlet's licence allows it."""
    found = get_object_or_404(
        Article.objects.select_related("outlet", "credited_outlet", "original__outlet", "current").prefetch_related(
            "tags"
        ),
        permalink_on=_day(year, month, day),
        slug=slug,
    )
    statements = list(queries.article_statements(found))
    shows_text = bool(found.outlet and found.outlet.shows_full_text)
    context: dict[str, Any] = {
        "article": found,
        "statements": statements,
        "shows_text": shows_text,
        "copies": found.copies.select_related("outlet"),
        "versions": found.versions.order_by("-number"),
        "tags": [tag for tag in found.tags.all() if tag.kind == Tag.Kind.TAG],
        "categories": [tag for tag in found.tags.all() if tag.kind == Tag.Kind.CATEGORY],
        "linked": article_ld(found, statements),
        "canonical": canonical_url(found),
    }
    if shows_text:
        context["paragraphs"] = paragraphs(queries.article_passages(found), statements)
    else:
        context["excerpts"] = [
            (each, [pieces(passage) for passage in queries.passages_of(each)]) for each in statements
        ]
    return render(request, "site/article.html", context)


def canonical_url(article: Article) -> str:
    """The address that search engines should keep: that of the original, and of the licensor for a licensed text."""
    original = article.canonical
    licensed = original.outlet is not None and original.outlet.text_licence == Outlet.TextLicence.LICENSED
    return (web_url(original.url) if licensed else "") or absolute(original.get_absolute_url())


def archive(request: HttpRequest) -> HttpResponse:
    """Every month that has articles."""
    years: dict[int, list[queries.ArchiveMonth]] = {}
    for month in queries.archive_months():
        years.setdefault(month.month.year, []).append(month)
    return render(request, "site/archive.html", {"years": years})


def dated(request: HttpRequest, year: int, month: int | None = None, day: int | None = None) -> HttpResponse:
    """Articles of a year, a month or a day."""
    _day(year, month or 1, day or 1)
    words = " ".join(filter(None, (str(day) if day else "", MONTHS[month - 1] if month else "", str(year))))
    page = page_of(request, queries.articles_on(year, month, day), 30)
    return render(
        request,
        "site/articles.html",
        {"title": words, "kicker": "Archive", "page": page, "year": year, "month": month, "day": day},
    )


def tags(request: HttpRequest) -> HttpResponse:
    """All tags and categories with how many articles carry them."""
    return render(request, "site/tags.html", {"page": page_of(request, _used_tags(), 200)})


def tagged(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Articles under a tag or category, and who speaks in them."""
    tag = get_object_or_404(Tag, kind=kind, slug=slug)
    spoken = queries.shown_statements().filter(article__tags=tag)
    return render(
        request,
        "site/articles.html",
        {
            "title": tag.name,
            "kicker": tag.get_kind_display(),
            "page": page_of(request, queries.articles_tagged(tag), 30),
            "people": queries.people_in(spoken, 12),
            "search": f'tag:"{tag.name}"',
        },
    )


def _used_tags() -> QuerySet[Any]:
    return (
        Tag.objects.annotate(article_count=Count("articles"))
        .filter(article_count__gt=0)
        .order_by("-article_count", "name")
    )


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Http404("There is no such day.") from None
