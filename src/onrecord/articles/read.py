"""Page -> article."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin, urlsplit

from onrecord.articles import body, bylines, markup, outlets, published, tags, titles
from onrecord.articles.credit import Credit, find_credit
from onrecord.articles.language import find_language
from onrecord.articles.plain_text import read_plain_text
from onrecord.articles.posted import find_posted_by
from onrecord.articles.ready import read_ready
from onrecord.articles.replies_found import find_replies
from onrecord.articles.words import Found, one_line, unseen_removed
from onrecord.errors import NoArticle, PageError
from onrecord.terms import Article, Page

_Field = Found | tuple[Any, str | None] | None
"""A value with where it was read."""
_HTML = ("text/html", "application/xhtml+xml", "application/xhtml", "text/xhtml")
_FIELDS = (
    "url", "title", "outlet", "byline", "credited_outlet", "credited_date", "posted_by", "published",
    "updated", "language",
    "section", "tags", "categories", "replies",
)  # fmt: skip
_ARCHIVE = re.compile(r"\.(?:warc|wxr|xml|rss|atom)(?:\.gz)?(?:\b|$)", re.IGNORECASE)
_FEWEST_WORDS = 5
"""What is shorter is a label or a menu, not an article."""
_FIRST = "wordpress export"
"""The container whose fields go before those of the page: it has them from the database that made the page."""


def read_article(page: Page) -> Article:
    """Read the article out of a page: HTML, plain text, or one ready article as JSON.

    Raises:
        PageError: bytes that are no readable page (``code`` says why).
        NoArticle: a page without an article on it.
    """
    media_type = page.media_type.split(";")[0].strip().lower()
    if media_type == "application/json":
        return read_ready(page, article_id(page, page.url))
    if media_type == "text/plain":
        article = _from_text(page)
    elif media_type in _HTML:
        article = _from_html(page)
    else:
        raise PageError(
            f"{page.name} is {media_type}; give HTML, plain text or a ready article as JSON.", code="not_html"
        )
    if len(article["text"].split()) < _FEWEST_WORDS:
        raise NoArticle(f"{page.name} holds no text that reads like an article; leave it out or give the text itself.")
    return _with_known(page, article)


def article_id(page: Page, url: str | None) -> str:
    """A stable, readable id: the file's name without ending; for a page of the web, host and a hash of its address."""
    if page.name and "://" not in page.name and not _ARCHIVE.search(page.name):
        return _stem(page.name)
    address = url or page.name
    host = outlets.host_in(address) or "page"
    return f"{host}-{hashlib.sha256(address.encode('utf-8', 'replace')).hexdigest()[:16]}"


def _stem(name: str) -> str:
    last = PurePosixPath(name.replace("\\", "/")).name or name
    stem = re.sub(r"(?:\.(?:x?html?|txt|json|gz|md))+$", "", last, flags=re.IGNORECASE)
    return one_line(stem) or "page"


def _from_html(page: Page) -> dict[str, Any]:
    parsed = markup.parse(page)
    language = find_language(parsed)
    spoken = language.value if language else None
    title = titles.find_title(parsed)
    outlet = outlets.find_outlet(parsed, title.value if title else None)
    byline = bylines.find_byline(parsed, outlet.value if outlet else None)
    times = published.find_times(parsed, spoken)
    found = body.find_body(parsed, title.value if title else None, byline.people)
    text = body.join(found.paragraphs)
    outlet_name = outlet.value if outlet else None
    credit = None
    for lines in (found.paragraphs, found.lines):
        credit = credit or find_credit(parsed, outlet_name, byline, lines, spoken)
    posted_by = find_posted_by(parsed)
    if credit and posted_by and byline.people == (posted_by.value,):
        byline = bylines.Byline()  # who puts up another outlet's report has not written it
    filing = tags.find_filing(
        parsed, title.value if title else None, outlet.value if outlet else None, byline.people, text
    )
    replies, replies_from = find_replies(parsed, spoken)
    return _fields(
        text,
        url=_address(parsed),
        title=title,
        outlet=outlet,
        language=language,
        posted_by=posted_by,
        byline=(byline.people, byline.evidence),
        section=(filing.section, filing.section_from),
        tags=(filing.tags, filing.tags_from),
        categories=(filing.categories, "category links"),
        replies=(replies, replies_from),
        **_credit_fields(credit),
        **{name: _dated(time) for name, time in (("published", times.published), ("updated", times.updated))},
    )


def _from_text(page: Page) -> dict[str, Any]:
    plain = read_plain_text(unseen_removed(markup.decode(page)))
    where = "visible line"
    return _fields(
        body.join(plain.paragraphs),
        url=(page.url, "address"),
        title=(plain.title, where),
        outlet=(plain.outlet, where),
        byline=(plain.byline.people, where),
        posted_by=(plain.posted_by, where),
        published=(str(plain.published) if plain.published else None, where),
        **_credit_fields(plain.credit),
    )


def _credit_fields(credit: Credit | None) -> dict[str, _Field]:
    if credit is None:
        return {}
    return {"credited_outlet": (credit.outlet, credit.evidence), "credited_date": (credit.date, credit.evidence)}


def _dated(found: published.Dated | None) -> _Field:
    return (str(found.when), found.evidence) if found else None


def _fields(text: str, **found: _Field) -> dict[str, Any]:
    """Fields that hold something, with an ``evidence`` map of where each was read."""
    fields: dict[str, Any] = {"text": text}
    evidence: dict[str, str] = {}
    for name, pair in found.items():
        value, where = (pair.value, pair.evidence) if isinstance(pair, Found) else pair or (None, None)
        if value:
            fields[name] = value
            evidence[name] = where or "page"
    return {**fields, "evidence": evidence}


def _address(parsed: markup.Markup) -> Found | None:
    """The canonical address where it is on the page's own site, or the page's address."""
    own = parsed.url
    for target, where in ((parsed.meta.link("canonical"), "canonical link"), (parsed.meta.first("og:url"), "meta")):
        address = _absolute(target, own)
        if address and (
            own is None or outlets.site_of(outlets.host_in(address)) == outlets.site_of(outlets.host_in(own))
        ):
            return Found(address, where)
    return Found(own, "address") if own else None


def _absolute(target: str | None, base: str | None) -> str | None:
    try:
        address = urljoin(base or "", one_line(target)) if target else ""
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname else None


def _with_known(page: Page, fields: Mapping[str, Any]) -> Article:
    """The article, with what its container knew: before the page for an export, where the page is silent for a feed."""
    known = {name: _as_field(name, value) for name, value in page.known.items() if name in _FIELDS and value}
    merged = dict(fields)
    evidence = dict(fields["evidence"])
    for name, value in known.items():
        if value and (page.known_from == _FIRST or not merged.get(name)):
            merged[name] = value
            evidence[name] = page.known_from or "given"
    merged["evidence"] = evidence
    return Article(id=article_id(page, merged.get("url") or page.url), **merged)


def _as_field(name: str, value: Any) -> Any:
    if name in ("byline", "tags", "categories"):
        return (value,) if isinstance(value, str) else tuple(str(item) for item in value)
    return tuple(value) if name == "replies" else str(value)
