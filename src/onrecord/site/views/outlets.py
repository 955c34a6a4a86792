"""Outlets: the index and an outlet's page."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from onrecord.record import queries
from onrecord.record.models import Outlet
from onrecord.site import feeds
from onrecord.site.links import web_url
from onrecord.site.paging import page_of
from onrecord.site.sentences import in_sentences


def outlets(request: HttpRequest) -> HttpResponse:
    """Every outlet with what the record holds of it."""
    counted = Outlet.objects.annotate(
        article_count=Count("articles", distinct=True),
        own_count=Count("articles", filter=Q(articles__original__isnull=True), distinct=True),
        credited_count=Count("credited_articles", distinct=True),
    ).order_by("name")
    return render(request, "site/outlets.html", {"page": page_of(request, counted, 120)})


def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    """What an outlet published, whom it quotes, and what others republished from it."""
    found = get_object_or_404(Outlet, slug=slug)
    statements = queries.shown_statements().filter(article__outlet=found)
    return render(
        request,
        "site/outlet.html",
        {
            "outlet": found,
            "homepage": web_url(found.homepage),
            "page": page_of(request, queries.articles_of(found), 25),
            "people": queries.people_in(statements, 12),
            "denials": in_sentences(statements.filter(denies=True).order_by(*queries.NEWEST_FIRST)[:5]),
            "republished": found.credited_articles.select_related("outlet").order_by("-published_at")[:10],
            "statement_count": statements.count(),
        },
    )


def outlet_feed(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Statements that an outlet reports, as a feed."""
    found = get_object_or_404(Outlet, slug=slug)
    statements = queries.shown_statements().filter(article__outlet=found).order_by(*queries.NEWEST_FIRST)
    channel = feeds.Channel(
        f"{found.name}: statements", found.get_absolute_url(), f"Statements that {found.name} reports."
    )
    return feeds.response(request, kind, channel, statements)
