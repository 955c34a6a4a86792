"""Content codings of HTTP (gzip, deflate, br), undone within a limit.

HTTP clients undo them on their own, but without any bound: 64 kB of gzip may become 67 MB, of brotli much more.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import brotli

from onrecord.errors import PageError
from onrecord.pages.streams import GZIP_MAGIC

# Two layers happen where a proxy compresses again; more is an attack.
_MAX_LAYERS = 2


def undo_content_coding(body: bytes, coding: str, limit: int) -> bytes:
    """Undo the codings that a ``Content-Encoding`` header names, last first.

    A body that is not coded as it claims is returned as it is: archives often keep the header of what they decoded.

    Raises:
        PageError: more than ``limit`` bytes come out, the body is cut off, or the coding is unknown.
    """
    names = [name for name in (part.strip().lower() for part in coding.split(",")) if name not in ("", "identity")]
    if len(names) > _MAX_LAYERS:
        raise PageError(f"is compressed {len(names)} times over, as only a decompression bomb is", code="too_large")
    for name in reversed(names):
        undo = _CODINGS.get(name)
        if undo is None:
            raise PageError(f"has the content coding {name[:40]!r}; gzip, deflate and br can be read", code="encoding")
        body = undo(body, limit)
        if len(body) > limit:
            raise PageError(f"is larger than {limit:,} bytes after decompression", code="too_large")
    return body


def undo_chunks(body: bytes) -> bytes:
    """Undo chunked transfer coding; a body that is not chunked, as most archives store it, is returned as it is."""
    chunks: list[bytes] = []
    place = 0
    while True:
        line_end = body.find(b"\r\n", place, place + 64)
        size = _chunk_size(body[place:line_end]) if line_end > 0 else None
        if size is None:
            return b"".join(chunks) if chunks else body
        if size == 0:
            return b"".join(chunks)
        chunks.append(body[line_end + 2 : line_end + 2 + size])
        place = line_end + 2 + size + 2


def _chunk_size(line: bytes) -> int | None:
    digits = line.split(b";")[0].strip()
    try:
        return int(digits, 16) if digits.isalnum() else None
    except ValueError:
        return None


def _gunzip(body: bytes, limit: int) -> bytes:
    return _inflate(body, limit, 31) if body.startswith(GZIP_MAGIC) else body


def _undo_deflate(body: bytes, limit: int) -> bytes:
    """``deflate`` means zlib by the standard and bare deflate to some servers."""
    for window in (15, -15):
        try:
            return _inflate(body, limit, window)
        except zlib.error:
            continue
    return body


def _inflate(body: bytes, limit: int, window: int) -> bytes:
    decoder = zlib.decompressobj(window)
    try:
        plain = decoder.decompress(body, limit + 1)
    except zlib.error as error:
        if window != 31:
            raise
        raise PageError("has damaged bytes in its gzip compression; fetch it again", code="damaged") from error
    if not decoder.eof and len(plain) <= limit:
        raise PageError("breaks off in the middle; fetch it again", code="truncated")
    return plain


def _undo_brotli(body: bytes, limit: int) -> bytes:
    decoder = brotli.Decompressor()
    try:
        plain: bytes = decoder.process(body, output_buffer_limit=limit + 1)
        while len(plain) <= limit and not decoder.can_accept_more_data() and not decoder.is_finished():
            plain += decoder.process(b"", output_buffer_limit=limit + 1 - len(plain))
    except brotli.error:
        return body
    if not decoder.is_finished() and len(plain) <= limit:
        raise PageError("breaks off in the middle; fetch it again", code="truncated")
    return plain


_CODINGS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _undo_deflate,
    "br": _undo_brotli,
}
