"""WARC archives, plain or gzip, streamed: the HTML pages among their responses.

Requests, metadata, revisits and the archive's description of itself are no pages and passed over. A response that is no
page (an image, an error status) is set aside with its reason, so that every response is counted once.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from onrecord.errors import PageError
from onrecord.pages.encodings import undo_chunks, undo_content_coding
from onrecord.pages.forms import detect
from onrecord.pages.limits import MAX_RESUMES, SNIFFED_BYTES
from onrecord.pages.media import HTML_TYPES, UNTOLD_TYPES, parse_content_type
from onrecord.pages.options import Reading
from onrecord.pages.streams import BREAKS, Stream
from onrecord.terms import Page, Reject

# HTTP headers and transfer coding of a record, which come beside its page.
_HEADER_ROOM = 1_000_000
_MAGIC = b"WARC/"
_SHA1_BASE32 = re.compile(r"sha1:[A-Za-z2-7]{32}")
_PAGE_RECORDS = WarcRecordType.response | WarcRecordType.resource
# Headers of a response that tell something about its page.
_KEPT_HEADERS = ("content-type", "content-language", "last-modified", "date", "etag", "link")


def read_warc(stream: Stream, origin: Page, reading: Reading) -> Iterator[Page | Reject]:
    """The pages of an archive, each named by the archive and the number of its response in it.

    A record that is cut off (its header declares more than there is) is set aside as ``truncated``. Where gzip is
    damaged, reading goes on with the next record that is whole.
    """
    yield from _Archive(stream, origin, reading.options.max_page_bytes).read()


class _Archive:
    """One archive while it is read: which response it is at, and whether that one came whole."""

    def __init__(self, stream: Stream, origin: Page, limit: int) -> None:
        self._stream = stream
        self._origin = origin
        self._limit = limit
        self._number = 0
        self._last_was_short = False
        self._tries = MAX_RESUMES

    def read(self) -> Iterator[Page | Reject]:
        yield from self._read_stretch()
        while self._stream.broken:
            if not self._last_was_short:  # else that reject has told it
                yield Reject(self._origin.name, f"the archive {BREAKS[self._stream.broken]}", self._stream.broken)
            if not self._resume():
                break
            yield from self._read_stretch()
        if not self._number:
            yield Reject(self._origin.name, "the archive holds no response; name one that a crawler wrote", "no_pages")

    def _resume(self) -> bool:
        """Find the next gzip member that begins a record."""
        while self._tries and self._stream.resume():
            self._tries -= 1
            if self._stream.peek(len(_MAGIC)) == _MAGIC:
                return True
        return False

    def _read_stretch(self) -> Iterator[Page | Reject]:
        """Records up to the end or to damage. Quirks mode finds the next record where one's length is wrong."""
        self._last_was_short = False
        records = ArchiveIterator(
            self._stream, record_types=_PAGE_RECORDS, parse_http=False, stream_detect=False, quirks_mode=True
        )
        while True:
            try:
                record = next(records, None)
                if record is None:
                    return
                self._number += 1
                yield self._read_record(record)
            except OSError as error:
                if not self._stream.broken:
                    raise PageError(f"the archive cannot be read from record {self._number} on: {error}; copy it again",
                                    code="damaged") from error  # fmt: skip
                return

    def _read_record(self, record: Any) -> Page | Reject:
        url = record.headers.get("WARC-Target-URI")
        origin = replace(
            self._origin,
            name=f"{self._origin.name}#{self._number}",
            url=url.strip("<> ") if url else None,
            fetched=_moment(record.headers.get("WARC-Date") or ""),
        )
        try:
            record.set_bytes_content(self._read_block(record))
            if record.record_type == WarcRecordType.resource:
                return _page_of(record.reader.read(), record.headers.get("Content-Type") or "", origin)
            return self._read_response(record, origin)
        except PageError as error:
            return Reject(origin.name, str(error), error.code, origin.url)

    def _read_block(self, record: Any) -> bytes:
        """The whole block of a record, checked against the length that it declares."""
        declared = record.headers.get("Content-Length") or ""
        if not (declared.isdecimal() and declared.isascii()):
            raise PageError("the record does not say how long it is; write the archive anew", code="damaged")
        length = int(declared)
        if length > self._limit + _HEADER_ROOM:
            raise PageError(f"is larger than the {self._limit:,} bytes that one page may have", code="too_large")
        block: bytes = record.reader.read(length) if length else b""
        self._last_was_short = len(block) < length
        if self._last_was_short:
            raise PageError(
                f"the record breaks off after {len(block):,} of {length:,} bytes; fetch or copy the archive again",
                code="truncated",
            )
        if not _matches_digest(block, record.headers.get("WARC-Block-Digest") or ""):
            raise PageError("the record does not match its checksum; fetch or copy the archive again", code="damaged")
        return block

    def _read_response(self, record: Any, origin: Page) -> Page:
        try:
            record.parse_http(quirks_mode=True)
        except OSError as error:
            raise PageError(f"the HTTP headers of the record cannot be read: {error}", code="damaged") from error
        http = record.http_headers
        status = http.status_code if http is not None else None
        if status is None:
            raise PageError("the record holds no HTTP answer", code="damaged")
        if status != 200:
            raise PageError(f"the server answered with status {status}", code=f"http_{status}")
        headers = {name.lower(): value for name, value in http.items()}
        body = undo_chunks(record.reader.read()) if "transfer-encoding" in headers else record.reader.read()
        body = undo_content_coding(body, headers.get("content-encoding", ""), self._limit)
        kept = {name: headers[name] for name in _KEPT_HEADERS if name in headers}
        return _page_of(body, headers.get("content-type", ""), replace(origin, headers=kept))


def _matches_digest(block: bytes, digest: str) -> bool:
    """False only where a SHA-1 in the usual base 32 says so: other ways of writing it are too many to be held to."""
    if not _SHA1_BASE32.fullmatch(digest):
        return True
    computed = hashlib.sha1(block, usedforsecurity=False).digest()
    return base64.b32encode(computed).decode() == digest[5:].upper()


def _page_of(body: bytes, content_type: str, origin: Page) -> Page:
    media_type, charset = parse_content_type(content_type)
    told_html = media_type in HTML_TYPES
    if not body:
        raise PageError("is empty", code="empty")
    if not (told_html or (media_type in UNTOLD_TYPES and detect(body[:SNIFFED_BYTES]) == "html")):
        raise PageError(f"is no HTML page but {media_type or 'of no told type'}", code="not_html")
    return replace(origin, body=body, media_type="text/html", charset=charset)


def _moment(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None
