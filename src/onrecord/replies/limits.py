"""Rate limits, counted for all processes together before anything else is done with a request."""

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
    """Count one request, and say whether it is one too many. Windows are fixed; the cache keeps the numbers."""
    window = int((now if now is not None else time.time()) // limit.seconds)
    return count_one(f"replies.{limit.name}.{window}.{who}", limit.seconds * 2) > limit.count


def count_one(key: str, seconds: int) -> int:
    """Add one to a number in the cache that is kept for so long; 0 where the cache does not answer."""
    for _attempt in range(2):
        try:
            return cache.incr(key)
        except ValueError:
            # Nobody has counted yet, or another process begins at the same moment and is added to.
            if cache.add(key, 1, seconds):
                return 1
    return 0


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
