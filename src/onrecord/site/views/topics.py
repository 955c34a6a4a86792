"""Topics (saved searches with a page) and claims (what statements affirm or deny)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from onrecord.record import queries
from onrecord.record import search as record_search
from onrecord.record.models import Claim, Stance, Topic
from onrecord.site import feeds
from onrecord.site.paging import statements_page
from onrecord.site.searching import read_page
from onrecord.site.sentences import in_sentences
from onrecord.site.timeline import read_period, timeline, within

CLAIMS = 50


def topics(request: HttpRequest) -> HttpResponse:
    return render(request, "site/topics.html", {"topics": Topic.objects.filter(is_public=True), "nav": "topics"})


def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A saved search: over time, who speaks, the statements."""
    found = get_object_or_404(Topic, slug=slug, is_public=True)
    statements = record_search.matching(found.query)
    period = read_period(request.GET.get("when"))
    listed = within(statements, period).order_by(*queries.NEWEST_FIRST)
    return render(
        request,
        "site/topic.html",
        {
            "topic": found,
            "timeline": timeline(statements, period),
            "page": statements_page(request, listed, 20),
            "people": queries.people_in(statements, 12),
            "nav": "topics",
        },
    )


def topic_feed(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    found = get_object_or_404(Topic, slug=slug, is_public=True)
    hits = record_search.search(found.query, "newest", 1, feeds.LENGTH).hits
    channel = feeds.Channel(found.name, found.get_absolute_url(), found.description or f"Statements on {found.name}.")
    return feeds.response(request, kind, channel, [hit.statement for hit in hits])


def claims(request: HttpRequest) -> HttpResponse:
    """Claims that are denied, those spoken to last first."""
    number = max(1, read_page(request.GET.get("page")))
    rows = queries.claims_by_day(CLAIMS + 1, (number - 1) * CLAIMS)
    context = {
        "nav": "claims",
        "claims": rows[:CLAIMS],
        "more": len(rows) > CLAIMS,
        "number": number,
        "previous": number - 1,
        "next": number + 1,
    }
    return render(request, "site/claims.html", context)


def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Who affirms and who denies a claim."""
    found = get_object_or_404(Claim, slug=slug)
    stances = list(
        Stance.objects.filter(claim=found, statement__in=queries.shown_statements())
        .exclude(status=Stance.Status.REFUSED)
        .select_related("statement__article__outlet", "statement__person")
        .order_by("statement__said_from", "statement__published_on", "statement_id")
    )
    in_sentences(stance.statement for stance in stances)
    sides = [(label, [s for s in stances if s.side == side]) for side, label in Stance.Side.choices]
    return render(request, "site/claim.html", {"claim": found, "sides": sides, "nav": "claims"})
