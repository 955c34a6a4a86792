"""WordPress exports (WXR), streamed: published posts and pages with their comments.

An export says more about a post than its page does (who posted it, both clocks, every approved comment), so that it
goes along as ``Page.known``. It also holds what was never public: drafts, private and protected posts, addresses of
commenters. The first three are set aside, the addresses are not read.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from onrecord.errors import PageError
from onrecord.pages.dates import local_time, to_iso
from onrecord.pages.limits import MAX_EXPORT_ITEM_BYTES
from onrecord.pages.options import Reading
from onrecord.pages.paragraphs import as_html
from onrecord.pages.streams import Stream
from onrecord.pages.words import one_line, words_of
from onrecord.pages.xml import MendedXml, elements
from onrecord.terms import Page, PageReply, Reject

_KNOWN_FROM = "wordpress export"
_READ_TYPES = frozenset({"post", "page"})
# Types in which WordPress keeps its own things (menus, images, revisions, templates): no pages, and not worth a word.
_INTERNAL_TYPES = frozenset(
    {"attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache", "user_request"}
)
_NAMESPACE_PREFIXES = (
    ("http://wordpress.org/export/", "wp:"),
    ("http://purl.org/rss/1.0/modules/content/", "content:"),
    ("http://purl.org/dc/elements/1.1/", "dc:"),
)
_END = b"</rss>"


@dataclass(slots=True)
class _Site:
    """What an export says about the site before its first post."""

    title: str | None = None
    language: str | None = None
    names: dict[str, str] = field(default_factory=dict)
    """Login -> display name of each author."""


def read_export(stream: Stream, origin: Page, reading: Reading) -> Iterator[Page | Reject]:
    """Published posts and pages of an export, in its order."""
    found = None
    for found in _read_posts(stream, origin, reading):
        yield found
    if found is None:
        yield Reject(origin.name, "the export holds no post; export posts and pages from WordPress", "no_pages")


def _read_posts(stream: Stream, origin: Page, reading: Reading) -> Iterator[Page | Reject]:
    """Posts one behind the parser.

    A post is given out only when the next one or the end of the export was seen: the last post of an export that is cut
    off is set aside as ``truncated``.
    """
    source = MendedXml(stream, MAX_EXPORT_ITEM_BYTES, "one post of the export")
    site: _Site | None = None
    waiting: Page | Reject | None = None
    number = 0
    try:
        for number, element in enumerate(elements(source, ("item",)), start=1):
            source.start_over()
            if waiting:
                yield waiting
            site = site or _site(element.getparent())
            waiting = _page(element, site, replace(origin, name=f"{origin.name}#{number}"), reading)
    except PageError:
        if waiting:
            yield waiting
        raise
    yield from _last(waiting, source, number, origin, is_whole=_END in source.tail and not stream.broken)


def _last(
    waiting: Page | Reject | None, source: MendedXml, number: int, origin: Page, *, is_whole: bool
) -> Iterator[Page | Reject]:
    """The last post, if it came whole, and whether the export did."""
    came_whole = is_whole or number <= source.items_closed
    if waiting and came_whole:
        yield waiting
    if not is_whole:
        name, url = (origin.name, None) if came_whole or not waiting else (waiting.name, waiting.url)
        yield Reject(name, "the export breaks off here; export it again", "truncated", url)


def _site(channel: Any) -> _Site:
    site = _Site()
    for child in channel if channel is not None else ():
        name = _name(child)
        if name == "title":
            site.title = one_line(_text(child)) or None
        elif name == "language":
            site.language = _text(child) or None
        elif name == "wp:author":
            author = _fields(child)
            site.names[author.get("wp:author_login", "")] = one_line(author.get("wp:author_display_name", ""))
    return site


def _page(item: Any, site: _Site, origin: Page, reading: Reading) -> Page | Reject | None:
    fields = _fields(item)
    url = fields.get("link") or None
    post_type, status = fields.get("wp:post_type", "post"), fields.get("wp:status", "publish")
    content = fields.get("content:encoded", "")
    if post_type in _INTERNAL_TYPES or post_type.startswith("wp_"):
        return None
    if post_type not in _READ_TYPES:
        return Reject(origin.name, f"is of the type {post_type[:60]!r}; posts and pages are read", "post_type", url)
    if status != "publish" or fields.get("wp:post_password"):
        why = f"its status is {status[:60]!r}" if status != "publish" else "it has a password"
        return Reject(origin.name, f"was never public ({why}); publish it first", "not_published", url)
    if not content.strip():
        return Reject(origin.name, "the post is empty", "empty", url)
    if len(content) > reading.options.max_page_bytes:
        return Reject(origin.name, "is larger than one page may be", "too_large", url)
    known = _known(item, fields, site)
    return replace(
        origin,
        url=url,
        body=_document(as_html(content), known).encode(),
        media_type="text/html",
        charset="utf-8",
        known=known,
        known_from=_KNOWN_FROM,
    )


def _known(item: Any, fields: dict[str, str], site: _Site) -> dict[str, Any]:
    published = local_time(fields.get("wp:post_date"), fields.get("wp:post_date_gmt")) or to_iso(fields.get("pubDate"))
    modified = local_time(fields.get("wp:post_modified"), fields.get("wp:post_modified_gmt"))
    login = fields.get("dc:creator", "")
    name = site.names.get(login) or login
    known = {
        "title": one_line(fields.get("title", "")),
        "outlet": site.title,
        "posted_by": name,
        "byline": (name,) if _is_persons_name(name, login) else (),
        "published": published,
        "updated": modified if modified != published else None,
        "language": site.language,
        "tags": _terms(item, "post_tag"),
        "categories": _terms(item, "category"),
        "replies": _replies(item),
    }
    return {name: value for name, value in known.items() if value}


def _is_persons_name(name: str, login: str) -> bool:
    """An account is often the desk or the site itself; only one with a name of several words is taken for an author."""
    return " " in name and name.casefold() != login.casefold() and not name.islower()


def _terms(item: Any, domain: str) -> tuple[str, ...]:
    terms = (one_line(_text(child)) for child in item if _name(child) == "category" and child.get("domain") == domain)
    return tuple(dict.fromkeys(term for term in terms if term))


def _replies(item: Any) -> tuple[PageReply, ...]:
    """Approved comments of readers, oldest first; pings of other sites are none."""
    comments = [_fields(child) for child in item if _name(child) == "wp:comment"]
    replies = [_reply(comment) for comment in comments if _is_public_reply(comment)]
    return tuple(sorted((reply for reply in replies if reply.text), key=lambda reply: reply.time or ""))


def _is_public_reply(comment: dict[str, str]) -> bool:
    return comment.get("wp:comment_approved") == "1" and comment.get("wp:comment_type", "") in ("", "comment")


def _reply(comment: dict[str, str]) -> PageReply:
    time = local_time(comment.get("wp:comment_date"), comment.get("wp:comment_date_gmt"))
    name = one_line(comment.get("wp:comment_author", ""))[:200]
    return PageReply(name or None, words_of(comment.get("wp:comment_content", "")), time)


def _document(body: str, known: dict[str, Any]) -> str:
    language = html.escape(known.get("language", ""))
    title = html.escape(known.get("title", ""))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body><article>\n{body}\n</article></body></html>\n"
    )


def _fields(element: Any) -> dict[str, str]:
    """Texts of the children that hold only text, by prefixed name; the first of each name counts."""
    fields: dict[str, str] = {}
    for child in element:
        if len(child) == 0:
            fields.setdefault(_name(child), _text(child))
    return fields


def _name(element: Any) -> str:
    namespace, _, name = element.tag.rpartition("}") if isinstance(element.tag, str) else ("", "", "")
    for start, prefix in _NAMESPACE_PREFIXES:
        if namespace[1:].startswith(start):
            return prefix + name
    return name if not namespace else ""


def _text(element: Any) -> str:
    return (element.text or "").strip()
