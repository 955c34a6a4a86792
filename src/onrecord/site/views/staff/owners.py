"""Topics, outlets' licences, and tokens for the API."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from onrecord.record.actions import outlets as outlet_actions
from onrecord.record.actions import topics as topic_actions
from onrecord.record.models import Outlet, Topic
from onrecord.site.models import ApiToken, make_token
from onrecord.site.paging import page_of
from onrecord.site.roles import editors_only, owners_only
from onrecord.site.views.staff.common import attempt, back, editor_of, page

TOPICS, OUTLETS, TOKENS = "/staff/topics/", "/staff/outlets/", "/staff/tokens/"


@editors_only
def topics(request: HttpRequest) -> HttpResponse:
    """Save a search as a topic."""
    if request.method == "POST":
        data = request.POST
        attempt(
            request,
            lambda: topic_actions.save_topic(
                data.get("name", ""),
                data.get("query", ""),
                editor_of(request),
                description=data.get("description", ""),
                slug=data.get("slug", ""),
            ),
            "Saved.",
        )
        return back(TOPICS)
    return page(request, "topics", {"topics": Topic.objects.all(), "query": request.GET.get("query", "")[:500]})


@editors_only
@require_POST
def hide_topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Hide a topic from readers, or with ``show`` have it back."""
    found = get_object_or_404(Topic, slug=slug)
    is_public = request.POST.get("show") == "yes"
    done = "is back" if is_public else "is hidden; its statements stay"
    attempt(request, lambda: topic_actions.set_topic_public(found, is_public), f"The topic {found.name} {done}.")
    return back(TOPICS)


@owners_only
def outlets(request: HttpRequest) -> HttpResponse:
    """Whose full text readers may see."""
    if request.method == "POST":
        found = get_object_or_404(Outlet, slug=request.POST.get("outlet", ""))
        licence = request.POST.get("licence", "")
        attempt(request, lambda: outlet_actions.set_text_licence(found, licence), f"{found.name}: saved.")
        return back(OUTLETS)
    return page(
        request,
        "outlets",
        {"page": page_of(request, Outlet.objects.order_by("name"), 50), "licences": Outlet.TextLicence.choices},
    )


@editors_only
def tokens(request: HttpRequest) -> HttpResponse:
    """An editor's own tokens. A new one is shown once."""
    user: Any = request.user
    secret = ""
    if request.method == "POST":
        _, secret = make_token(user, request.POST.get("name", ""))
        messages.success(request, "Copy the token now; it cannot be shown again.")
    return page(request, "tokens", {"tokens": ApiToken.objects.filter(user=user), "secret": secret})


@editors_only
@require_POST
def revoke_token(request: HttpRequest, token: int) -> HttpResponse:
    found = get_object_or_404(ApiToken, pk=token, user_id=request.user.pk)
    found.revoked_at = found.revoked_at or timezone.now()
    found.save(update_fields=["revoked_at"])
    messages.success(request, f"The token {found.name} no longer works.")
    return back(TOKENS)
