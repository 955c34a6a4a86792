"""Input that is pages already: one HTML file, one plain text, or ready articles as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.pages.forms import json_object
from onrecord.pages.options import Reading
from onrecord.pages.streams import BREAKS, Stream, lines, read_whole
from onrecord.terms import Page, Reject


def read_html(stream: Stream, origin: Page, reading: Reading) -> Iterator[Page | Reject]:
    """The whole of ``stream`` as one HTML page."""
    yield replace(origin, body=read_whole(stream, reading.options.max_page_bytes), media_type="text/html")


def read_text(stream: Stream, origin: Page, reading: Reading) -> Iterator[Page | Reject]:
    """The whole of ``stream`` as one plain text."""
    yield replace(origin, body=read_whole(stream, reading.options.max_page_bytes), media_type="text/plain")


def read_articles(stream: Stream, origin: Page, reading: Reading) -> Iterator[Page | Reject]:
    """One page for each line, a JSON object with at least ``text``; a bad line costs only itself."""
    limit = reading.options.max_page_bytes
    for number, line in enumerate(lines(stream, limit), start=1):
        name = f"{origin.name}:{number}"
        if line is None:
            yield Reject(name, f"the line is longer than {limit:,} bytes; put one article on each line", "too_large")
        elif not (line.endswith(b"\n") or stream.broken in ("", "trailing")):
            break  # the reject below tells why
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield _article(line, replace(origin, name=name))
    if stream.broken:
        yield Reject(origin.name, BREAKS[stream.broken], stream.broken, origin.url)


def _article(line: bytes, origin: Page) -> Page | Reject:
    line = line.strip().removeprefix(b"\xef\xbb\xbf")
    article = json_object(line)
    if article is None:
        return Reject(origin.name, "the line is no JSON object; write each article on a line of its own", "not_json")
    text, url = article.get("text"), article.get("url")
    url = url if isinstance(url, str) else None
    if not (isinstance(text, str) and text.strip()):
        return Reject(origin.name, 'the article has no text; give it as {"text": "..."}', "no_text", url)
    return replace(origin, body=line, url=url, media_type="application/json", charset="utf-8")
