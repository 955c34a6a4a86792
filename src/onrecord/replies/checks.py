"""What `onrecord check` says about the reply section: what is on, and what is missing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Info, Warning, register  # noqa: A004


@register("replies")
def replies_are_configured(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Messages with ids ``replies.I001`` and up for what is off, ``replies.W001`` and up for what cannot work."""
    found: list[CheckMessage] = []
    if not settings.MAIL_WORKS:
        found.append(
            Info(
                "No mail server: readers get no notifications, and guests cannot ask for their data by mail.",
                hint="Set ONRECORD_MAIL, such as smtp://user:password@mail.example:587, and ONRECORD_MAIL_FROM.",
                id="replies.I001",
            )
        )
    if not settings.SIGN_IN_PROVIDERS and not settings.SIGN_IN_EMAIL:
        found.append(
            Info(
                "Readers cannot sign in; they write as guests.",
                hint="Set ONRECORD_SIGN_IN_EMAIL=yes, ONRECORD_SIGN_IN_GOOGLE, _FACEBOOK, _X, _WORDPRESS "
                "(client-id:secret) or ONRECORD_OIDC_PROVIDERS (name|issuer|client-id|secret).",
                id="replies.I002",
            )
        )
    if settings.SIGN_IN_EMAIL and not settings.MAIL_WORKS:
        found.append(
            Warning(
                "Sign-in by e-mail is on, but addresses cannot be verified without a mail server.",
                hint="Set ONRECORD_MAIL, or ONRECORD_SIGN_IN_EMAIL=no.",
                id="replies.W001",
            )
        )
    if settings.SIGN_IN_PROVIDERS and not settings.BASE_URL.startswith("https://") and not settings.DEBUG:
        found.append(
            Warning(
                "Providers send readers back to an http address, which most of them refuse.",
                hint="Set ONRECORD_BASE_URL to the site's https address.",
                id="replies.W002",
            )
        )
    if settings.AKISMET_KEY:
        found += _akismet()
    return found


def _akismet() -> list[CheckMessage]:
    from onrecord.errors import SettingError
    from onrecord.replies.second_opinion import client

    try:
        client()
    except SettingError as error:
        return [Warning(str(error), id="replies.W003")]
    return [Info("Replies are sent to Akismet for a second opinion; the privacy page says so.", id="replies.I003")]
