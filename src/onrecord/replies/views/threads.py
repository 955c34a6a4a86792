"""Reading: a thread on its own page, one reply at its permanent address, a thread's feed."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from onrecord.replies.identity import is_moderator, is_writer
from onrecord.replies.markup import to_html, to_plain
from onrecord.replies.models import Reply
from onrecord.replies.section import section_context
from onrecord.replies.targets import find_target

_FEED_LENGTH = 50


def reply_or_404(request: HttpRequest, public_id: str) -> Reply:
    """A reply that the one asking may see: published, their own, or any for a moderator.

    Raises:
        Http404: there is none, or it is not theirs to see; the two cannot be told apart.
    """
    reply = get_object_or_404(Reply.objects.select_related("thread", "parent"), public_id=public_id)
    if reply.is_published or is_moderator(request) or is_writer(request, reply):
        return reply
    raise Http404(f"no reply {public_id}")


@require_safe
def thread(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The replies under one thing, without the thing itself."""
    target = find_target(kind, key)
    return render(request, "replies/thread.html", section_context(request, target, translation.get_language() or "en"))


@require_safe
def reply(request: HttpRequest, public_id: str) -> HttpResponse:
    """One reply: for readers when it is published, for its writer in any state, with the reasons."""
    found = reply_or_404(request, public_id)
    mine = is_writer(request, found)
    answers = found.answers.filter(state=Reply.State.PUBLISHED)
    context = {
        "reply": found,
        "target": find_target(found.thread.kind, found.thread.key),
        "answers": answers,
        "mine": mine,
        "may_edit": mine and found.may_still_be_edited(),
        "may_delete": mine and found.erased_at is None,
        "moderates": is_moderator(request),
        "reasons": [_(reason) for reason in found.reasons],
    }
    response = render(request, "replies/reply.html", context)
    if not found.is_published:
        response["X-Robots-Tag"] = "noindex"
        response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def feed(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The newest replies of a thread as Atom."""
    target = find_target(kind, key)
    made = Atom1Feed(
        title=_("Replies: %(title)s") % {"title": target.title},
        link=f"{settings.BASE_URL}{target.anchor}",
        description="",
        feed_url=f"{settings.BASE_URL}{request.path}",
        language=translation.get_language(),
    )
    published = Reply.objects.filter(thread__kind=kind, thread__key=key, state=Reply.State.PUBLISHED)
    for item in published.order_by("-published_at", "-id")[:_FEED_LENGTH]:
        url = f"{settings.BASE_URL}{item.get_absolute_url()}"
        made.add_item(
            title=f"{item.name}: {to_plain(item.text, 80)}",
            link=url,
            unique_id=url,
            description=str(to_html(item.text)),
            author_name=item.name,
            pubdate=item.published_at,
            updateddate=item.edited_at or item.published_at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
