"""Pages for what went wrong, in plain words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def _page(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    return render(request, "site/error.html", {"title": title, "words": words}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404, "Not on record", "There is nothing at this address. Perhaps the search finds it.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403, "Not allowed", "Your role does not allow this. Ask an owner of this site for it.")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("This request cannot be read.", status=400, content_type="text/plain; charset=utf-8")


def server_error(request: HttpRequest) -> HttpResponse:
    # Nothing is rendered from the database here: it may be what failed.
    return HttpResponse(
        "Something went wrong on our side. Nothing was lost; please try again in a moment.",
        status=500,
        content_type="text/plain; charset=utf-8",
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        "This form has expired",
        "Nothing was changed. Go back, load the page again and send the form once more, with cookies allowed.",
    )
