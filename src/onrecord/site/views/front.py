"""The front page."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onrecord.record import queries
from onrecord.record.models import Statement, Topic
from onrecord.site.linked import site_ld
from onrecord.site.sentences import in_sentences

SPEAKING_DAYS = 30
SHOWN, FROM_ONE_ARTICLE, LOOKED_AT = 12, 3, 120


def varied(statements: Iterable[Statement]) -> list[Statement]:
    """The newest statements, so few of one article that a long one does not fill the page; its surest come first."""
    by_article: dict[int, list[Statement]] = {}
    for statement in statements:
        by_article.setdefault(statement.article_id, []).append(statement)
    shown: list[Statement] = []
    for of_one in by_article.values():
        surest = sorted(of_one, key=lambda s: -(s.confidence or 0))[:FROM_ONE_ARTICLE]
        shown += sorted(surest, key=lambda s: s.start)
    return shown[:SHOWN]


def front(request: HttpRequest) -> HttpResponse:
    """Search first, then the latest statements and denials, and who is speaking now."""
    speaking = queries.who_is_speaking(days=SPEAKING_DAYS, limit=8)
    return render(
        request,
        "site/front.html",
        {
            "latest": in_sentences(varied(queries.latest_statements(LOOKED_AT))),
            "denials": in_sentences(queries.latest_denials(5)),
            "speaking": speaking,
            "speaking_most": max((row.statements for row in speaking), default=1),
            "speaking_days": SPEAKING_DAYS,
            "linked": site_ld(),
            "topics": Topic.objects.filter(is_public=True)[:8],
        },
    )
