"""From a page to an article: what is known besides, identity, addresses, and hostile bytes."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.articles import read_article
from onrecord.articles.markup import MAX_BYTES
from onrecord.articles.read import article_id
from onrecord.errors import InputError, NoArticle, PageError
from onrecord.terms import Article, Page, PageReply

from .conftest import ADDRESS, BODY, PROSE, TITLE, html

Read = Callable[..., Article]
SECONDS_FOR_A_GIANT = 10.0


def test_what_a_feed_knows_fills_gaps_only() -> None:
    known = {"title": "Title in the feed", "byline": ("Mira Sund",), "published": "2019-07-14T10:00:00Z"}
    article = read_article(Page(html().encode(), "page.html", url=ADDRESS, known=known, known_from="feed"))
    assert article.title == TITLE
    assert article.byline == ("Mira Sund",)
    assert article.evidence["byline"] == "feed"


def test_what_a_wordpress_export_knows_goes_first() -> None:
    known = {"title": "Title in the export", "tags": ["ferry"], "replies": [PageReply("Tove", "Fine.")]}
    article = read_article(
        Page(f"<div>{BODY}</div>".encode(), "export.xml item 3", known=known, known_from="wordpress export")
    )
    assert (article.title, article.tags, article.replies) == (
        "Title in the export",
        ("ferry",),
        (PageReply("Tove", "Fine."),),
    )
    assert article.evidence["tags"] == "wordpress export"


@pytest.mark.parametrize(
    ("name", "url", "expected"),
    [
        ("examples/pages/ferry.html", None, "ferry"),
        ("c:\\pages\\ferry.html.gz", ADDRESS, "ferry"),
        ("page", None, "page"),
    ],
)
def test_files_are_known_by_their_stem(name: str, url: str | None, expected: str) -> None:
    assert article_id(Page(b"", name), url) == expected


def test_pages_of_the_web_are_known_by_host_and_a_hash() -> None:
    first = article_id(Page(b"", ADDRESS, url=ADDRESS), ADDRESS)
    assert first == article_id(Page(b"", "crawl.warc.gz record 5", url=ADDRESS), ADDRESS)
    assert first.startswith("quaynews.example-")


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/2019/ferry", "https://www.quaynews.example/2019/ferry"),
        ("https://quaynews.example/ferry", "https://quaynews.example/ferry"),
        ("https://elsewhere.example/ferry", ADDRESS),
        ("javascript:alert(1)", ADDRESS),
        ("http://[::1", ADDRESS),
    ],
)
def test_canonical_address_of_the_same_site_only(read: Read, link: str, address: str) -> None:
    assert read(head=f'<link rel="canonical" href="{link}">').url == address


@pytest.mark.parametrize(
    ("lang", "tag"), [("en-us", "en-US"), ("de_AT", "de-AT"), ("zh-hant-tw", "zh-Hant-TW"), ("", None), ("!", None)]
)
def test_language(read: Read, lang: str, tag: str | None) -> None:
    assert read(lang=lang).language == tag


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"NewsArticle","headline":"x","author":{"name":"Mira Sund"},}',
        '<!--\n{"@type":"NewsArticle","headline":"x","author":[{"name":"Mira Sund"}]}\n//-->',
        '{"@type":"NewsArticle",\n// a comment\n"headline":"x","author":"Mira Sund"}',
        '{"@type":"NewsArticle","headline":"a \\"b" c","author":{"@type":"Person","name":"Mira Sund"}}',
        '{"@graph":[{"@type":"Person","@id":"#p","name":"Mira Sund"},{"@type":"Article",'
        '"headline":"x","author":{"@id":"#p"}}]}',
        '[{"@type":"BreadcrumbList"},{"@type":["NewsArticle"],"headline":"x","author":["Mira Sund"]}]',
    ],
)
def test_json_ld_that_is_not_quite_json(read: Read, script: str) -> None:
    assert read(head=f'<script type="application/ld+json">{script}</script>').byline == ("Mira Sund",)


@pytest.mark.parametrize(
    ("body", "charset", "declared"),
    [
        (html(title="Fähre bleibt den Winter über"), "utf-8", None),
        (html(title="Fähre bleibt den Winter über"), "utf-8", "iso-8859-1"),
        (
            html(title="Fähre bleibt den Winter über").replace('charset="utf-8"', 'charset="windows-1252"'),
            "cp1252",
            None,
        ),
        (html(title="Fähre bleibt den Winter über").replace('charset="utf-8"', ""), "cp1252", "windows-1252"),
        (html(title="Fähre bleibt den Winter über"), "utf-16", None),
    ],
)
def test_charset_by_mark_validity_and_declaration(body: str, charset: str, declared: str | None) -> None:
    article = read_article(Page(body.encode(charset), "page.html", charset=declared))
    assert article.title == "Fähre bleibt den Winter über"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b"\0" * 100, "empty"),
        (b"%PDF-1.7 x", "not_html"),
        (b"\x89PNG\r\n", "not_html"),
        (b"\x1f\x8b\x08x", "not_html"),
        (b"x" * (MAX_BYTES + 1), "too_large"),
        (b"<i></i>" * 100_000, "too_large"),
    ],
)
def test_what_is_no_page_says_why(body: bytes, code: str) -> None:
    with pytest.raises(PageError) as caught:
        read_article(Page(body, "page.html"))
    assert caught.value.code == code
    assert "page.html" in str(caught.value)


def test_other_media_types_are_refused() -> None:
    with pytest.raises(PageError, match="give HTML"):
        read_article(Page(b"x", "film.mp4", media_type="video/mp4"))


def test_a_page_without_prose_is_no_article() -> None:
    with pytest.raises(NoArticle, match="leave it out"):
        read_article(Page(b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "page.html"))


GIANTS: dict[str, bytes] = {
    "nested": b"<h1>Ferry</h1>" + b"<div class='sidebar author'>" * 40_000 + BODY.encode(),
    "lists": b"<h1>Ferry</h1>" + b"<ul><li>" * 20_000 + BODY.encode(),
    "bylines": html(below='<div class="author byline date tags comment"><a rel="author tag" href="/tag/x">By Mira '
        'Sund</a></div>' * 15_000).encode(),
    "json": html(head='<script type="application/ld+json">' + '{"@graph":[' * 100_000 + "</script>").encode(),
    "one paragraph": html(body="<p>" + PROSE[0] * 50_000 + "</p>").encode(),
    "digits": html(below='<div class="date">' + "1/1/" * 200_000 + "</div>").encode(),
    "ands": html(below='<div class="byline">By ' + "and " * 200_000 + "</div>").encode(),
    "keywords": html(head='<meta name="keywords" content="' + "ferry, " * 200_000 + '">').encode(),
    "title": b"<title>" + html().encode() * 200,
    "marks": html(body="<p>" + "“" * 300_000 + "</p>").encode(),
    "spaces": html(title="Ferry" + " " * 300_000 + "- Quay").encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", GIANTS)
def test_giants_neither_crash_nor_hang(name: str) -> None:
    started = time.process_time()
    try:
        article = read_article(Page(GIANTS[name], "giant.html", url=ADDRESS))
    except InputError as error:
        reason = str(error)
    else:
        reason = article.text
    assert reason
    assert time.process_time() - started < SECONDS_FOR_A_GIANT


def test_text_too_deep_for_the_parser_is_not_lost() -> None:
    article = read_article(Page(b"<html><body><h1>Ferry</h1>" + b"<div>" * 10_000 + BODY.encode(), "deep.html"))
    assert PROSE[1] in article.text


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), noise=st.binary(max_size=40), cuts=st.integers(0, 6))
def test_broken_pages_give_an_article_or_a_reason(seed: int, noise: bytes, cuts: int) -> None:
    body = html(
        head='<script type="application/ld+json">{"@type":"NewsArticle","headline":"x"}</script>',
        below='<div class="byline">By Mira Sund</div><time datetime="2019-07-14T10:00:00Z">July 14</time>',
        foot='<p class="tags"><a rel="tag" href="/tag/ferry">Ferry</a></p><div class="h-cite comment">'
        '<b class="fn">Tove</b></div>',
    ).encode()
    chance = random.Random(seed)
    for _ in range(cuts):
        at, until = sorted((chance.randrange(len(body)), chance.randrange(len(body))))
        body = body[:at] + noise + (body[until:] if chance.random() < 0.3 else body[at:])
    try:
        article = read_article(Page(body, "broken.html"))
    except InputError as error:
        outcome = str(error)
    else:
        outcome = article.text
    assert outcome.encode()
