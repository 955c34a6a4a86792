"""The front page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onrecord.record import queries
from onrecord.record.models import Topic
from onrecord.site.linked import site_ld

SPEAKING_DAYS = 30


def front(request: HttpRequest) -> HttpResponse:
    """Search first, then the latest statements and denials, and who is speaking now."""
    speaking = queries.who_is_speaking(days=SPEAKING_DAYS, limit=8)
    return render(
        request,
        "site/front.html",
        {
            "latest": queries.latest_statements(12),
            "denials": queries.latest_denials(5),
            "speaking": speaking,
            "speaking_most": max((row.statements for row in speaking), default=1),
            "speaking_days": SPEAKING_DAYS,
            "linked": site_ld(),
            "topics": Topic.objects.filter(is_public=True)[:8],
        },
    )
