"""Exports of other systems, read one reply at a time. What cannot be read is set aside with its reason."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from onrecord.errors import InputError
from onrecord.replies.exchange.carried import Carried, carry, moment, text_of_html
from onrecord.terms import Reject

_WP = "{http://wordpress.org/export/1.2/}"
_DISQUS = "{http://disqus.com}"
_INTERNALS = "{http://disqus.com/disqus-internals}"
_WXR_STATES = {"1": "published", "0": "held", "spam": "spam", "trash": "removed"}
_ISSO_STATES = {1: "published", 2: "held", 4: "removed"}

NAMESPACE = "urn:onrecord:replies:1"
"""Of the elements by which an export of ours says what a WordPress export has no place for."""


def read_wxr(path: Path) -> Iterator[Carried | Reject]:
    """Comments of a WordPress export. Pingbacks and trackbacks are no replies and are left out."""
    for item in _elements(path, {"item"}):
        link = item.findtext("link") or ""
        host = urlsplit(link).hostname or ""
        for comment in item.iter(f"{_WP}comment"):
            if (comment.findtext(f"{_WP}comment_type") or "comment") in {"comment", ""}:
                yield _carried(path, comment.findtext(f"{_WP}comment_id") or "?", _wxr, comment, link, host)
        item.clear()


def _wxr(comment: Element, link: str, host: str) -> Carried:
    def field(name: str) -> str:
        return (comment.findtext(f"{_WP}comment_{name}") or "").strip()

    def own(name: str) -> str:
        return comment.findtext(f"{{{NAMESPACE}}}{name}") or ""

    parent = field("parent")
    return carry(
        source_id=own("id") or f"{host}#{field('id')}",
        url=link,
        kind=own("kind") or "article",
        key=own("key"),
        parent=own("parent") or (f"{host}#{parent}" if parent not in {"", "0"} else ""),
        name=field("author"),
        email=field("author_email"),
        website=field("author_url"),
        text=field("content") if own("id") else text_of_html(field("content")),
        state=_WXR_STATES.get(field("approved"), "held"),
        language=own("language"),
        created=moment(own("created")) or moment(field("date_gmt")) or moment(field("date")),
        edited=moment(own("edited")),
        published=moment(own("published")),
        public_id=own("id"),
    )


def read_disqus(path: Path) -> Iterator[Carried | Reject]:
    """Posts of a Disqus export. Threads come first in the file; they say where a post belongs."""
    links: dict[str, str] = {}
    for element in _elements(path, {f"{_DISQUS}thread", f"{_DISQUS}post"}):
        number = element.get(f"{_INTERNALS}id")
        if number is None:
            continue
        if element.tag.endswith("thread"):
            # A post names its thread by an element of the same name, without a link.
            links.setdefault(number, element.findtext(f"{_DISQUS}link") or "")
        else:
            yield _carried(path, number, _disqus, element, number, links)
            element.clear()


def _disqus(post: Element, number: str, links: dict[str, str]) -> Carried:
    def flag(name: str) -> bool:
        return post.findtext(f"{_DISQUS}{name}") == "true"

    def reference(name: str) -> str:
        found = post.find(f"{_DISQUS}{name}")
        return found.get(f"{_INTERNALS}id", "") if found is not None else ""

    return carry(
        source_id=number,
        url=links.get(reference("thread"), ""),
        parent=reference("parent"),
        name=post.findtext(f"{_DISQUS}author/{_DISQUS}name") or "",
        email=post.findtext(f"{_DISQUS}author/{_DISQUS}email") or "",
        text=text_of_html(post.findtext(f"{_DISQUS}message") or ""),
        state="removed" if flag("isDeleted") else "spam" if flag("isSpam") else "published",
        created=moment(post.findtext(f"{_DISQUS}createdAt") or ""),
    )


def read_isso(path: Path, site: str = "") -> Iterator[Carried | Reject]:
    """Comments of an Isso database.

    Args:
        site: address of the site its paths belong to.
    """
    query = (
        "select c.id, t.uri, c.parent, c.created, c.modified, c.mode, c.text, c.author, c.email, c.website"
        " from comments c join threads t on t.id = c.tid order by c.created, c.id"
    )
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            for row in base.execute(query):
                yield _carried(path, str(row[0]), _isso, row, site)
    except sqlite3.DatabaseError as error:
        raise InputError(f"{path}: is no Isso database ({error}). Name Isso's comments.db.", code="not_isso") from error


def _isso(row: tuple[Any, ...], site: str) -> Carried:
    number, uri, parent, created, modified, mode, text, author, email, website = row
    return carry(
        source_id=str(number),
        url=urljoin(site, str(uri)),
        parent=str(parent) if parent else "",
        name=str(author or ""),
        email=str(email or ""),
        website=str(website or ""),
        text=str(text or ""),
        state=_ISSO_STATES.get(mode, "held"),
        created=datetime.fromtimestamp(float(created), UTC),
        edited=datetime.fromtimestamp(float(modified), UTC) if modified else None,
    )


def read_json(path: Path) -> Iterator[Carried | Reject]:
    """Our own JSON Lines: one reply a line, as ``onrecord replies export`` writes them."""
    with path.open(encoding="utf-8") as lines:
        for n, line in enumerate(lines, 1):
            if line.strip():
                yield _carried(path, f"line {n}", _json, line)


def _json(line: str) -> Carried:
    found = json.loads(line)
    if not isinstance(found, dict):
        raise ValueError("a line must hold one object")

    def words(name: str) -> str:
        value = found.get(name)
        if value is not None and not isinstance(value, str):
            raise ValueError(f"{name} must be text")
        return value or ""

    return carry(
        source_id=words("id"),
        public_id=words("id"),
        url=words("url"),
        kind=words("kind") or "article",
        key=words("key"),
        parent=words("parent"),
        name=words("name"),
        email=words("email"),
        website=words("website"),
        text=words("text"),
        state=words("state"),
        language=words("language"),
        created=moment(words("created")),
        edited=moment(words("edited")),
        published=moment(words("published")),
    )


READERS: dict[str, Callable[[Path], Iterator[Carried | Reject]]] = {
    "wxr": read_wxr,
    "disqus": read_disqus,
    "isso": read_isso,
    "json": read_json,
}


def _carried(path: Path, name: str, read: Callable[..., Carried], *given: Any) -> Carried | Reject:
    try:
        return read(*given)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        return Reject(f"{path.name}: {name}", f"This reply cannot be read: {error}.", "bad_reply")


def _elements(path: Path, tags: set[str]) -> Iterator[Element]:
    """Finished elements of these names. External entities and entity bombs are refused."""
    try:
        for _, element in iterparse(path, events=("end",)):
            if element.tag in tags:
                yield element
    except (SyntaxError, ValueError, UnicodeError) as error:
        message = f"{path}: is not well-formed XML ({error}). Export it again, or mend the named line."
        raise InputError(message, code="bad_xml") from error
