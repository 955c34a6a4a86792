"""Signing in and out, with a limit on guesses."""

from __future__ import annotations

from typing import Any

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
