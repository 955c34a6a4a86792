"""Who writes: networks instead of addresses, and the secret by which a guest's browser knows its own replies."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from onrecord.replies.models import Reply

COOKIE = "onrecord_writer"
_COOKIE_SECONDS = 90 * 86_400
_IPV4_PREFIX, _IPV6_PREFIX = 24, 48
_MODERATORS = frozenset({"editor", "owner"})


def network_of(request: HttpRequest) -> str:
    """The client's network: its address with the last part cut off. Unreadable addresses share one empty network.

    ``REMOTE_ADDR`` is trusted here because the site's first middleware takes forwarded addresses from trusted proxies
    only.
    """
    return truncate(request.META.get("REMOTE_ADDR", ""))


def truncate(address: str) -> str:
    """``192.0.2.77`` -> ``192.0.2.0/24``, IPv6 to /48."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    prefix = _IPV4_PREFIX if ip.version == 4 else _IPV6_PREFIX
    return str(ipaddress.ip_network(f"{ip}/{prefix}", strict=False))


def hidden(what: str, value: str) -> str:
    """A keyed hash, for telling two values apart without keeping them."""
    return salted_hmac(f"onrecord.replies.{what}", value, algorithm="sha256").hexdigest()


def author_key(request: HttpRequest) -> str:
    """Hash of the secret in the writer's cookie, empty where there is none."""
    secret = request.COOKIES.get(COOKIE, "")
    return hidden("author", secret) if 20 <= len(secret) <= 64 else ""


def new_secret() -> str:
    return secrets.token_urlsafe(24)


def remember_writer(response: HttpResponse, secret: str) -> None:
    """Give the browser the secret that lets it edit and delete what it posted."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=_COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        path="/",
    )


def is_writer(request: HttpRequest, reply: Reply) -> bool:
    """Whether this browser or account wrote the reply."""
    if reply.user_id is not None:
        return request.user.is_authenticated and request.user.pk == reply.user_id
    key = author_key(request)
    return bool(key) and secrets.compare_digest(key, reply.author_key)


def is_moderator(request: HttpRequest) -> bool:
    """Editors and owners moderate replies."""
    user = request.user
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    names = request.__dict__.setdefault("_reply_roles", frozenset(user.groups.values_list("name", flat=True)))
    return not _MODERATORS.isdisjoint(names)


def text_key(text: str) -> str:
    """Hash of a text's words, so that the same words elsewhere are found. Empty for very short texts."""
    words = text.casefold().split()
    return hashlib.sha256(" ".join(words).encode()).hexdigest() if len(words) >= 4 or len(text) >= 40 else ""
