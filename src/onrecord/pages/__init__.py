"""Pages in: whatever a source is, it gives pages, and a reject with its reason for each that cannot be read.

A source is a file, a folder, ``-`` for standard input, or a URL. Its form (HTML, plain text, ready articles, a feed or
sitemap, a WARC archive, a WordPress export) is told by its first bytes; gzip is undone wherever it occurs. Archives,
exports and JSON Lines are streamed.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.errors import FetchError, PageError
from onrecord.pages.files import STANDARD_INPUT, files_in, is_folder, open_stream
from onrecord.pages.forms import FORMS, Form, detect
from onrecord.pages.limits import SNIFFED_BYTES
from onrecord.pages.options import FetchOptions, Options, Reading
from onrecord.pages.streams import BREAKS, Stream
from onrecord.terms import Page, Reject

if TYPE_CHECKING:
    from onrecord.pages.fetch import Fetcher

__all__ = ["FORMS", "FetchOptions", "Form", "Options", "open_bytes", "open_source", "open_sources"]

_Reader = Callable[[Stream, Page, Reading], Iterator[Page | Reject]]

# Loaded when first used: lxml and fastwarc take longer to import than a page to read.
_READERS = {
    "html": "ready:read_html",
    "text": "ready:read_text",
    "articles": "ready:read_articles",
    "feed": "feeds:read_feed",
    "warc": "warc:read_warc",
    "wxr": "wordpress:read_export",
}


def open_source(
    source: str | PathLike[str], form: Form = "auto", *, options: Options | None = None, fetcher: Fetcher | None = None
) -> Iterator[Page | Reject]:
    """Read one source: a file, a folder with all below it in order of names, ``-``, or an ``http(s)`` URL.

    Args:
        source: what to read.
        form: the form of every file of it; ``auto`` tells it by content.
        options: limits and how to fetch.
        fetcher: fetches URLs, if it is to be shared with other callers; made from ``options`` if not given.

    Yields:
        A page, or a reject for what is set aside; nothing that is wrong with a source raises.
    """
    yield from open_sources([source], form, options=options, fetcher=fetcher)


def open_sources(
    sources: Iterable[str | PathLike[str]],
    form: Form = "auto",
    *,
    options: Options | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Page | Reject]:
    """Read several sources one after the other with one fetcher; see :func:`open_source`."""
    with Reading(options, fetcher) as reading:
        for source in sources:
            yield from _open(fspath(source), form, reading)


def open_bytes(
    body: bytes, form: Form = "auto", *, name: str = "input", url: str | None = None, options: Options | None = None
) -> Iterator[Page | Reject]:
    """Read bytes that are at hand already, such as an upload; see :func:`open_source`."""
    with Reading(options) as reading:
        yield from _read(Stream(io.BytesIO(body)), form, Page(b"", name, url), reading)


def _open(source: str, form: Form, reading: Reading) -> Iterator[Page | Reject]:
    if source.lower().startswith(("http://", "https://")):
        yield from _open_url(source, form, reading)
    elif source != STANDARD_INPUT and is_folder(source):
        for found in files_in(Path(source)):
            yield from [found] if isinstance(found, Reject) else _open_file(str(found), form, reading)
    else:
        yield from _open_file(source, form, reading)


def _open_url(url: str, form: Form, reading: Reading) -> Iterator[Page | Reject]:
    try:
        page = reading.fetcher.fetch(url)
    except FetchError as error:
        yield Reject(url, str(error), error.code, url, error.can_retry)
    except PageError as error:
        yield Reject(url, str(error), error.code, url)
    else:
        yield from _read(Stream(io.BytesIO(page.body)), form, replace(page, body=b""), reading)


def _open_file(path: str, form: Form, reading: Reading) -> Iterator[Page | Reject]:
    name = "standard input" if path == STANDARD_INPUT else path
    try:
        with open_stream(path) as stream:
            yield from _read(stream, form, Page(b"", name), reading)
    except PageError as error:
        yield Reject(name, str(error), error.code)


def _read(stream: Stream, form: Form, origin: Page, reading: Reading) -> Iterator[Page | Reject]:
    """Pages of one stream; what is wrong with the stream as a whole becomes one reject, after all it gave."""
    try:
        found = _form_of(stream, form, origin)
        yield from _reader(found)(stream, origin, reading)
    except PageError as error:
        yield Reject(origin.name, str(error), error.code, origin.url)
    except (OSError, EOFError) as error:
        yield Reject(origin.name, f"cannot be read to its end: {error}", "not_readable", origin.url, can_retry=True)


def _form_of(stream: Stream, form: Form, origin: Page) -> Form:
    head = stream.peek(SNIFFED_BYTES)
    if not head and stream.broken:
        raise PageError(BREAKS[stream.broken], code=stream.broken)
    if not head:
        raise PageError("is empty", code="empty")
    return detect(head, origin.name) if form == "auto" else form


def _reader(form: Form) -> _Reader:
    module, _, function = _READERS[form].partition(":")
    reader: Any = getattr(import_module(f"onrecord.pages.{module}"), function)
    return reader  # type: ignore[no-any-return]
