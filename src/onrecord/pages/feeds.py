"""Feeds and sitemaps: lists of pages, each of which is then fetched.

RSS, RDF, Atom, JSON Feed, sitemaps and indexes of sitemaps. What an entry says about its page (title, author, time)
goes along as ``Page.known``, which is believed where the page itself is silent.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urljoin

from onrecord.errors import FetchError, PageError
from onrecord.pages.dates import to_iso
from onrecord.pages.forms import detect, json_object
from onrecord.pages.limits import MAX_FEED_BYTES, MAX_SITEMAP_DEPTH, MAX_SITEMAPS, MAX_URL_LENGTH, SNIFFED_BYTES
from onrecord.pages.options import Reading
from onrecord.pages.streams import BREAKS, Stream, read_whole
from onrecord.pages.words import one_line
from onrecord.pages.xml import MendedXml, elements
from onrecord.terms import Page, Reject

_ITEMS = ("{*}item", "{*}entry", "{*}url", "{*}sitemap", "item", "entry", "url", "sitemap")
# Namespaces by the prefix everybody gives them. Elements of others (media:title, itunes:author) say something else.
_PREFIXES = {
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "",
    "http://www.google.com/schemas/sitemap/0.84": "",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
}
_KNOWN_PREFIXES = frozenset(_PREFIXES.values())
_NAME_BESIDE_ADDRESS = re.compile(r"\(([^()]{1,100})\)\s{0,9}$")
# Longer words than these are no title, name or tag; feeds put whole articles anywhere.
_MAX_WORDS = 500
_MAX_TAGS = 50

_Children = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that a feed or sitemap names, and what it says about it."""

    url: str
    known: dict[str, Any] = field(default_factory=dict)
    is_sitemap: bool = False


def read_feed(stream: Stream, origin: Page, reading: Reading) -> Iterator[Page | Reject]:
    """Fetch every page that the feed or sitemap in ``stream`` names, each once.

    Relative links are taken from ``xml:base`` or the feed's own URL.
    """
    yield from _Harvest(reading).read(stream, origin, depth=0)


def read_entries(stream: Stream, origin: Page) -> Iterator[Entry | Reject]:
    """The entries of one feed or sitemap, without fetching anything."""
    found = False
    read = _json_entries if stream.peek(SNIFFED_BYTES).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else _xml_entries
    for number, (url, entry) in enumerate(read(stream, origin), start=1):
        found = True
        if url.lower().startswith(("http://", "https://")) and len(url) <= MAX_URL_LENGTH:
            yield replace(entry, url=url)
        else:
            yield Reject(
                f"{origin.name}#{number}", "the entry has no http or https link to its page", "no_link", origin.url
            )
    if stream.broken in ("truncated", "damaged"):
        yield Reject(origin.name, f"the feed {BREAKS[stream.broken]}", stream.broken, origin.url)
    elif not found:
        yield Reject(origin.name, "the feed has no entries; name one that lists articles", "no_pages", origin.url)


class _Harvest:
    """One feed with all sitemaps below it: what was fetched already, and how many sitemaps may still be."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._seen: set[str] = set()
        self._sitemaps_left = MAX_SITEMAPS

    def read(self, stream: Stream, origin: Page, depth: int) -> Iterator[Page | Reject]:
        for entry in read_entries(stream, origin):
            if isinstance(entry, Reject):
                yield entry
            elif entry.url not in self._seen:
                self._seen.add(entry.url)
                if entry.is_sitemap:
                    yield from self._read_sitemap(entry.url, depth + 1)
                else:
                    yield self._fetch(entry)

    def _read_sitemap(self, url: str, depth: int) -> Iterator[Page | Reject]:
        self._sitemaps_left -= 1
        if depth > MAX_SITEMAP_DEPTH or self._sitemaps_left < 0:
            yield Reject(url, "the sitemap lies too deep or is one too many; name it by itself", "too_many", url)
            return
        page = self._try_fetch(url)
        if isinstance(page, Reject):
            yield page
            return
        try:
            stream = Stream(io.BytesIO(page.body))
            if detect(stream.peek(SNIFFED_BYTES)) != "feed":
                raise PageError("is no sitemap, though an index of sitemaps names it", code="not_feed")
            yield from self.read(stream, replace(page, body=b""), depth)
        except PageError as error:
            yield Reject(url, str(error), error.code, url)

    def _fetch(self, entry: Entry) -> Page | Reject:
        page = self._try_fetch(entry.url)
        if isinstance(page, Reject):
            return page
        try:
            form = detect(page.body[:SNIFFED_BYTES], page.name)
        except PageError as error:
            return Reject(entry.url, str(error), error.code, page.url)
        if form == "html":
            return replace(page, media_type="text/html", known=entry.known, known_from="feed")
        if form == "text" and page.media_type == "text/plain":
            return replace(page, known=entry.known, known_from="feed")
        return Reject(entry.url, f"is no HTML page but {page.media_type}", "not_html", page.url)

    def _try_fetch(self, url: str) -> Page | Reject:
        try:
            return self._reading.fetcher.fetch(url)
        except FetchError as error:
            return Reject(url, str(error), error.code, url, error.can_retry)
        except PageError as error:
            return Reject(url, str(error), error.code, url)


def _xml_entries(stream: Stream, origin: Page) -> Iterator[tuple[str, Entry]]:
    for element in elements(MendedXml(stream, MAX_FEED_BYTES, "the feed"), _ITEMS):
        children = _children_of(element)
        link = _link(children) or ""
        url = _join(element.base or origin.url or "", link) if link else ""
        yield url, Entry(url, _known(children), is_sitemap=_name_of(element) == "sitemap")


def _children_of(element: Any) -> _Children:
    """Children by ``name`` or ``prefix:name``; the children of a news sitemap's ``news:news`` count as its own."""
    found: _Children = {}
    for child in element:
        name = _name_of(child)
        if name == "news:news":
            for key, values in _children_of(child).items():
                found.setdefault(key, []).extend(values)
        elif name == "news:publication":
            found.setdefault("news:name", []).extend(_children_of(child).get("news:name", []))
        elif name:
            found.setdefault(name, []).append(child)
    return found


