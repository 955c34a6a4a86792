"""What the staff pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from onrecord.errors import InputError
from onrecord.record.actions.editor import Editor


def page(request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """A staff page; search engines and caches keep off."""
    answer = render(
        request,
        f"site/staff/{template}.html",
        {"nav": "staff", "staff_page": template, **(context or {})},
        status=status,
    )
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def editor_of(request: HttpRequest) -> Editor:
    """Who is signed in, as the public history names them."""
    user: Any = request.user
    return Editor(name=user.get_full_name() or user.get_username(), user=user)


def attempt(request: HttpRequest, action: Callable[[], Any], done: str) -> bool:
    """Do something and say so; what the record refuses is said as an error."""
    try:
        action()
    except InputError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, done)
    return True


def back(path: str) -> HttpResponseRedirect:
    """After a form: see the page anew, so that reloading sends nothing twice."""
    return HttpResponseRedirect(path)
