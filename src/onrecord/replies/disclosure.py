"""What the privacy page says, taken from the settings that are in force."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from onrecord.replies.identity import COOKIE
from onrecord.replies.models import Policy
from onrecord.replies.retention import last_run


def disclosure() -> dict[str, Any]:
    """Facts for ``replies/privacy.html``."""
    return {
        "network_days": settings.REPLY_NETWORK_DAYS,
        "spam_days": settings.REPLY_SPAM_DAYS,
        "consent_days": settings.REPLY_CONSENT_DAYS,
        "retention_ran": last_run(),
        "edit_minutes": settings.REPLY_EDIT_MINUTES,
        "akismet": bool(settings.AKISMET_KEY),
        "filters_others": bool(settings.AKISMET_KEYS_OF_OTHERS),
        "mail_works": settings.MAIL_WORKS,
        "mail_host": getattr(settings, "EMAIL_HOST", "") if "smtp" in settings.EMAIL_BACKEND else "",
        "sign_in_email": settings.SIGN_IN_EMAIL,
        "providers": [
            {"name": provider.name, "host": urlsplit(provider.origins[0]).hostname}
            for provider in settings.SIGN_IN_PROVIDERS
        ],
        "writer_cookie": COOKIE,
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "policy": Policy.objects.filter(outlet=None).first(),
    }
