"""Pages of a list."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from onrecord.record.models import Statement
from onrecord.site.sentences import in_sentences


def page_of(request: HttpRequest, items: QuerySet[Any], size: int) -> Page[Any]:
    """The page that ``?page=`` asks for; the nearest one where there is no such page."""
    return Paginator(items, size).get_page(request.GET.get("page"))


def statements_page(request: HttpRequest, statements: QuerySet[Statement], size: int) -> Page[Statement]:
    """The same for statements, ready to be shown in their sentences."""
    page = page_of(request, statements, size)
    page.object_list = in_sentences(page.object_list)
    return page
