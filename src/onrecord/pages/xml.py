"""XML from strangers, streamed: feeds, sitemaps, exports.

Much of it is not well-formed (``&nbsp;``, a bare ``&``, control characters), and libxml2's forgiving mode loses every
``&amp;`` behind the first error. So the text is mended on its way into the parser: each reference becomes a character
reference, characters that XML forbids are dropped. Nothing is left to expand: a document that declares entities is
refused, no DTD is loaded, nothing is fetched, and libxml2's limits on depth and length stay on.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any

import webencodings
from lxml import etree

from onrecord.errors import PageError
from onrecord.pages.charset import NO_CHARSETS, declared_inside, decode
from onrecord.pages.limits import SNIFFED_BYTES
from onrecord.pages.streams import Stream

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TOKEN = re.compile(
    r"<!\[CDATA\[|\]\]>|</item>|<!ENTITY\b|&(?:#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)?"
)
_TOKEN_START = re.compile(r"[&<\]]")
_LONGEST_TOKEN = 40
# Errors after which libxml2 reads no further, even in its forgiving mode.
_STOPPED = frozenset({etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_INTERNAL_ERROR})
_CHUNK = 65_536
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def elements(source: MendedXml, tags: tuple[str, ...]) -> Iterator[Any]:
    """Elements with one of ``tags`` as they are closed; each is freed when the next is asked for.

    Raises:
        PageError: this is no XML at all, declares entities, or is longer than the source allows.
    """
    parser = etree.iterparse(
        source,
        events=("end",),
        tag=tags,
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in parser:
            yield element
            _free(element)
    except etree.XMLSyntaxError as error:
        raise PageError(f"is no readable XML ({error}); fetch or export it again", code="damaged") from error
    if any(error.type in _STOPPED for error in parser.error_log):
        raise PageError("cannot be read beyond a part that is nested too deeply or too long", code="too_large")


def _free(element: Any) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


class MendedXml:
    """XML as UTF-8 that a parser can read, from a stream in any encoding.

    Args:
        stream: where it comes from.
        limit: bytes that may be read without :meth:`start_over` being called; how long one item may be.
        what: what it is, for the message of the error.
    """

    def __init__(self, stream: Stream, limit: int, what: str) -> None:
        self._stream = stream
        self._limit = limit
        self._what = what
        self._decoder = codecs.getincrementaldecoder(_codec(stream.peek(SNIFFED_BYTES)))("replace")
        self._held = ""
        self._in_cdata = False
        self._taken = 0
        self.tail = b""
        """The last bytes given out."""
        self.items_closed = 0
        """Items whose end was given out: the parser closes what is cut off as if it were whole."""

    def start_over(self) -> None:
        """Count the limit anew."""
        self._taken = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes; empty only at the end.

        Raises:
            PageError: more than the limit was read (``too_large``), or entities are declared (``entities``).
        """
        while True:
            chunk = self._stream.read(size if size > 0 else _CHUNK) or b""
            text = self._held + self._decoder.decode(chunk, final=not chunk)
            cut = _safe_cut(text) if chunk else len(text)
            text, self._held = text[:cut], text[cut:]
            mended = _ILLEGAL.sub("", _TOKEN.sub(self._mend, text)).encode("utf-8", "replace")
            self._taken += len(mended)
            if self._taken > self._limit:
                raise PageError(f"{self._what} is larger than {self._limit:,} bytes", code="too_large")
            if mended or not chunk:
                self.tail = (self.tail + mended)[-1_000:]
                return mended

    def _mend(self, match: re.Match[str]) -> str:
        found = match[0]
        if found == "]]>":
            ends, self._in_cdata = self._in_cdata, False
            return found if ends else "]]&#62;"
        if self._in_cdata:
            return found
        if found == "</item>":
            self.items_closed += 1
            return found
        if found[0] == "&":
            return _as_character_reference(found)
        if found == "<!ENTITY":
            raise PageError("declares XML entities, which no feed or export needs; it was not read", code="entities")
        self._in_cdata = True
        return found


def _as_character_reference(found: str) -> str:
    if found.startswith("&#"):
        digits = found[2:-1]
        number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
        legal = number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF
        return found if legal and not _ILLEGAL.match(chr(number)) else ""
    characters = html5.get(found[1:]) if len(found) > 1 else None
    if characters is None:
        return "&#38;" + found[1:]
    return "".join(f"&#{ord(character)};" for character in characters)


def _safe_cut(text: str) -> int:
    """Where to cut so that no token is cut in two."""
    start = _TOKEN_START.search(text, max(0, len(text) - _LONGEST_TOKEN))
    return start.start() if start else len(text)


def _codec(head: bytes) -> str:
    """The codec to read a document with, by its beginning."""
    if head.startswith(_UTF16_MARKS):
        return "utf-16"
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    label = declared_inside(head) if head.isascii() else None
    encoding = webencodings.lookup(label or decode(head).charset)
    return encoding.codec_info.name if encoding and encoding.name not in NO_CHARSETS else "utf-8"
