"""Where allauth asks the site: who may sign up, where to go afterwards, what an account starts with."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts by e-mail, where the site allows them. Going on elsewhere is left to allauth's check of ``next``."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.SIGN_IN_EMAIL)


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Accounts by provider. The e-mail address a provider names is not taken over: nobody here needs it."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return True

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        user = super().populate_user(request, sociallogin, {**data, "email": ""})
        user.email = ""
        sociallogin.email_addresses = []
        return user