def _name_of(element: Any) -> str | None:
    """``name`` or ``prefix:name``; ``None`` for an element of a namespace that says something else."""
    namespace, _, name = element.tag.rpartition("}")
    prefix, _, local = name.rpartition(":")  # not empty only where the feed forgot to declare the prefix
    if namespace:
        prefix = _PREFIXES.get(namespace[1:], "other")
    if prefix not in _KNOWN_PREFIXES:
        return None
    return f"{prefix}:{local}" if prefix else local


def _words(element: Any) -> str:
    """Words of an element, without markup: RSS and ``type="html"`` escape it once more."""
    words = "".join(element.itertext())[: 4 * _MAX_WORDS]
    if element.get("type", "html") in ("html", "text/html"):
        words = one_line(words)
    return " ".join(words.split())[:_MAX_WORDS]


def _first(children: _Children, *names: str) -> str | None:
    return next((words for name in names for element in children.get(name, []) if (words := _words(element))), None)


def _link(children: _Children) -> str | None:
    for element in children.get("link", []):
        href = element.get("href")
        if href and element.get("rel", "alternate") == "alternate" and "html" in element.get("type", "html"):
            return str(href).strip()
        words = "".join(element.itertext()).strip()
        if not href and words:
            return words
    for name in ("loc", "guid"):
        for element in children.get(name, []):
            words = "".join(element.itertext()).strip()
            if words and element.get("isPermaLink", "true") != "false":
                return words
    return None


def _known(children: _Children) -> dict[str, Any]:
    known = {
        "title": _first(children, "title", "news:title"),
        "byline": _byline(children),
        "outlet": _first(children, "news:name"),
        "published": to_iso(
            _first(children, "pubDate", "published", "issued", "dc:date", "dcterms:issued", "news:publication_date")
        ),
        "updated": to_iso(_first(children, "updated", "modified", "dcterms:modified")),
        "tags": _tags(children),
    }
    return {name: value for name, value in known.items() if value}


def _byline(children: _Children) -> tuple[str, ...]:
    names = [_words(element) for element in children.get("dc:creator", [])]
    for author in children.get("author", []):
        named = [_words(child) for child in author if _name_of(child) == "name"]
        names += named or [_without_address(_words(author))]
    return tuple(dict.fromkeys(name for name in names if name))


def _without_address(words: str) -> str:
    """RSS has ``address@example.org (Name)``; an address alone is no name."""
    beside = _NAME_BESIDE_ADDRESS.search(words)
    return "" if "@" in words and not beside else beside[1] if beside else words


def _tags(children: _Children) -> tuple[str, ...]:
    tags = [element.get("label") or element.get("term") or _words(element) for element in children.get("category", [])]
    tags += [_words(element) for element in children.get("dc:subject", [])]
    tags += (_first(children, "news:keywords") or "").split(",")
    return tuple(dict.fromkeys(tag.strip()[:_MAX_WORDS] for tag in tags if tag.strip()))[:_MAX_TAGS]


def _json_entries(stream: Stream, origin: Page) -> Iterator[tuple[str, Entry]]:
    feed = json_object(read_whole(stream, MAX_FEED_BYTES))
    items = feed.get("items") if feed else None
    if not isinstance(items, list):
        raise PageError("the JSON feed has no list of items; see jsonfeed.org for its form", code="damaged")
    for item in items:
        item = item if isinstance(item, dict) else {}
        link = _json_words(item.get("url")) or _json_words(item.get("external_url"))
        url = _join(origin.url or "", link) if link else ""
        yield url, Entry(url, _json_known(item))


def _json_known(item: dict[str, Any]) -> dict[str, Any]:
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [_json_words(author.get("name")) for author in authors or [] if isinstance(author, dict)]
    tags = item.get("tags") if isinstance(item.get("tags"), list) else []
    known = {
        "title": _json_words(item.get("title")),
        "byline": tuple(name for name in names if name),
        "published": to_iso(_json_words(item.get("date_published"))),
        "updated": to_iso(_json_words(item.get("date_modified"))),
        "language": _json_words(item.get("language")),
        "tags": tuple(words for tag in (tags or [])[:_MAX_TAGS] if (words := _json_words(tag))),
    }
    return {name: value for name, value in known.items() if value}


def _json_words(value: object) -> str | None:
    return (" ".join(value.split())[:MAX_URL_LENGTH] or None) if isinstance(value, str) else None


def _join(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return ""
