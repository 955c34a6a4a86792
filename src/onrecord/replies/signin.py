"""Who vouches for readers: the sign-in providers that the settings name. None is on until it is configured.

A provider is configured with one setting, ``client-id:secret``; any OpenID Connect issuer with
``name|issuer|client-id|secret`` in ``oidc_providers``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from onrecord.errors import SettingError
from onrecord.settings import Settings

WORDPRESS_ISSUER = "https://public-api.wordpress.com"
_WELL_KNOWN = (
    # setting, allauth's module, name for people, hosts its sign-in form leads to
    ("google", "google", "Google", ("https://accounts.google.com",)),
    ("facebook", "facebook", "Facebook", ("https://www.facebook.com",)),
    ("x", "twitter_oauth2", "X", ("https://x.com", "https://twitter.com")),
)


@dataclass(frozen=True, slots=True)
class Provider:
    """One way to sign in."""

    id: str
    """In addresses, and with the subject the identity of an account."""
    module: str
    """allauth's provider module."""
    name: str
    client_id: str
    secret: str
    origins: tuple[str, ...]
    """Where its sign-in form leads to, for the content security policy."""
    issuer: str = ""

    @property
    def app(self) -> dict[str, Any]:
        """As allauth wants it."""
        app: dict[str, Any] = {"client_id": self.client_id, "secret": self.secret, "key": "", "name": self.name}
        if self.issuer:
            options = {"server_url": self.issuer, "oauth_pkce_enabled": True, "scope": ["openid", "profile"]}
            app |= {"provider_id": self.id, "settings": options}
        return app


def providers(settings: Settings) -> tuple[Provider, ...]:
    """The providers that are configured, in the order in which they are offered.

    Raises:
        SettingError: a setting cannot be read.
    """
    found = [
        Provider(module, module, name, *_credentials(f"sign_in_{setting}", settings[f"sign_in_{setting}"]), origins)
        for setting, module, name, origins in _WELL_KNOWN
        if settings[f"sign_in_{setting}"]
    ]
    if settings.sign_in_wordpress:
        client, secret = _credentials("sign_in_wordpress", settings.sign_in_wordpress)
        found.append(_oidc("wordpress", "WordPress.com", WORDPRESS_ISSUER, client, secret))
    found += [_issuer(words) for words in settings.oidc_providers]
    ids = [provider.id for provider in found]
    if len(set(ids)) != len(ids):
        raise SettingError("Two sign-in providers have the same name. Give each in ONRECORD_OIDC_PROVIDERS its own.")
    return tuple(found)


def _credentials(setting: str, words: str) -> tuple[str, str]:
    client, _, secret = words.partition(":")
    if not client or not secret:
        raise SettingError(
            f"ONRECORD_{setting.upper()} must be client-id:secret, as the provider's console shows them."
        )
    return client, secret


def _issuer(words: str) -> Provider:
    parts = [part.strip() for part in words.split("|")]
    if len(parts) != 4 or not all(parts):
        raise SettingError("Write each of ONRECORD_OIDC_PROVIDERS as name|issuer|client-id|secret.")
    name, issuer, client, secret = parts
    slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
    if not slug:
        raise SettingError(f"The sign-in provider's name {name!r} needs a Latin letter or a digit for its address.")
    return _oidc(slug, name, issuer, client, secret)


def _oidc(slug: str, name: str, issuer: str, client: str, secret: str) -> Provider:
    parts = urlsplit(issuer)
    is_local = parts.hostname in {"localhost", "127.0.0.1"}
    if not parts.hostname or (parts.scheme != "https" and not (is_local and parts.scheme == "http")):
        raise SettingError(f"The issuer of the sign-in provider {name} must be an https address, not {issuer!r}.")
    origin = f"{parts.scheme}://{parts.netloc}"
    return Provider(slug, "openid_connect", name, client, secret, (origin,), issuer.rstrip("/"))
