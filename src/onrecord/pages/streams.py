"""Bytes as they come: gzip undone on the way, the beginning looked at without being lost, every read bounded."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, Literal, Protocol

from onrecord.errors import PageError
from onrecord.pages.limits import MAX_RATIO, MAX_SKIPPED_BYTES, RATIO_FREE_BYTES

GZIP_MAGIC = b"\x1f\x8b"
_GZIP_MEMBER = b"\x1f\x8b\x08"
_GZIP_WINDOW = 31
_CHUNK = 65_536

Break = Literal["", "truncated", "damaged", "trailing"]
"""How a compressed stream ended: whole, cut off, spoilt in the middle, or followed by bytes that are no gzip."""

BREAKS: dict[Break, str] = {
    "truncated": "breaks off in the middle; fetch or copy it again",
    "damaged": "has damaged bytes in its gzip compression; fetch or copy it again",
    "trailing": "goes on after its gzip data with bytes that are none; fetch or copy it again",
}


class _Readable(Protocol):
    broken: Break

    def read(self, size: int) -> bytes: ...

    def resume(self) -> bool: ...


class _Plain:
    """Bytes that are not compressed, from the few already looked at on."""

    broken: Break = ""

    def __init__(self, raw: BinaryIO, head: bytes) -> None:
        self._raw = raw
        self._head = head

    def read(self, size: int) -> bytes:
        if self._head:
            chunk, self._head = self._head[:size], self._head[size:]
            return chunk
        return self._raw.read(size) or b""

    def resume(self) -> bool:
        return False


class _Gunzip:
    """Gzip members undone one after the other. A spoilt member ends the stream; :meth:`resume` goes to the next.

    Raises:
        PageError: what comes out is so much larger than what goes in that it can only be a bomb (``too_large``).
    """

    def __init__(self, raw: BinaryIO, head: bytes) -> None:
        self._raw = raw
        self._pending = head
        self._decoder: Any = None
        self._ended = False
        self._taken = len(head)
        self._given = 0
        self.broken: Break = ""

    def read(self, size: int) -> bytes:
        while not self._ended:
            if not (self._pending or self._more()):
                self._end("truncated" if self._decoder else "")
            elif self._decoder or self._begin_member():
                chunk = self._inflate(size)
                if chunk:
                    return chunk
        return b""

    def resume(self) -> bool:
        """Go on with the next member after a spoilt one; false if there is none."""
        self._pending = self._pending[1:]
        while True:
            place = self._pending.find(_GZIP_MEMBER)
            if place >= 0:
                self._pending = self._pending[place:]
                self._decoder, self._ended, self.broken = None, False, ""
                return True
            self._pending = self._pending[-2:]
            if not self._more():
                return False

    def _more(self) -> bool:
        chunk = self._raw.read(_CHUNK)
        self._pending += chunk
        self._taken += len(chunk)
        return bool(chunk)

    def _end(self, broken: Break) -> None:
        self._ended, self.broken, self._decoder = True, broken, None

    def _begin_member(self) -> bool:
        self._pending = self._pending.lstrip(b"\0")  # padding, as tape and some servers leave it
        while self._pending and len(self._pending) < len(GZIP_MAGIC) and self._more():
            pass
        if self._pending.startswith(GZIP_MAGIC):
            self._decoder = zlib.decompressobj(_GZIP_WINDOW)
            return True
        if self._pending:
            self._end("trailing")
        return False

    def _inflate(self, size: int) -> bytes:
        try:
            chunk: bytes = self._decoder.decompress(self._pending, size)
        except zlib.error:
            self._end("damaged")
            return b""
        if self._decoder.eof:
            self._pending, self._decoder = self._decoder.unused_data, None
        else:
            self._pending = self._decoder.unconsumed_tail
        self._given += len(chunk)
        if self._given > RATIO_FREE_BYTES and self._given > MAX_RATIO * self._taken:
            raise PageError(
                f"grows more than {MAX_RATIO} times when decompressed, as only a decompression bomb does; not read",
                code="too_large",
            )
        return chunk


class Stream(io.RawIOBase):
    """The bytes of one source, without their gzip compression if they have one."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        head = _read_up_to(raw, len(GZIP_MAGIC))
        self._source: _Readable = _Gunzip(raw, head) if head == GZIP_MAGIC else _Plain(raw, head)
        self._head = b""
        self._place = 0

    @property
    def broken(self) -> Break:
        """How the compression ended, once everything was read."""
        return self._source.broken

    def resume(self) -> bool:
        """Go on after a spoilt stretch of a gzip file of several members; false if nothing follows."""
        self._head = b""
        return self._source.resume()

    def peek(self, size: int) -> bytes:
        """The next ``size`` bytes, or all there are; they are read again by the next read."""
        while len(self._head) < size:
            chunk = self._source.read(size - len(self._head))
            if not chunk:
                break
            self._head += chunk
        return self._head[:size]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = len(buffer)
        if self._head:
            chunk, self._head = self._head[:size], self._head[size:]
        else:
            chunk = self._source.read(size)
        buffer[: len(chunk)] = chunk
        self._place += len(chunk)
        return len(chunk)

    def tell(self) -> int:
        """How many bytes were read."""
        return self._place

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()


def read_whole(stream: Stream, limit: int) -> bytes:
    """All bytes of ``stream``, for input that is one page.

    Raises:
        PageError: it is longer than ``limit`` (``too_large``), or its compression is cut off or damaged.
    """
    body = _read_up_to(stream, limit + 1)
    if len(body) > limit:
        raise PageError(f"is larger than the {limit:,} bytes that one page may have", code="too_large")
    if stream.broken in ("truncated", "damaged"):
        raise PageError(BREAKS[stream.broken], code=stream.broken)
    return body


def lines(stream: Stream, limit: int) -> Iterator[bytes | None]:
    """Lines of ``stream``, ``None`` for one that is longer than ``limit``.

    Raises:
        PageError: no end of a line came for so long that looking for the next one makes no sense.
    """
    reader = io.BufferedReader(stream, _CHUNK * 4)
    while line := reader.readline(limit + 1):
        if len(line) <= limit or line.endswith(b"\n"):
            yield line
        else:
            _skip_line(reader)
            yield None


def _skip_line(reader: io.BufferedReader[Stream]) -> None:
    skipped = 0
    while chunk := reader.readline(_CHUNK):
        skipped += len(chunk)
        if chunk.endswith(b"\n"):
            return
        if skipped > MAX_SKIPPED_BYTES:
            raise PageError("has a line without end; write one article on each line", code="too_large")


def _read_up_to(raw: BinaryIO | io.RawIOBase, size: int) -> bytes:
    """Read until ``size`` bytes or the end: pipes and decompressors give less than is asked for."""
    chunks = []
    while size > 0 and (chunk := raw.read(min(size, _CHUNK * 16))):
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)
