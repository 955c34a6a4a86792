"""Forged posts: forms under articles carry no token, so that reading sets no cookie; their origin tells them apart.

A post counts as ours when the browser says so (``Origin``, ``Sec-Fetch-Site``), else when it carries Django's token,
which the forms on pages of their own do. Every view that posts goes through :func:`ours_only`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


def is_ours(request: HttpRequest) -> bool:
    """Whether a post was made from a page of this site."""
    origin = request.headers.get("Origin")
    if origin is not None and origin != "null":
        return origin == f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        return True
    checker = CsrfViewMiddleware(lambda _: HttpResponse())
    return checker.process_view(request, _checked, (), {}) is None


def _checked(request: HttpRequest) -> HttpResponse:
    raise AssertionError("only its lack of csrf_exempt is looked at")


def ours_only(refuse: View) -> Callable[[View], View]:
    """Let posts through that are ours, and answer others with ``refuse``."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and not is_ours(request):
                return refuse(request, *args, **kwargs)
            return view(request, *args, **kwargs)

        return csrf_exempt(guarded)

    return decorate
