"""Middleware of the reply section."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from onrecord.replies.languages import language_for
from onrecord.replies.limits import refuse_flood

Handler = Callable[[HttpRequest], HttpResponse]

_UNCOUNTED = ("/replies/moderation/", "/replies/akismet/", "/replies/subscriptions/")
"""Moderators, other blogs and mail programs have limits or powers of their own."""
_CODE_PICTURE = "/accounts/2fa/totp/"
"""The code that an authenticator app reads is a picture within the page."""
_OWN_PAGES = ("/replies/", "/privacy/replies/", "/accounts/")


class ShedFloods:
    """Answers posts that come too fast before anything else is done with them, not even reading their body.

    Comes right after the middleware that knows the client's address.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.method == "POST"
            and request.path.startswith("/replies/")
            and not request.path.startswith(_UNCOUNTED)
        ):
            refused = refuse_flood(request)
            if refused is not None:
                return refused
        return self.get_response(request)


class ReadersLanguage:
    """The reply section's own pages in the reader's language; elsewhere only the section itself is."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(_OWN_PAGES):
            response = self.get_response(request)
            if getattr(request, "shows_replies", False):
                patch_vary_headers(response, ("Accept-Language", "Cookie"))
            return response
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            # PostgreSQL refuses to look for it; nothing of ours has it in its address.
            raise Http404("an address with a NUL")
        language = language_for(request)
        with translation.override(language):
            response = self.get_response(request)
        response.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


class SignInForms:
    """Lets the forms of the sign-in pages lead to the configured providers, and to no one else."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(("/accounts/", "/replies/sign-in/")):
            origins = [origin for provider in settings.SIGN_IN_PROVIDERS for origin in provider.origins]
            update = {"form-action": ["'self'", *origins]}
            if request.path.startswith(_CODE_PICTURE):
                update["img-src"] = ["'self'", "data:"]
            response._csp_update = update  # type: ignore[attr-defined]
        return response
