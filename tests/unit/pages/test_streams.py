"""Compression undone within limits: whole, cut, damaged, and bombs."""

from __future__ import annotations

import contextlib
import gzip
import io
import time
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import PageError
from onrecord.pages.encodings import undo_chunks, undo_content_coding
from onrecord.pages.streams import Stream, lines, read_whole

WORDS = b"The harbour master of Ostrel denied the report. " * 200


def stream(body: bytes) -> Stream:
    return Stream(io.BytesIO(body))


class Trickle(io.RawIOBase):
    """A pipe that gives one byte at a time."""

    def __init__(self, body: bytes) -> None:
        self._body = io.BytesIO(body)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._body.read(1 if size else 0)


def test_looking_ahead_loses_nothing() -> None:
    source = stream(WORDS)
    assert source.peek(11) == b"The harbour"
    assert source.peek(3) == b"The"
    assert read_whole(source, len(WORDS)) == WORDS


def test_gzip_of_several_members_with_padding_is_one_text() -> None:
    body = gzip.compress(WORDS) + b"\0" * 512 + gzip.compress(b"More.")
    assert read_whole(stream(body), 1_000_000) == WORDS + b"More."


def test_slow_pipes_are_read_to_their_end() -> None:
    assert read_whole(Stream(Trickle(gzip.compress(WORDS))), 1_000_000) == WORDS  # type: ignore[arg-type]


@given(st.binary(max_size=500), st.integers(1, 40))
def test_any_bytes_survive_gzip_and_looking_ahead(body: bytes, ahead: int) -> None:
    source = stream(gzip.compress(body))
    source.peek(ahead)
    assert read_whole(source, 500) == body


def test_too_large_is_refused_without_reading_on() -> None:
    raw = io.BytesIO(b"x" * 10_000_000)
    with pytest.raises(PageError, match="larger than") as refused:
        read_whole(Stream(raw), 1_000)
    assert refused.value.code == "too_large"
    assert raw.tell() < 200_000


@pytest.mark.parametrize(("kept", "code"), [(-1, "truncated"), (-8, "truncated"), (40, "truncated")])
def test_cut_gzip_is_told(kept: int, code: str) -> None:
    with pytest.raises(PageError) as refused:
        read_whole(stream(gzip.compress(WORDS)[:kept]), 1_000_000)
    assert refused.value.code == code


def test_damaged_gzip_is_told() -> None:
    body = bytearray(gzip.compress(WORDS))
    body[-5] ^= 0xFF  # its checksum
    with pytest.raises(PageError) as refused:
        read_whole(stream(bytes(body)), 1_000_000)
    assert refused.value.code == "damaged"


def test_reading_goes_on_behind_damage() -> None:
    spoilt = gzip.compress(WORDS)[:30] + b"\xff" * 30
    source = stream(spoilt + gzip.compress(b"second"))
    while source.read(1_000):
        pass
    assert source.broken
    found = []
    while source.resume():
        found.append(source.peek(6))
    assert b"second" in found


def test_lines_that_are_too_long_cost_only_themselves() -> None:
    body = b"one\n" + b"x" * 5_000_000 + b"\nthree\n"
    assert list(lines(stream(body), 1_000)) == [b"one\n", None, b"three\n"]


def test_bomb_in_a_line_is_refused_quickly() -> None:
    once = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = once.compress(bytes(300_000_000)) + once.flush()
    started = time.process_time()
    with pytest.raises(PageError, match="decompression bomb"):
        list(lines(stream(bomb), 1_000_000))
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("coding", "coded"),
    [
        ("gzip", gzip.compress(WORDS, mtime=0)),
        ("x-gzip", gzip.compress(WORDS, mtime=0)),
        ("deflate", zlib.compress(WORDS)),
        ("deflate", zlib.compress(WORDS)[2:-4]),
        ("br", brotli.compress(WORDS)),
        ("gzip, br", brotli.compress(gzip.compress(WORDS, mtime=0))),
        ("identity", WORDS),
        ("", WORDS),
        ("gzip", WORDS),
        ("br", WORDS),
        ("deflate", WORDS),
    ],
)
def test_content_codings_are_undone_and_false_ones_ignored(coding: str, coded: bytes) -> None:
    assert undo_content_coding(coded, coding, 100_000) == WORDS


@pytest.mark.parametrize(
    ("coding", "press"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("br", brotli.compress)]
)
def test_content_codings_are_bounded_and_whole(coding: str, press: object) -> None:
    coded = press(WORDS)  # type: ignore[operator]
    with pytest.raises(PageError) as refused:
        undo_content_coding(coded, coding, 1_000)
    assert refused.value.code == "too_large"
    with pytest.raises(PageError) as refused:
        undo_content_coding(coded[:-3], coding, 100_000)
    assert refused.value.code == "truncated"


@pytest.mark.parametrize(("coding", "code"), [("gzip, gzip, gzip", "too_large"), ("zstd", "encoding")])
def test_layers_and_unknown_codings_are_refused(coding: str, code: str) -> None:
    with pytest.raises(PageError) as refused:
        undo_content_coding(WORDS, coding, 100_000)
    assert refused.value.code == code


def test_chunks_are_undone_where_there_are_any() -> None:
    assert undo_chunks(b"4;note=x\r\nDeni\r\n2\r\ned\r\n0\r\n\r\n") == b"Denied"
    assert undo_chunks(WORDS) == WORDS
    assert undo_chunks(b"<html>\r\n") == b"<html>\r\n"


@given(st.binary(max_size=300))
def test_undoing_never_fails_otherwise(body: bytes) -> None:
    undo_chunks(body)
    for coding in ("gzip", "deflate", "br"):
        with contextlib.suppress(PageError):
            assert len(undo_content_coding(body, coding, 1_000)) <= 1_000
