"""Feeds of statements: RSS 2.0, Atom, JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import IO, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import format_html

from onrecord.record.models import Statement
from onrecord.site import edtf
from onrecord.site.links import absolute
from onrecord.site.templatetags.reading import past, quoted, speaker, xml_safe

LENGTH = 30
"""Statements in a feed."""


@dataclass(frozen=True, slots=True)
class Channel:
    title: str
    path: str
    description: str


class JSONFeed(SyndicationFeed):
    """JSON Feed 1.1 (jsonfeed.org)."""

    def write(self, outfile: IO[Any], encoding: str) -> None:
        document = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["description"],
            "language": self.feed["language"],
            "items": [_json_item(item) for item in self.items],
        }
        outfile.write(json.dumps(document, ensure_ascii=False))


KINDS: dict[str, type[SyndicationFeed]] = {"rss": Rss201rev2Feed, "atom": Atom1Feed, "json": JSONFeed}
CONTENT_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}


def response(request: HttpRequest, kind: str, channel: Channel, statements: Iterable[Statement]) -> HttpResponse:
    """The newest statements as a feed.

    Args:
        kind: ``rss``, ``atom`` or ``json``.
    """
    if kind not in KINDS:
        raise Http404(f"There is no feed of kind {kind!r}; ask for rss, atom or json.")
    feed = KINDS[kind](
        title=xml_safe(f"{channel.title} – {settings.SITE_NAME}"),
        link=absolute(channel.path),
        description=xml_safe(channel.description),
        language="en",
        feed_url=absolute(request.get_full_path()),
    )
    for statement in statements[:LENGTH] if hasattr(statements, "__getitem__") else statements:
        _add(feed, statement)
    answer = HttpResponse(content_type=CONTENT_TYPES[kind])
    feed.write(answer, "utf-8")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _add(feed: SyndicationFeed, statement: Statement) -> None:
    article = statement.article
    link = absolute(statement.get_absolute_url())
    when = edtf.in_words(statement.said_on)
    reported = " · ".join(filter(None, (when, article.outlet.name if article.outlet else "", article.title)))
    feed.add_item(
        title=xml_safe(f"{speaker(statement)} {past(statement.act)}: {_short(quoted(statement))}"),
        link=link,
        unique_id=link,
        unique_id_is_permalink=True,
        description=format_html(
            "<blockquote>{}</blockquote><p>{}</p>", xml_safe(quoted(statement)), xml_safe(reported)
        ),
        pubdate=_moment(statement),
        updateddate=statement.changed_at,
        author_name=xml_safe(article.outlet.name) if article.outlet else None,
        categories=["denial"] if statement.denies else [],
    )


def _json_item(item: dict[str, Any]) -> dict[str, Any]:
    entry = {
        "id": item["unique_id"],
        "url": item["link"],
        "title": item["title"],
        "content_html": str(item["description"]),
        "date_published": item["pubdate"].isoformat() if item["pubdate"] else None,
        "date_modified": item["updateddate"].isoformat(),
        "authors": [{"name": item["author_name"]}] if item["author_name"] else None,
        "tags": list(item["categories"]) or None,
    }
    return {name: value for name, value in entry.items() if value is not None}


def _moment(statement: Statement) -> datetime | None:
    if statement.article.published_at:
        return statement.article.published_at
    return datetime.combine(statement.published_on, time(), UTC) if statement.published_on else statement.added_at


def _short(words: str, most: int = 120) -> str:
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"
