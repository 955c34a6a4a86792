"""Sitemaps, with the addresses that the owner set, whatever host a request names."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from onrecord.record.models import Article, Outlet, Person, Statement, Topic
from onrecord.record.queries import listed_people, shown_statements
from onrecord.site.links import absolute

NEWS_DAYS = 2
MOST_NEWS = 1000


class _Own(Sitemap[Any]):
    limit = 10_000

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.BASE_URL).netloc


class Pages(_Own):
    def items(self) -> list[str]:
        return ["/", "/people/", "/outlets/", "/topics/", "/tags/", "/archive/", "/about/", "/privacy/"]

    def location(self, item: str) -> str:
        return item


class Articles(_Own):
    def items(self) -> QuerySet[Article]:
        return Article.objects.filter(original__isnull=True).order_by("id")

    def lastmod(self, item: Article) -> datetime:
        return item.read_at


class Statements(_Own):
    def items(self) -> QuerySet[Statement]:
        return shown_statements().order_by("id")

    def lastmod(self, item: Statement) -> datetime:
        return item.changed_at


class People(_Own):
    def items(self) -> QuerySet[Person]:
        return listed_people().order_by("id")


class Outlets(_Own):
    def items(self) -> QuerySet[Outlet]:
        return Outlet.objects.order_by("id")


class Topics(_Own):
    def items(self) -> QuerySet[Topic]:
        return Topic.objects.filter(is_public=True).order_by("id")


SECTIONS: dict[str, type[Sitemap[Any]]] = {
    "pages": Pages,
    "articles": Articles,
    "statements": Statements,
    "people": People,
    "outlets": Outlets,
    "topics": Topics,
}


def index(request: HttpRequest) -> HttpResponse:
    """All sections, in pages of ``_Own.limit`` addresses."""
    items = []
    for name, section in SECTIONS.items():
        url = absolute(reverse("sitemap-section", kwargs={"section": name}))
        items += [url if page == 1 else f"{url}?p={page}" for page in section().paginator.page_range]
    return render(request, "site/sitemap_index.xml", {"items": items}, content_type="application/xml")


def news(request: HttpRequest) -> HttpResponse:
    """Articles of the last two days whose text is published here, for news search."""
    since = timezone.now() - timedelta(days=NEWS_DAYS)
    articles = (
        Article.objects.filter(
            original__isnull=True, outlet__text_licence=Outlet.TextLicence.OWN, published_at__gte=since
        )
        .select_related("outlet")
        .order_by("-published_at")[:MOST_NEWS]
    )
    rows = [(absolute(article.get_absolute_url()), article) for article in articles]
    return render(request, "site/sitemap_news.xml", {"rows": rows}, content_type="application/xml")
