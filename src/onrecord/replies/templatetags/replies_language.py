"""The language a page of the reply section is in."""

from __future__ import annotations

from django import template
from django.utils import translation

from onrecord.replies.languages import direction

register = template.Library()


@register.simple_tag
def reader_language() -> dict[str, str]:
    """``code`` and ``direction`` for the ``lang`` and ``dir`` attributes."""
    code = translation.get_language() or "en"
    return {"code": code, "direction": direction(code)}
