"""People: the index and a person's page."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render

from onrecord.record import queries
from onrecord.record.models import Person
from onrecord.site import feeds
from onrecord.site.linked import person_ld
from onrecord.site.paging import page_of, statements_page
from onrecord.site.sentences import in_sentences
from onrecord.site.timeline import read_period, timeline, within


def people(request: HttpRequest) -> HttpResponse:
    """Everyone who said something, by name."""
    starts_with = request.GET.get("starts", "")[:40]
    return render(
        request,
        "site/people.html",
        {"page": page_of(request, queries.listed_people(starts_with), 120), "starts": starts_with},
    )


def person(request: HttpRequest, slug: str) -> HttpResponse:
    """Who they are and what they said over time."""
    found = get_object_or_404(Person.objects.select_related("merged_into"), slug=slug)
    if found.merged_into:
        return HttpResponsePermanentRedirect(found.merged_into.get_absolute_url())
    period = read_period(request.GET.get("when"))
    only_denials = request.GET.get("only") == "denials"
    statements = queries.person_statements(found)
    listed = within(statements.filter(denies=True) if only_denials else statements, period)
    roles = queries.roles_over_time(found)
    return render(
        request,
        "site/person.html",
        {
            "person": found,
            "names": [n.name for n in found.names.all() if n.name != found.name],
            "roles": roles,
            "role_now": max(roles, key=lambda held: (held.last or date.min, held.articles), default=None),
            "timeline": timeline(statements, period),
            "page": statements_page(request, listed, 20),
            "only_denials": only_denials,
            "denials": in_sentences(statements.filter(denies=True)[:5]),
            "denial_count": statements.filter(denies=True).count(),
            "outlets": queries.outlets_quoting(found, 12),
            "tags": queries.tags_about(found, 16),
            "changes": queries.person_changes(found),
            "linked": person_ld(found, roles),
        },
    )


def person_feed(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """What a person says, as a feed."""
    found = get_object_or_404(Person, slug=slug, merged_into=None)
    return feeds.response(
        request,
        kind,
        feeds.Channel(f"{found.name}: statements", found.get_absolute_url(), f"What {found.name} said."),
        queries.person_statements(found),
    )
