"""Signing in and out, with a limit on guesses; an account that has a second factor is asked for it here too."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import perform_login
from allauth.mfa.adapter import get_adapter as second_factors
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse

from onrecord.site.limits import client_of, seconds_to_wait

GUESSES, GUESS_WINDOW = 10, 300


class SignIn(LoginView):
    """Name and password. ``?next=`` leads only to pages of this site, as Django checks."""

    template_name = "site/staff/login.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = request.POST.get("username", "")[:150].casefold()
        # Counted for the client and for the account, so that neither many accounts nor many clients help.
        waits = [
            seconds_to_wait("sign-in", client_of(request), GUESSES * 3, GUESS_WINDOW),
            seconds_to_wait("sign-in-name", name, GUESSES, GUESS_WINDOW),
        ]
        if any(waits):
            answer = self.render_to_response(self.get_context_data(form=self.get_form(), wait=max(waits) // 60 + 1))
            answer.status_code = 429
            answer["Retry-After"] = str(max(waits))
            return answer
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user = form.get_user()
        if not second_factors().is_mfa_enabled(user):
            return super().form_valid(form)
        if not settings.SIGN_IN_EMAIL:  # its pages are closed then, and the password alone must not do
            return self.render_to_response(self.get_context_data(form=form, shut=True))
        response: HttpResponse = perform_login(
            self.request, user, email_verification="none", redirect_url=self.get_success_url()
        )
        return response
