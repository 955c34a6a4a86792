"""Addresses: absolute ones of this site, safe ones of others, and links that land on words."""

from __future__ import annotations

from urllib.parse import quote, urldefrag, urlsplit

from django.conf import settings
from django.utils.http import url_has_allowed_host_and_scheme

from onrecord.record.models import Statement

_WHOLE_WORDS = 8
_EDGE_WORDS = 4


def absolute(path: str) -> str:
    """A path of this site with the scheme and host that the owner set, whatever a request's headers say."""
    return f"{settings.BASE_URL}{path}"


def web_url(url: str) -> str:
    """The URL if it leads to a web page, else nothing: no ``javascript:``, ``data:`` or half-written address."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.hostname else ""


def text_fragment_url(statement: Statement) -> str:
    """A link that opens the original page at the statement's words and marks them (URL text fragment)."""
    url = web_url(statement.article.url)
    spans = statement.contents or (statement.extent,)
    words = spans[0].of(statement.version.text).split()
    if not url or not words:
        return url
    if len(words) <= _WHOLE_WORDS:
        directive = _escaped(words)
    else:
        directive = f"{_escaped(words[:_EDGE_WORDS])},{_escaped(words[-_EDGE_WORDS:])}"
    return f"{urldefrag(url).url}#:~:text={directive}"


def safe_next(path: str | None, otherwise: str) -> str:
    """Where to go after a form: only to a path of this site."""
    if path and path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return path
    return otherwise


def _escaped(words: list[str]) -> str:
    # A hyphen has a meaning of its own in a text fragment, and quote() leaves it as it is.
    return quote(" ".join(words), safe="").replace("-", "%2D")
