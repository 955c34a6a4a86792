"""Every setting of onrecord: name, type, default and help, in one table.

Settings are read once, at the edge (the command line or the web server's start), with :func:`load`; the rest of the
code is handed the values it needs. The environment variable of a setting is its name in capitals after ``ONRECORD_``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from onrecord.errors import SettingError

PREFIX = "ONRECORD_"


def boolean(words: str) -> bool:
    values = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
        "": False,
    }
    try:
        return values[words.strip().casefold()]
    except KeyError:
        raise ValueError("write yes or no") from None


def word_list(words: str) -> tuple[str, ...]:
    """Comma separated words."""
    return tuple(word.strip() for word in words.split(",") if word.strip())


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    kind: Callable[[str], Any]
    default: Any
    help: str

    @property
    def variable(self) -> str:
        return PREFIX + self.name.upper()


SETTINGS: tuple[Setting, ...] = (
    Setting("data", Path, Path("../shared"), "Folder with the corpora, for training and evaluation only."),
    Setting("jobs", int, 0, "Processes that read pages at once; 0: one for each core."),
    Setting(
        "user_agent",
        str,
        "onrecord/0.1 (+https://example.org/onrecord)",
        "How the fetcher names itself; put an address of yours in it.",
    ),
    Setting("fetch_delay", float, 1.0, "Seconds between two requests to one host."),
    Setting("fetch_timeout", float, 20.0, "Seconds that one request may take."),
    Setting("fetch_max_bytes", int, 20_000_000, "Largest response that is read, in bytes after decompression."),
    Setting("fetch_private", boolean, False, "Fetch from private and loopback addresses too. For tests and intranets."),
    Setting("home", Path, Path("onrecord-data"), "Folder of the record: database, page snapshots, secret key."),
    Setting(
        "database",
        str,
        "",
        "Path, sqlite:///path or postgres://... of the record's database; empty: record.sqlite3 in the home folder.",
    ),
    Setting("site_name", str, "On Record", "The site's name, as readers see it."),
    Setting(
        "base_url", str, "http://localhost:8000", "The site's public address; https turns on secure cookies and HSTS."
    ),
    Setting(
        "allowed_hosts",
        word_list,
        (),
        "Host names that the site answers to besides that of base_url, with commas between.",
    ),
    Setting(
        "trusted_proxies",
        word_list,
        (),
        "Addresses or networks of proxies whose X-Forwarded-For and -Proto headers count, with commas between.",
    ),
    Setting("secret_key", str, "", "Key that signs sessions and links; empty: made once and kept in the home folder."),
    Setting("api_rate", int, 120, "Requests that one client may make to the API in a minute."),
    Setting(
        "mail",
        str,
        "",
        "Mail server for notifications: smtp://user:password@host:587, smtps://...:465 or file:///folder; empty: none.",
    ),
    Setting("mail_from", str, "On Record <replies@localhost>", "Sender of the site's mail."),
    Setting("reply_edit_minutes", int, 15, "Minutes for which readers may edit their replies."),
    Setting("reply_rate", int, 10, "Replies and previews that one network may send in a minute."),
    Setting("reply_flood", int, 50, "Replies that the whole site takes in ten seconds; more are asked to wait."),
    Setting("reply_network_days", int, 30, "Days after which the (shortened) network address of a reply is deleted."),
    Setting("reply_spam_days", int, 30, "Days after which the text of spam is deleted."),
    Setting("reply_consent_days", int, 365, "Days for which a withdrawn consent is kept as proof."),
    Setting("akismet_key", str, "", "Key for a second opinion from Akismet; empty: nothing is sent there."),
    Setting(
        "akismet_keys_of_others",
        word_list,
        (),
        "Keys with which other blogs may use this site's filter over the Akismet protocol, with commas between.",
    ),
    Setting("sign_in_email", boolean, False, "Let readers make accounts with e-mail address and password or passkey."),
    Setting("sign_in_google", str, "", "Sign-in with Google: client-id:secret."),
    Setting("sign_in_facebook", str, "", "Sign-in with Facebook: client-id:secret."),
    Setting("sign_in_x", str, "", "Sign-in with X: client-id:secret."),
    Setting("sign_in_wordpress", str, "", "Sign-in with WordPress.com: client-id:secret."),
    Setting(
        "oidc_providers",
        word_list,
        (),
        "Other OpenID Connect issuers to sign in with: name|issuer|client-id|secret, with commas between.",
    ),
    Setting("debug", boolean, False, "Show errors in the browser. For development only: it tells strangers too much."),
)


class Settings(Mapping[str, Any]):
    """Values of all settings; read-only, by attribute or by key."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = MappingProxyType(dict(values))

    def __getattr__(self, name: str) -> Any:
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __iter__(self) -> Any:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read all settings from the environment.

    Raises:
        SettingError: a variable holds a value that the setting cannot have.
    """
    environ = os.environ if environ is None else environ
    return Settings({setting.name: _value(setting, environ) for setting in SETTINGS})


def _value(setting: Setting, environ: Mapping[str, str]) -> Any:
    words = environ.get(setting.variable)
    if words is None:
        return setting.default
    try:
        return setting.kind(words)
    except ValueError as error:
        raise SettingError(f"{setting.variable}={words!r} cannot be read: {error}. {setting.help}") from error
