"""Replies out of the store, as JSON Lines or as a WordPress export. Networks stay; erased replies are empty."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TextIO
from xml.sax.saxutils import XMLGenerator

from django.conf import settings
from django.http import Http404

from onrecord.record.models import Article
from onrecord.replies.exchange.reading import NAMESPACE
from onrecord.replies.models import Reply, Thread
from onrecord.replies.targets import find_target

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""
_STATES = {"published": "1", "held": "0", "spam": "spam", "removed": "trash"}


def _threads() -> Iterator[tuple[Thread, str, str]]:
    """Threads in a stable order, with title and address of what they hang under."""
    for thread in Thread.objects.order_by("kind", "key"):
        try:
            target = find_target(thread.kind, thread.key)
        except Http404:
            yield thread, "", ""
            continue
        url = f"{settings.BASE_URL}{target.url}"
        if thread.kind == Thread.Kind.ARTICLE:
            url = Article.objects.get(public_id=thread.key).url or url
        yield thread, target.title, url


def _replies(thread: Thread) -> list[Reply]:
    return list(thread.replies.select_related("parent").order_by("created_at", "public_id"))


def export_json(out: TextIO) -> int:
    """One reply a line; returns how many."""
    count = 0
    for thread, _, url in _threads():
        for reply in _replies(thread):
            out.write(json.dumps(_as_dict(reply, thread, url), ensure_ascii=False) + "\n")
            count += 1
    return count


def _as_dict(reply: Reply, thread: Thread, url: str) -> dict[str, str | None]:
    return {
        "id": reply.public_id,
        "kind": thread.kind,
        "key": thread.key,
        "url": url,
        "parent": reply.parent.public_id if reply.parent else None,
        "name": reply.name,
        "email": reply.email,
        "website": reply.website,
        "text": reply.text,
        "state": reply.state,
        "language": reply.language,
        "created": reply.created_at.isoformat(),
        "edited": reply.edited_at.isoformat() if reply.edited_at else None,
        "published": reply.published_at.isoformat() if reply.published_at else None,
    }


def export_wxr(out: TextIO) -> int:
    """A WordPress export with an item for each thread; returns the number of replies.

    What the format has no place for stands in ``onrecord:`` elements, which other programs pass over.
    """
    xml = XMLGenerator(out, "utf-8", short_empty_elements=True)  # type: ignore[arg-type]
    xml.startDocument()
    spaces = {"version": "2.0", "xmlns:wp": "http://wordpress.org/export/1.2/", "xmlns:onrecord": NAMESPACE}
    xml.startElement("rss", spaces)  # type: ignore[arg-type]
    xml.startElement("channel", {})  # type: ignore[arg-type]
    _field(xml, "title", settings.SITE_NAME)
    _field(xml, "wp:wxr_version", "1.2")
    number = 0
    for thread, title, url in _threads():
        replies = _replies(thread)
        numbers = {reply.pk: number + place for place, reply in enumerate(replies, 1)}
        number += len(replies)
        xml.startElement("item", {})  # type: ignore[arg-type]
        _field(xml, "title", title)
        _field(xml, "link", url)
        for reply in replies:
            _comment(xml, reply, thread, numbers)
        xml.endElement("item")
    xml.endElement("channel")
    xml.endElement("rss")
    xml.endDocument()
    return number


def _comment(xml: XMLGenerator, reply: Reply, thread: Thread, numbers: dict[int, int]) -> None:
    xml.startElement("wp:comment", {})  # type: ignore[arg-type]
    fields = {
        "id": str(numbers[reply.pk]),
        "author": reply.name,
        "author_email": reply.email,
        "author_url": reply.website,
        "date_gmt": f"{reply.created_at:%Y-%m-%d %H:%M:%S}",
        "content": reply.text,
        "approved": _STATES[reply.state],
        "type": "comment",
        "parent": str(numbers.get(reply.parent_id or 0, 0)),
    }
    for name, value in fields.items():
        _field(xml, f"wp:comment_{name}", value)
    own = {
        "id": reply.public_id,
        "kind": thread.kind,
        "key": thread.key,
        "parent": reply.parent.public_id if reply.parent else "",
        "language": reply.language,
        "created": reply.created_at.isoformat(),
        "edited": reply.edited_at.isoformat() if reply.edited_at else "",
        "published": reply.published_at.isoformat() if reply.published_at else "",
    }
    for name, value in own.items():
        _field(xml, f"onrecord:{name}", value)
    xml.endElement("wp:comment")


def _field(xml: XMLGenerator, name: str, value: str) -> None:
    xml.startElement(name, {})  # type: ignore[arg-type]
    xml.characters(NOT_XML.sub("", value))
    xml.endElement(name)
