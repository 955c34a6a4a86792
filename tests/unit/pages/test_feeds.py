"""Feeds and sitemaps: what they list, what they know about it, and what they cannot be made to do."""

from __future__ import annotations

import gzip
import io
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.pages import open_bytes, open_source
from onrecord.pages.feeds import Entry, read_entries
from onrecord.pages.fetch import Fetcher
from onrecord.pages.limits import MAX_SITEMAP_DEPTH
from onrecord.pages.streams import Stream
from onrecord.terms import Page, Reject

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Quay News</title><link>https://quay.example/</link>
<item><title>Mayor &amp;amp; council &lt;i&gt;deny&lt;/i&gt; it</title><media:title>no</media:title>
<link>/a?x=1&amp;y=2</link><dc:creator>Mira Sund</dc:creator><author>desk@quay.example (Olaf Brand)</author>
<author>only@quay.example</author><pubDate>Sun, 14 Jul 2019 10:00:00 +0300</pubDate><category>Harbour</category></item>
<item><title>No link</title></item><item><guid>https://quay.example/g</guid></item></channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://quay.example/x/"><entry>
<title type="text">3 &lt; 4</title><link rel="self" href="no"/><link href="y.html"/>
<author><name>Mira Sund</name></author>
<published>2019-07-14T10:00:00Z</published><updated>2019-07-15</updated><category term="Harbour"/></entry></feed>"""

NEWS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://quay.example/1</loc>
<news:news><news:publication><news:name>Quay News</news:name></news:publication>
<news:publication_date>2019-12-23T10:00:00+02:00</news:publication_date><news:title>Mayor denies it</news:title>
<news:keywords>mayor, ferry</news:keywords></news:news></url></urlset>"""

JSON = """{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/q", "title": "Mayor denies it",
"date_published": "2019-07-14T10:00:00Z", "authors": [{"name": "Mira Sund"}], "tags": ["Harbour", 3]}, 5]}"""


def entries(feed: str | bytes, url: str | None = "https://quay.example/feed") -> list[Entry | Reject]:
    body = feed if isinstance(feed, bytes) else feed.encode()
    return list(read_entries(Stream(io.BytesIO(body)), Page(b"", "feed", url)))


@pytest.mark.parametrize(
    ("feed", "url", "known"),
    [
        (
            RSS,
            "https://quay.example/a?x=1&y=2",
            {
                "title": "Mayor & council deny it",
                "byline": ("Mira Sund", "Olaf Brand"),
                "published": "2019-07-14T10:00:00+03:00",
                "tags": ("Harbour",),
            },
        ),
        (
            ATOM,
            "https://quay.example/x/y.html",
            {
                "title": "3 < 4",
                "byline": ("Mira Sund",),
                "published": "2019-07-14T10:00:00+00:00",
                "updated": "2019-07-15",
                "tags": ("Harbour",),
            },
        ),
        (
            NEWS,
            "https://quay.example/1",
            {
                "title": "Mayor denies it",
                "outlet": "Quay News",
                "published": "2019-12-23T10:00:00+02:00",
                "tags": ("mayor", "ferry"),
            },
        ),
        (
            JSON,
            "https://quay.example/q",
            {
                "title": "Mayor denies it",
                "byline": ("Mira Sund",),
                "published": "2019-07-14T10:00:00+00:00",
                "tags": ("Harbour",),
            },
        ),
    ],
)
def test_entries_carry_what_the_feed_knows(feed: str, url: str, known: dict[str, Any]) -> None:
    assert entries(feed)[0] == Entry(url, known)


def test_entries_without_a_link_are_told() -> None:
    found = entries(RSS)
    assert [getattr(item, "code", "entry") for item in found] == ["entry", "no_link", "entry"]


def test_feeds_that_are_not_well_formed_lose_nothing() -> None:
    feed = (
        "<rss><channel><item><title>Mayor &nbsp;&bad; R&D \x0b</title><link>http://a.example/?x=1&y=2</link></item>"
        "<item><title>B &amp; C</title><dc:creator>Mira</dc:creator><link>http://a.example/?x=1&amp;y=3</link></item>"
    )
    first, second = entries(feed)
    assert isinstance(first, Entry)
    assert isinstance(second, Entry)
    assert (first.url, first.known["title"]) == ("http://a.example/?x=1&y=2", "Mayor &bad; R&D")
    assert (second.url, second.known["title"]) == ("http://a.example/?x=1&y=3", "B & C")
    assert second.known["byline"] == ("Mira",)


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "cp1251"])
def test_character_sets_of_feeds(codec: str) -> None:
    feed = f'<?xml version="1.0" encoding="{"windows-1251" if codec == "cp1251" else codec}"?><rss><channel><item>'
    (entry,) = entries(f"{feed}<title>Мэр</title><link>http://a.example/</link></item></channel></rss>".encode(codec))
    assert isinstance(entry, Entry)
    assert entry.known["title"] == "Мэр"


