"""How mail leaves the site, from one setting."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from onrecord.errors import SettingError

_CURE = "Write ONRECORD_MAIL as smtp://user:password@host:587, smtps://user:password@host:465 or file:///folder."


def mail_settings(mail: str, sender: str, debug: bool) -> dict[str, Any]:
    """Django's mail settings. Without a mail server nothing is sent, and whatever needs mail says so.

    Raises:
        SettingError: the address cannot be read.
    """
    common = {"DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender, "EMAIL_TIMEOUT": 10}
    if not mail:
        backend = "console" if debug else "dummy"
        return {**common, "EMAIL_BACKEND": f"django.core.mail.backends.{backend}.EmailBackend"}
    parts = urlsplit(mail)
    if parts.scheme == "file" and parts.path:
        return {
            **common,
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": parts.path,
        }
    return {**common, **_server(mail)}


def _server(mail: str) -> dict[str, Any]:
    parts = urlsplit(mail)
    try:
        port = parts.port
    except ValueError as error:
        raise SettingError(f"ONRECORD_MAIL names no port that can be read: {error}. {_CURE}") from error
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise SettingError(f"ONRECORD_MAIL cannot be read. {_CURE}")
    secure = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if secure else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": not secure and parts.hostname not in {"localhost", "127.0.0.1"},
    }
