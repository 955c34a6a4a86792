"""Bytes of a page -> its characters, whatever it says about itself.

The order follows the WHATWG encoding standard (byte order mark, what the server declared, what the page declares), with
two corrections that real pages need: bytes that are valid UTF-8 beyond ASCII are UTF-8 whatever was declared, and a
declaration that the bytes contradict is not believed.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import webencodings

# WHATWG asks for 1,024 bytes; real pages put scripts and comments before the declaration.
DECLARATION_BYTES = 8_192
# Enough for a stable guess; the detector tries dozens of encodings on what it is given.
SAMPLE_BYTES = 8_192
# A page in the encoding it declares may still hold a few broken characters (a cut-off comment, a pasted byte).
TOLERATED_BROKEN = 0.1
# Labels that WHATWG knows and that stand for no characters.
NO_CHARSETS = frozenset({"replacement", "x-user-defined"})
# Accents and curly quotation marks are 2 to 20 in 100 bytes of Western text in a one-byte encoding, letters of other
# scripts more than 60. Detectors confuse the Western encodings with each other, so below this it is windows-1252.
WESTERN_SHARE = 0.35

_DECLARED = re.compile(
    rb"""<meta\b[^>]{0,512}?\bcharset\s{0,8}=\s{0,8}["']?\s{0,8}([A-Za-z0-9_:.+-]{1,40})"""
    rb"""|<\?xml\b[^>]{0,128}?\bencoding\s{0,8}=\s{0,8}["']([A-Za-z0-9_:.+-]{1,40})""",
    re.IGNORECASE,
)
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be"))


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters of a page and the encoding they were read in, by its WHATWG name."""

    text: str
    charset: str


def decode(body: bytes, declared: str | None = None) -> Decoded:
    """Decode ``body``; never fails. NUL characters, which no page means, are dropped.

    Args:
        body: the bytes of an HTML page, a feed or a plain text.
        declared: the character set named outside the bytes, such as in an HTTP header.
    """
    decoded = (
        _by_byte_order_mark(body)
        or _as_utf16_without_mark(body)
        or _as_utf8(body)
        or _as_declared(body, declared)
        or _as_declared(body, declared_inside(body))
        or _as_detected(body)
    )
    return Decoded(decoded.text.replace("\0", ""), decoded.charset)


def declared_inside(body: bytes) -> str | None:
    """The character set that the page names in a ``meta`` element or an XML declaration."""
    match = _DECLARED.search(body, 0, DECLARATION_BYTES)
    label = match and (match[1] or match[2])
    if not label:
        return None
    # The declaration was readable as ASCII, so it cannot be true (WHATWG, "prescan a byte stream").
    return "utf-8" if label.lower().startswith(b"utf-16") else label.decode("ascii")


def _by_byte_order_mark(body: bytes) -> Decoded | None:
    for mark, name in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return Decoded(body[len(mark) :].decode(name, "replace"), name)
    return None


def _as_utf16_without_mark(body: bytes) -> Decoded | None:
    """UTF-16 as some editors save it: in Western text every other byte is NUL."""
    sample = body[:1_024]
    if not sample or sample.count(0) * 5 < len(sample) * 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if min(even, odd) * 8 > max(even, odd):
        return None
    name = "utf-16be" if even > odd else "utf-16le"
    return Decoded(body.decode(name, "replace"), name)


def _as_utf8(body: bytes) -> Decoded | None:
    """UTF-8, if it holds more than ASCII: no other encoding makes valid UTF-8 sequences by chance."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end < len(body) or error.reason != "unexpected end of data":
            return None
        text = body[: error.start].decode("utf-8")  # cut off within its last character
        if text.isascii():  # or it is no UTF-8, and its only accent happens to come last
            return None
    if text.isascii() and b"\x1b$" in body:  # ISO-2022-JP is written in ASCII bytes
        return None
    return Decoded(text, "utf-8")


def _as_declared(body: bytes, label: str | None) -> Decoded | None:
    encoding = label and webencodings.lookup(label.strip())
    if not encoding or encoding.name in NO_CHARSETS:
        return None
    text: str = encoding.codec_info.decode(body, "replace")[0]
    if text.count("�") > TOLERATED_BROKEN * max(_count_beyond_ascii(body), 1):
        return None
    return Decoded(text, encoding.name)


def _as_detected(body: bytes) -> Decoded:
    first = _BEYOND_ASCII.search(body)
    start = max(0, first.start() - SAMPLE_BYTES // 2) if first else 0
    sample = body[start : start + SAMPLE_BYTES]
    detected = None
    if _count_beyond_ascii(sample) > WESTERN_SHARE * len(sample):
        import charset_normalizer  # 30 ms, for the few pages that get here

        best = charset_normalizer.from_bytes(sample, steps=3, chunk_size=512).best()
        detected = _as_declared(body, best.encoding) if best else None
    return detected or Decoded(body.decode("cp1252", "replace"), "windows-1252")


def _count_beyond_ascii(body: bytes) -> int:
    return len(body) - len(body.translate(None, bytes(range(0x80, 0x100))))
