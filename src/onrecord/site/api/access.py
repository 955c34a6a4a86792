"""Who may use the API, and how often."""

from __future__ import annotations

import threading
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from onrecord.site.limits import client_of, seconds_to_wait
from onrecord.site.models import ApiToken, digest_of
from onrecord.site.roles import is_editor

_SEEN_EVERY = timedelta(minutes=5)


class EditorToken(HttpBearer):
    """``Authorization: Bearer onr_...`` of a user who is an editor or owner now."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        found = (
            ApiToken.objects.filter(digest=digest_of(token), revoked_at=None).select_related("user").first()
            if token.isascii()
            else None
        )
        if found is None or not found.user.is_active or not is_editor(found.user):
            return None
        now = timezone.now()
        if found.last_used_at is None or now - found.last_used_at > _SEEN_EVERY:
            found.last_used_at = now
            found.save(update_fields=["last_used_at"])
        return found


class PerClient(BaseThrottle):
    """So many requests a minute from one client, as the ``api_rate`` setting says."""

    def __init__(self) -> None:
        # One object serves all threads; the answer to wait() is the asking thread's own.
        self._local = threading.local()

    def allow_request(self, request: HttpRequest) -> bool:
        self._local.wait = seconds_to_wait("api", client_of(request), settings.API_RATE)
        return bool(self._local.wait == 0)

    def wait(self) -> float:
        return float(self._local.wait)
