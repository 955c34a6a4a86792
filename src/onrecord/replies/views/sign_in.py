"""The page that offers the ways to sign in that are configured."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_safe


@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    """Each provider as a button; where to go afterwards is kept if it is on this site."""
    if not (settings.SIGN_IN_EMAIL or settings.SIGN_IN_PROVIDERS):
        raise Http404("no way to sign in is configured")
    onward = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    onward = onward if safe else "/"
    if request.user.is_authenticated:
        return redirect(onward)
    ways = [
        {"name": provider.name, "url": f"{_login_url(provider.module, provider.id)}?{urlencode({'next': onward})}"}
        for provider in settings.SIGN_IN_PROVIDERS
    ]
    context = {"ways": ways, "by_email": settings.SIGN_IN_EMAIL, "next": onward, "refused": "refused" in request.GET}
    return render(request, "replies/sign_in.html", context)


def _login_url(module: str, provider_id: str) -> str:
    if module == "openid_connect":
        return reverse("openid_connect_login", args=[provider_id])
    return reverse(f"{module}_login")
