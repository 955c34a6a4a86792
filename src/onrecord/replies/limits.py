"""Rate limits, counted in memory before anything else is done with a request."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from onrecord.replies.identity import network_of
from onrecord.replies.languages import language_for

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Limit:
    """So many requests of one kind in a window."""

    name: str
    count: int
    seconds: int = MINUTE


def is_over(limit: Limit, who: str, now: float | None = None) -> bool:
    """Count one request, and say whether it is one too many. Windows are fixed; memory is that of the cache."""
    window = int((now if now is not None else time.time()) // limit.seconds)
    key = f"replies.{limit.name}.{window}.{who}"
    cache.add(key, 0, limit.seconds * 2)
    try:
        return cache.incr(key) > limit.count
    except ValueError:  # evicted between the two calls
        return False


def refuse_flood(request: HttpRequest) -> HttpResponse | None:
    """An answer for a post that comes too fast, before its body is read; ``None`` for one that may go on."""
    if is_over(Limit("network", settings.REPLY_RATE), network_of(request)):
        return too_many(request)
    if is_over(Limit("flood", settings.REPLY_FLOOD, 10), "everyone"):
        return too_many(request)
    return None


def too_many(request: HttpRequest) -> HttpResponse:
    """Plain, small and quick: this answers floods."""
    with translation.override(language_for(request)):
        words = _("Too many replies came from your network just now. Go back, wait a minute, and send yours again.")
    response = HttpResponse(words, status=429, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(MINUTE)
    # Django would write a log line for each, which in a flood costs more than the answer.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
