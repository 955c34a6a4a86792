"""WARC archives: the pages among the responses, and what is set aside when a record is cut, damaged or no page."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import zlib
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord.pages import Options, open_bytes
from onrecord.terms import Page, Reject

HTML = "<!DOCTYPE html><html><body><p>“No”, said Mira Sund of Ostrel. {}</p></body></html>"
URL = "https://quay.example/{}"


def archive(pages: int = 5, *, compress: bool = True, size: int = 2_000) -> bytes:
    """An archive as a crawler writes it: a request, a response and metadata for each page."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=compress)

    def write(written: Any) -> None:
        writer.write_record(written)
        if written.raw_stream:  # the writer leaves its temporary file open
            written.raw_stream.close()

    write(writer.create_warcinfo_record("invented.warc.gz", {"software": "test"}))
    for number in range(pages):
        url = URL.format(number)
        noise = base64.b64encode(hashlib.shake_128(url.encode()).digest(size)).decode()
        body = HTML.format(noise).encode()
        request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "quay.example")], is_http_request=True)
        write(writer.create_warc_record(url, "request", http_headers=request))
        answer = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=UTF-8")], protocol="HTTP/1.1")
        write(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=answer))
        write(writer.create_warc_record(url, "metadata", payload=io.BytesIO(b"fetchTimeMs: 1")))
    return out.getvalue()


