"""Which language a reader reads the reply section in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

RIGHT_TO_LEFT = frozenset({"fa", "ar", "he", "ur"})
QUERY = "lang"


def language_for(request: HttpRequest) -> str:
    """The language asked for in the address, else the first of the browser's that we speak, else English."""
    asked = request.GET.get(QUERY, "")
    if asked in dict(settings.LANGUAGES):
        return asked
    for accepted, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if accepted == "*":
            break
        try:
            return str(get_supported_language_variant(accepted))
        except LookupError:
            continue
    return "en"


def direction(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"
