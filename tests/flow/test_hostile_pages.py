"""Hostile input from bytes to articles: two thousand mutations of invented pages, and a few giants.

Whatever comes in, there is an article, or a reason why there is none; nothing crashes and nothing hangs.
"""

from __future__ import annotations

import gzip
import json
import random
import time
from collections import Counter
from collections.abc import Callable

import pytest

from onrecord.articles import read_article
from onrecord.errors import InputError
from onrecord.pages import open_bytes
from onrecord.terms import Article, Page, Reject

SEED = 20190714
MUTATIONS = 2_000
SECONDS_PER_PAGE = 10.0

PARAGRAPHS = (
    "The mayor of Ostrel said on Sunday that the ferry to Valmorel “will not be sold, not this year and not the next”.",
    "“There are no talks,” Mira Sund told the Quay News, denying a report of the Courier that a buyer was found.",
    "A spokesman for the harbour office, who asked not to be named, called it «pure invention» and left it at that.",
    "The Courier had written on Friday that the council — “tired of losses” — would decide before the end of July.",
)
HEAD = (
    '<meta charset="utf-8"><title>Mayor of Ostrel denies ferry sale - Quay News</title>'
    '<meta property="article:published_time" content="2019-07-14T10:00:00+03:00">'
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Mayor of Ostrel denies ferry sale"}</script>'
)
BODY = "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS)
PLAIN = "Quay News\n\nMayor of Ostrel denies ferry sale\n\nJuly 14, 2019\n\n" + "\n\n".join(PARAGRAPHS)
HTML = f"<!DOCTYPE html>\n<html lang=en><head>{HEAD}</head><body><article><h1>Mayor</h1>{BODY}</article></body></html>"
READY = json.dumps({"id": "a", "title": "Mayor denies", "published": "2019-07-14", "text": PLAIN})
RECORD = HTML.encode()
WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://quay.example/a\r\nWARC-Date: 2019-07-14T10:00:00Z\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
    % (len(RECORD) + 44)
    + b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    + RECORD
    + b"\r\n\r\n"
)
WXR = (
    '<?xml version="1.0" encoding="UTF-8"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Quay News</title><item><title>Mayor denies</title>'
    f"<content:encoded><![CDATA[{PLAIN}]]></content:encoded><wp:status>publish</wp:status></item></channel></rss>"
)
BASES = (*(text.encode() for text in (HTML, PLAIN, READY, WXR)), WARC)
CHARSETS = (
    "utf-8",
    "utf-16",
    "utf-16-le",
    "utf-32",
    "cp1252",
    "latin-1",
    "koi8-r",
    "shift_jis",
    "gb18030",
    "utf-7",
    "cp037",
)
ODD = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b$B", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"</script>", b"&#0;",
    b"&#xD800;", b"<plaintext>", b"<svg><![CDATA[", b"<template>", b"<table><tr>", b"\r\n\r\n", b"\x1f\x8b",
    b"<script>", b"WARC/1.0\r\n",
    "\u202e\u2066\u200f".encode(), "\ufeff".encode(), "\u2028".encode(), b"\xed\xa0\x80", "𝕬\U000e0041".encode(),
    b'<meta charset="utf-7">', b'<meta charset="hex">', b"<base href='javascript:x'>", b'{"text": ', b"\\ud800",
)  # fmt: skip
QUOTES = "\"'“”‘’«»„‚‹›`´「」"

Mutation = Callable[[bytes, random.Random], bytes]


def truncated(body: bytes, chance: random.Random) -> bytes:
    return body[: chance.randrange(len(body))]


def beheaded(body: bytes, chance: random.Random) -> bytes:
    return body[chance.randrange(len(body)) :]


def recoded(body: bytes, chance: random.Random) -> bytes:
    return body.decode("utf-8", "replace").encode(chance.choice(CHARSETS), "replace")


def lying(body: bytes, chance: random.Random) -> bytes:
    wrong = chance.choice((b"utf-16", b"shift_jis", b"windows-1251", b"iso-2022-jp", b"no-such", b"utf-7"))
    return body.replace(b'charset="utf-8"', b'charset="' + wrong + b'"').replace(b"UTF-8", wrong)


def nul_bytes(body: bytes, chance: random.Random) -> bytes:
    return inserted(body, chance, lambda: b"\0" * chance.choice((1, 3, 50)))


def odd_bytes(body: bytes, chance: random.Random) -> bytes:
    return inserted(body, chance, lambda: chance.choice(ODD))


def noise(body: bytes, chance: random.Random) -> bytes:
    return inserted(body, chance, lambda: chance.randbytes(chance.randrange(60)))