def test_entities_are_never_declared() -> None:
    for declaration in ('<!ENTITY x SYSTEM "file:///etc/passwd">', '<!ENTITY x "yyyyyyyy">', '<!ENTITY % x "y">'):
        feed = (
            f"<!DOCTYPE rss [{declaration}]><rss><channel><item><link>http://a.example/</link></item></channel></rss>"
        )
        (reject,) = open_bytes(feed.encode(), name="feed")
        assert isinstance(reject, Reject)
        assert reject.code == "entities"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "ftp://a.example/", "http://[", "data:,x"]
)
def test_links_to_what_is_no_web_page_are_no_entries(link: str) -> None:
    (reject,) = entries(f"<rss><channel><item><link>{link}</link></item></channel></rss>")
    assert isinstance(reject, Reject)


@pytest.mark.parametrize(
    "feed",
    [
        b"<rss><channel>" + b"<item>" * 200_000,
        b"<rss><channel><item>" + b"<category>x</category>" * 100_000 + b"</item></channel></rss>",
        b"<rss" + b' a="' * 200_000,
        b"<rss><channel><item><title>" + b"<" * 300_000,
        b"<rss><channel><item><title>" + b"&" * 300_000,
        b"<rss><channel><item><author>" + b"(" * 300_000 + b"</author></item></channel></rss>",
        b"<rss><channel><item><title>" + b"<![CDATA[" * 100_000,
    ],
)
def test_hostile_feeds_take_little_time(feed: bytes) -> None:
    started = time.process_time()
    for item in open_bytes(feed, "feed"):
        assert isinstance(item, Reject)
    assert time.process_time() - started < 5


@given(st.text(alphabet="<>&;/![]CDATA#x1 rsitemlnk\"'=-?", max_size=300))
def test_any_markup_gives_entries_or_reasons(inside: str) -> None:
    for found in open_bytes(f"<rss><channel><item>{inside}</item></channel></rss>".encode(), "feed", name="feed"):
        assert isinstance(found, Reject)  # the alphabet spells no address
        assert found.reason


def test_pages_are_fetched_once_each_with_what_the_feed_knew(site: Any, fetcher: Fetcher) -> None:
    site.add("/1", b"<!doctype html><p>one")
    site.add("/pdf", b"%PDF-1.7", Content_Type="application/pdf")
    items = "".join(f"<item><title>T</title><link>{path}</link></item>" for path in ("/1", "/1", "/2", "/pdf"))
    site.add("/feed", f"<rss><channel>{items}</channel></rss>".encode(), Content_Type="application/rss+xml")
    page, missing, pdf = open_source(site.url("/feed"), fetcher=fetcher)
    assert isinstance(page, Page)
    assert (page.url, page.known, page.known_from) == (site.url("/1"), {"title": "T"}, "feed")
    assert isinstance(missing, Reject)
    assert isinstance(pdf, Reject)
    assert (missing.code, pdf.code) == ("http_404", "not_text")
    assert site.paths.count("/1") == 1


def test_sitemaps_below_an_index_are_read_to_a_depth(site: Any, fetcher: Fetcher) -> None:
    def index(path: str) -> bytes:
        return f"<sitemapindex><sitemap><loc>{site.url(path)}</loc></sitemap></sitemapindex>".encode()

    site.add("/index", index("/map.gz"))
    site.add("/map.gz", gzip.compress(f"<urlset><url><loc>{site.url('/1')}</loc></url></urlset>".encode()))
    site.add("/1", b"<html>one")
    site.add("/circle", index("/circle"))
    for depth in range(MAX_SITEMAP_DEPTH + 2):
        site.add(f"/deep{depth}", index(f"/deep{depth + 1}"))
    (page,) = open_source(site.url("/index"), fetcher=fetcher)
    assert isinstance(page, Page)
    assert page.url == site.url("/1")
    assert len([item for item in open_source(site.url("/circle"), fetcher=fetcher) if isinstance(item, Page)]) == 0
    assert [getattr(item, "code", "page") for item in open_source(site.url("/deep0"), fetcher=fetcher)] == ["too_many"]


def test_feed_cannot_lead_inside(site: Any, clock: Any) -> None:
    from onrecord.pages.options import FetchOptions

    site.add("/secret")
    feed = f"<rss><channel><item><link>{site.url('/secret')}</link></item></channel></rss>"
    with Fetcher(FetchOptions(delay=0), sleep=clock.sleep, clock=clock) as public_only:
        from onrecord.pages.feeds import read_feed
        from onrecord.pages.options import Reading

        (reject,) = read_feed(Stream(io.BytesIO(feed.encode())), Page(b"", "feed"), Reading(fetcher=public_only))
    assert isinstance(reject, Reject)
    assert reject.code == "private_address"
    assert site.asked == []
