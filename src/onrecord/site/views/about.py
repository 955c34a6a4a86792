"""About this site, health, robots and the small files that every site has."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onrecord.record.models import Article, Outlet, Person, Statement
from onrecord.site.links import absolute
from onrecord.terms import ACTS


def about(request: HttpRequest) -> HttpResponse:
    """What the record is, how it is made, whose words it holds, and what happens to readers' data."""
    counts = {
        "statements": Statement.objects.exclude(status=Statement.Status.WITHDRAWN).count(),
        "articles": Article.objects.filter(original__isnull=True).count(),
        "people": Person.objects.filter(merged_into__isnull=True).count(),
        "outlets": Outlet.objects.count(),
    }
    return render(request, "site/about.html", {"counts": counts, "acts": ACTS})


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "site/privacy.html")


def robots(request: HttpRequest) -> HttpResponse:
    """Search results and staff pages are not for robots; everything else is."""
    lines = [
        "User-agent: *",
        "Disallow: /staff/",
        "Disallow: /search/",
        "Disallow: /api/",
        "",
        f"Sitemap: {absolute('/sitemap.xml')}",
        f"Sitemap: {absolute('/sitemap-news.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def health(request: HttpRequest) -> HttpResponse:
    """200 while the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
