"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest

from onrecord.site.links import absolute
from onrecord.site.roles import is_editor, is_owner


def site(request: HttpRequest) -> dict[str, Any]:
    """Name and address of the site, and who is looking."""
    user = getattr(request, "user", None)
    return {
        "site_name": settings.SITE_NAME,
        "base_url": settings.BASE_URL,
        "page_url": absolute(request.path),
        "has_replies": apps.is_installed("onrecord.replies"),
        "is_editor": user is not None and is_editor(user),
        "is_owner": user is not None and is_owner(user),
    }
