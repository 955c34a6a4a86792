"""Where allauth asks the site: who may sign up, where to go afterwards, what an account starts with."""

from __future__ import annotations

import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from onrecord.replies.section import DRAFT

_LONGEST_UID = 191
"""What allauth's table holds."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts by e-mail, where the site allows them. Going on elsewhere is left to allauth's check of ``next``."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.SIGN_IN_EMAIL)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where no page asked for the sign-in: to the draft that waits, else to the reader's own page."""
        draft = request.session.get(DRAFT) or {}
        if draft.get("kind") and draft.get("key"):
            return reverse("replies:write", args=[draft["kind"], draft["key"]])
        return reverse("replies:my-data-ask")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Accounts by provider. The e-mail address a provider names is not taken over: nobody here needs it."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return True

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        user = super().populate_user(request, sociallogin, {**data, "email": ""})
        user.email = ""
        sociallogin.email_addresses = []
        # Of what the provider tells, the name is kept; its other claims are nobody's business here.
        sociallogin.account.extra_data = {"name": user.get_full_name()}
        issuer = sociallogin.provider.app.settings.get("server_url", "")
        if issuer:
            sociallogin.account.uid = identity_of(issuer, sociallogin.account.uid)
        return user


def identity_of(issuer: str, subject: str) -> str:
    """An account's lasting id. The name a site gives a provider may come to mean another issuer; this cannot."""
    both = f"{issuer}#{subject}"
    return both if len(both) <= _LONGEST_UID else hashlib.sha256(both.encode()).hexdigest()