def flipped(body: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(body)
    for _ in range(chance.randrange(1, 60)):
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def unbalanced_quotes(body: bytes, chance: random.Random) -> bytes:
    return inserted(body, chance, lambda: chance.choice(QUOTES).encode())


def mixed_quotes(body: bytes, chance: random.Random) -> bytes:
    text = body.decode("utf-8", "replace")
    return "".join(chance.choice(QUOTES) if mark in "“”«»" else mark for mark in text).encode()


def right_to_left(body: bytes, chance: random.Random) -> bytes:
    words = chance.choice(("قال الوزير «لا محادثات»", "השר אמר: ״אין שיחות״", "\u202eevil\u202c", "\u2067x\u2069"))
    return inserted(body, chance, lambda: words.encode())


def nested(body: bytes, chance: random.Random) -> bytes:
    tag = chance.choice((b"div", b"blockquote", b"b", b"table", b"ul><li", b"span", b"p", b"a", b"font"))
    deep = b"<" + tag + b">"
    return body.replace(b"<p>", deep * chance.choice((20, 200, 1_000)) + b"<p>", 1)


def repeated(body: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(body))
    piece = body[start : start + chance.randrange(1, 40)]
    return body[:start] + piece * chance.choice((10, 100, 500)) + body[start:]


def gzipped(body: bytes, chance: random.Random) -> bytes:
    return gzip.compress(body, 1)


def cut_gzip(body: bytes, chance: random.Random) -> bytes:
    return truncated(gzip.compress(body, 1), chance)


def spoilt_gzip(body: bytes, chance: random.Random) -> bytes:
    return flipped(gzip.compress(body, 1), chance)


def spliced(body: bytes, chance: random.Random) -> bytes:
    other = chance.choice(BASES)
    return body[: chance.randrange(len(body))] + other[chance.randrange(len(other)) :]


def inserted(body: bytes, chance: random.Random, piece: Callable[[], bytes]) -> bytes:
    for _ in range(chance.randrange(1, 12)):
        place = chance.randrange(len(body) + 1)
        body = body[:place] + piece() + body[place:]
    return body


MUTATION_KINDS: tuple[Mutation, ...] = (
    truncated, beheaded, recoded, lying, nul_bytes, odd_bytes, noise, flipped, unbalanced_quotes, mixed_quotes,
    right_to_left, nested, repeated, gzipped, cut_gzip, spoilt_gzip, spliced,
)  # fmt: skip


def read_all(body: bytes) -> list[Article | Reject]:
    """Pages and articles of some bytes, with the reasons for what gave none. All else is a crash."""
    found: list[Article | Reject] = []
    for page in open_bytes(body, name="hostile"):
        if isinstance(page, Page):
            try:
                found.append(read_article(page))
            except InputError as error:
                found.append(Reject(page.name, str(error), error.code))
        else:
            found.append(page)
    return found


def check(found: list[Article | Reject]) -> None:
    for item in found:
        if isinstance(item, Reject):
            assert item.reason.strip()
            assert item.code
        else:
            assert item.text.strip()
            assert "\0" not in item.text
        json.dumps(item.to_dict(), ensure_ascii=False).encode()  # can be written: no lone surrogates


def test_pages_that_were_not_mutated_give_articles() -> None:
    for base in BASES:
        (article,) = read_all(base)
        assert isinstance(article, Article), article
        assert "There are no talks" in article.text


@pytest.mark.slow
def test_no_mutation_crashes_or_hangs() -> None:
    chance = random.Random(SEED)
    outcomes: Counter[str] = Counter()
    for number in range(MUTATIONS):
        mutate = MUTATION_KINDS[number % len(MUTATION_KINDS)]
        body = mutate(chance.choice(BASES), chance)
        if chance.random() < 0.3 and body:
            body = chance.choice(MUTATION_KINDS)(body, chance)
        started = time.process_time()
        try:
            found = read_all(body)
            check(found)
        except Exception as error:
            raise AssertionError(f"mutation {number} ({mutate.__name__}) crashed on {body[:300]!r}") from error
        assert time.process_time() - started < SECONDS_PER_PAGE, f"mutation {number} ({mutate.__name__})"
        outcomes.update("article" if isinstance(item, Article) else item.code for item in found)
        assert found, f"mutation {number} ({mutate.__name__}) gave neither an article nor a reason"
    assert outcomes["article"] > MUTATIONS * 0.3, outcomes
    assert len(outcomes) > 5, outcomes


GIANTS: dict[str, Callable[[], bytes]] = {
    "nested 10,000 deep": lambda: HTML.encode().replace(b"<p>", b"<div>" * 10_000 + b"<p>", 1),
    "nested 10,000 deep and closed": lambda: b"<html>" + b"<div>" * 10_000 + BODY.encode() + b"</div>" * 10_000,
    "lists 10,000 deep": lambda: b"<html><body>" + b"<ul><li>" * 10_000 + BODY.encode(),
    "JSON 100,000 deep": lambda: b'{"text": ' + b"[" * 100_000,
    "50 MB of page": lambda: HTML.encode().replace(b"</article>", BODY.encode() * 90_000 + b"</article>"),
    "50 MB in one line of text": lambda: b"The mayor denied it. " * 2_400_000,
    "50 MB of NUL": lambda: b"<html>" + bytes(50_000_000),
    "200 MB in gzip": lambda: gzip.compress(b"<html><p>" + bytes(200_000_000), 1),
    "gzip in gzip": lambda: gzip.compress(gzip.compress(bytes(50_000_000), 1)),
    "a million attributes": lambda: b"<html><p " + b"a=1 " * 1_000_000 + b">x</p>",
    "a million entities": lambda: b"<html><p>" + b"&amp;" * 1_000_000 + b"</p>",
    "half a million quotation marks": lambda: ("<html><p>" + "“‘" * 250_000 + "</p>").encode(),
    "100,000 paragraphs": lambda: b"<html><body>" + b"<p>No, said Mira Sund.</p>" * 100_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", GIANTS)
def test_giants_are_read_or_refused_in_time(kind: str) -> None:
    body = GIANTS[kind]()
    started = time.process_time()
    found = read_all(body)
    spent = time.process_time() - started
    assert found
    check(found)
    assert spent < SECONDS_PER_PAGE, f"{kind}: {spent:.1f} s"
