"""What the reply section adds to Django's settings, made from onrecord's settings. Used by ``onrecord.site.conf``."""

from __future__ import annotations

from typing import Any

from onrecord.replies.mailbox import mail_settings
from onrecord.replies.signin import Provider
from onrecord.settings import Settings

LANGUAGES = (("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("fa", "فارسی"))

APPS = (
    "onrecord.replies",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.google",
    "allauth.socialaccount.providers.facebook",
    "allauth.socialaccount.providers.twitter_oauth2",
    "allauth.socialaccount.providers.openid_connect",
)
FIRST_MIDDLEWARE = ("onrecord.replies.middleware.ShedFloods",)
"""Right after the middleware that knows the client's address."""
MIDDLEWARE = (
    "onrecord.replies.middleware.ReadersLanguage",
    "allauth.account.middleware.AccountMiddleware",
    "onrecord.replies.middleware.SignInForms",
)
BACKENDS = ("allauth.account.auth_backends.AuthenticationBackend",)


def library_settings(given: Settings, found: tuple[Provider, ...]) -> dict[str, Any]:
    """Settings of the mail server and of allauth, by name.

    Raises:
        SettingError: the mail server is written in a way that cannot be read.
    """
    return {**mail_settings(given.mail, given.mail_from, given.debug), **_sign_in(given, found)}


def _sign_in(given: Settings, found: tuple[Provider, ...]) -> dict[str, Any]:
    return {
        "SOCIALACCOUNT_PROVIDERS": {
            name: {"APPS": [p.app for p in found if p.module == name], **_options(name)}
            for name in {p.module for p in found}
        },
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*", "password2*"],
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory" if given.sign_in_email else "none",
        "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED": False,
        "ACCOUNT_PREVENT_ENUMERATION": True,
        "ACCOUNT_UNIQUE_EMAIL": True,
        "ACCOUNT_LOGOUT_ON_GET": False,
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "https" if given.base_url.startswith("https://") else "http",
        "ACCOUNT_ADAPTER": "onrecord.replies.adapters.AccountAdapter",
        "SOCIALACCOUNT_ADAPTER": "onrecord.replies.adapters.SocialAccountAdapter",
        # A person is an issuer and a subject. The e-mail address a provider names never opens an existing account.
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT": False,
        "SOCIALACCOUNT_EMAIL_VERIFICATION": "none",
        "SOCIALACCOUNT_EMAIL_REQUIRED": False,
        "SOCIALACCOUNT_AUTO_SIGNUP": True,
        "SOCIALACCOUNT_LOGIN_ON_GET": False,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_QUERY_EMAIL": False,
        "SOCIALACCOUNT_ONLY": False,
        "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes", "webauthn"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_TOTP_ISSUER": given.site_name,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": given.debug,
    }


def _options(module: str) -> dict[str, Any]:
    if module == "google":
        return {"SCOPE": ["openid", "profile"], "OAUTH_PKCE_ENABLED": True}
    if module == "facebook":
        return {"METHOD": "oauth2", "SCOPE": ["public_profile"], "OAUTH_PKCE_ENABLED": True}
    return {"OAUTH_PKCE_ENABLED": True}