def record(block: bytes, kind: str = "response", length: str | None = None, more: str = "", mime: str = "") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {URL.format('one')}\r\nWARC-Date: 2019-07-14T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n{more}"
        f"Content-Type: {mime or 'application/http; msgtype=response'}\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes, *headers: str, status: str = "200 OK", mime: str = "text/html") -> bytes:
    lines = [f"HTTP/1.1 {status}", *([f"Content-Type: {mime}"] if mime else []), *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def kinds(body: bytes, **options: Any) -> Counter[str]:
    found = open_bytes(body, name="a.warc", options=Options(**options))
    return Counter("page" if isinstance(item, Page) else item.code for item in found)


def only_page(body: bytes) -> Page:
    (page,) = open_bytes(body, name="a.warc")
    assert isinstance(page, Page), page
    return page


@pytest.mark.parametrize("compress", [True, False])
def test_responses_are_read_with_what_their_headers_tell(compress: bool) -> None:
    pages = [page for page in open_bytes(archive(compress=compress), name="a.warc") if isinstance(page, Page)]
    assert [page.name for page in pages] == [f"a.warc#{n}" for n in range(1, 6)]
    assert [page.url for page in pages] == [URL.format(n) for n in range(5)]
    assert {page.charset for page in pages} == {"utf-8"}
    assert pages[0].body.startswith(b"<!DOCTYPE html>")
    assert pages[0].headers["content-type"] == "text/html; charset=UTF-8"
    assert pages[0].fetched is not None
    assert abs(datetime.now(UTC) - pages[0].fetched).days < 1


@pytest.mark.parametrize(
    ("block", "code"),
    [
        (answer(b"gone", status="404 Not Found"), "http_404"),
        (answer(b"", "Location: /x", status="301 Moved"), "http_301"),
        (answer(b"\x89PNG", mime="image/png"), "not_html"),
        (answer(b"words", mime="text/plain"), "not_html"),
        (answer(b"<html>", mime="application/pdf"), "not_html"),
        (answer(b""), "empty"),
        (b"no http at all", "damaged"),
        (b"", "damaged"),
    ],
)
def test_responses_that_are_no_page_are_counted(block: bytes, code: str) -> None:
    assert kinds(record(block)) == {code: 1}


def test_untold_type_is_told_by_the_bytes() -> None:
    assert kinds(record(answer(HTML.encode(), mime=""))) == {"page": 1}
    assert kinds(record(answer(HTML.encode(), mime="application/octet-stream"))) == {"page": 1}


def test_resource_records_of_html_are_pages() -> None:
    assert only_page(record(HTML.encode(), kind="resource", mime="text/html; charset=utf-8")).charset == "utf-8"
    assert kinds(record(b"\xff\xd8\xff", kind="resource", mime="image/jpeg")) == {"not_html": 1}


def test_archive_without_responses_is_told() -> None:
    assert kinds(archive(0)) == {"no_pages": 1}


@pytest.mark.parametrize("compress", [True, False])
def test_last_record_that_is_cut_off_is_told_and_no_page(compress: bool) -> None:
    whole = archive(compress=compress, size=60_000)
    *pages, last = open_bytes(whole[:-40_000], name="a.warc")
    assert len(pages) == 4
    assert isinstance(last, Reject)
    assert (last.code, last.name, last.url) == ("truncated", "a.warc#5", URL.format(4))


def test_gzip_cut_between_the_last_bytes_is_told() -> None:
    assert kinds(archive()[:-4]) == {"page": 5, "truncated": 1}


def test_damage_in_gzip_costs_one_record() -> None:
    spoilt = bytearray(archive(9, size=20_000))
    middle = len(spoilt) // 2
    spoilt[middle : middle + 12] = b"\xff" * 12
    found = kinds(bytes(spoilt))
    assert found["page"] == 8
    assert sum(found.values()) == 9


def test_record_that_does_not_match_its_checksum_is_no_page() -> None:
    block = answer(HTML.encode())
    digest = base64.b32encode(hashlib.sha1(block).digest()).decode()
    good, bad = f"WARC-Block-Digest: sha1:{digest}\r\n", "WARC-Block-Digest: sha1:" + "A" * 32 + "\r\n"
    other = "WARC-Block-Digest: md5:00\r\n"
    assert kinds(record(block, more=good) + record(block, more=bad) + record(block, more=other)) == {
        "page": 2,
        "damaged": 1,
    }


@pytest.mark.parametrize("length", ["-5", "abc", "10" * 20, "", "²"])
def test_false_length_costs_one_record(length: str) -> None:
    good = record(answer(HTML.encode()))
    found = kinds(record(answer(HTML.encode()), length=length) + good)
    assert found["page"] == 1
    assert sum(found.values()) == 2


@pytest.mark.parametrize(
    ("coding", "coded"),
    [
        ("Content-Encoding: gzip", gzip.compress(HTML.encode(), mtime=0)),
        ("Content-Encoding: deflate", zlib.compress(HTML.encode())),
        ("Content-Encoding: br", brotli.compress(HTML.encode())),
        ("Content-Encoding: gzip", HTML.encode()),
        ("Transfer-Encoding: chunked", b"%x\r\n%s\r\n0\r\n\r\n" % (len(HTML.encode()), HTML.encode())),
        ("Transfer-Encoding: chunked", HTML.encode()),
    ],
)
def test_codings_are_undone_where_they_are_real(coding: str, coded: bytes) -> None:
    assert only_page(record(answer(coded, coding))).body == HTML.encode()


def test_large_and_bombing_records_are_set_aside() -> None:
    bomb = gzip.compress(bytes(3_000_000))
    body = (
        record(answer(b"x" * 2_000_000))
        + record(answer(bomb, "Content-Encoding: gzip"))
        + record(answer(HTML.encode()))
    )
    assert kinds(body, max_page_bytes=500_000) == {"too_large": 2, "page": 1}


def test_headers_with_bare_line_feeds_are_read() -> None:
    assert only_page(record(answer(HTML.encode()).replace(b"\r\n", b"\n"))).body == HTML.encode()


WHOLE = archive(3, compress=False, size=300)
PRESSED = archive(3, size=300)


@settings(max_examples=150)
@given(st.sampled_from([WHOLE, PRESSED]), st.data())
def test_no_damage_makes_it_fail(body: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, min(len(body), start + 200)))
    spoilt = b"WARC/1.0" + body[8:start] + data.draw(st.binary(max_size=40)) + body[end:]
    for item in open_bytes(spoilt, "warc"):
        assert isinstance(item, Page) or item.reason
