"""The reply section of a page: what its template needs, for the tag on other pages and for the thread's own page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from onrecord.replies.forms import WriteForm, since_token
from onrecord.replies.identity import is_moderator
from onrecord.replies.languages import direction
from onrecord.replies.models import Reply, Thread
from onrecord.replies.policies import is_closed, rules_for
from onrecord.replies.targets import Target
from onrecord.replies.tree import tree

DRAFT = "reply_draft"


def section_context(request: HttpRequest, target: Target, language: str) -> dict[str, Any]:
    """Everything that ``replies/section.html`` shows."""
    thread = Thread.objects.filter(kind=target.kind, key=target.key).first()
    replies = list(thread.replies.select_related("parent")) if thread else []
    rules = rules_for(target)
    return {
        "request": request,
        "target": target,
        "thread": thread,
        "nodes": tree(replies),
        "count": sum(reply.is_published for reply in replies),
        "closed": is_closed(target, thread, rules),
        "form": write_form(request, target),
        "language": language,
        "direction": direction(language),
        "languages": settings.LANGUAGES,
        "can_sign_in": bool(settings.SIGN_IN_EMAIL or settings.SIGN_IN_PROVIDERS),
        "mail_works": settings.MAIL_WORKS,
        "reader": request.user if request.user.is_authenticated else None,
        "moderates": is_moderator(request),
        "edit_minutes": settings.REPLY_EDIT_MINUTES,
    }


def write_form(request: HttpRequest, target: Target, to: str = "") -> WriteForm:
    """An empty form, or one with the draft that was kept through a sign-in."""
    initial: dict[str, Any] = {"since": since_token(), "to": to}
    if request.COOKIES.get(settings.SESSION_COOKIE_NAME):
        draft = request.session.get(DRAFT) or {}
        if draft.get("kind") == target.kind and draft.get("key") == target.key:
            initial |= draft["fields"]
    user = request.user
    if user.is_authenticated and not initial.get("name"):
        initial["name"] = name_of(request)
    return WriteForm(initial=initial)


def name_of(request: HttpRequest) -> str:
    """The name an account wrote under last, else the one its provider gave. Never the e-mail address."""
    user = request.user
    if user.pk is None:
        return ""
    last = Reply.objects.filter(user_id=user.pk).exclude(name="").order_by("-created_at").first()
    return last.name if last else user.get_full_name()
