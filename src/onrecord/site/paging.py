"""Pages of a list."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest


def page_of(request: HttpRequest, items: QuerySet[Any], size: int) -> Page[Any]:
    """The page that ``?page=`` asks for; the nearest one where there is no such page."""
    return Paginator(items, size).get_page(request.GET.get("page"))
