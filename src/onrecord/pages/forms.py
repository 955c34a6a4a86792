"""The forms that input may have, and telling them apart by their first bytes."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import Literal, get_args

from onrecord.errors import PageError

Form = Literal["auto", "html", "text", "articles", "feed", "warc", "wxr"]
FORMS: tuple[Form, ...] = get_args(Form)

_CONVERT = "convert it to text or HTML first"
_UNPACK = "unpack it first"

# First bytes of what people hand over by mistake, what it is, and the cure.
_OTHER_KINDS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "convert it first, such as with pdftotext"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "unpack or convert it first"),
    (b"PK\x05\x06", "an empty ZIP archive", _UNPACK),
    (b"\xd0\xcf\x11\xe0", "an office document", _CONVERT),
    (b"{\\rtf", "an RTF document", _CONVERT),
    (b"\x1f\x8b", "gzip within gzip", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd", "unpack it first, such as with zstd -d"),
    (b"BZh", "compressed with bzip2", "unpack it first, such as with bunzip2"),
    (b"\xfd7zXZ", "compressed with xz", "unpack it first, such as with unxz"),
    (b"7z\xbc\xaf", "a 7z archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"\x89PNG", "an image", "hand over the page's HTML"),
    (b"\xff\xd8\xff", "an image", "hand over the page's HTML"),
    (b"GIF8", "an image", "hand over the page's HTML"),
    (b"RIFF", "an image or a sound", "hand over the page's HTML"),
    (b"\x7fELF", "a program", "hand over the page's HTML"),
    (b"SQLite format 3", "a database", "hand over the page's HTML"),
    (b"From: <Saved by", "a web archive of a browser (MHTML)", "save the page as HTML instead"),
)

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# What may stand before the root element: XML declaration, comments, doctype.
_PROLOG = re.compile(
    r"\s*(?:<\?[^>]{0,512}>\s*|<!--(?:(?!-->).)*-->\s*|<!doctype\s[^>\[]{0,512}(?:\[[^\]]{0,8192}\]\s*)?>\s*)*",
    re.S | re.I,
)
_ROOT = re.compile(r"<([a-z][a-z0-9_:.-]{0,60})([^>]*)", re.I)
_HTML_ELEMENTS = frozenset(
    {
        "html",
        "head",
        "body",
        "title",
        "meta",
        "link",
        "script",
        "style",
        "base",
        "noscript",
        "div",
        "p",
        "article",
        "section",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "span",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "table",
        "form",
        "center",
        "font",
        "a",
        "img",
        "br",
        "hr",
        "blockquote",
        "b",
        "i",
        "em",
        "strong",
        "pre",
    }
)
_FEED_ROOTS = frozenset({"rss", "feed", "rdf", "urlset", "sitemapindex"})
_HTML_ANYWHERE = re.compile(r"<!doctype html|<(?:html|head|body)\b", re.I)
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx"})
_JSON_FEED = re.compile(r'"version"\s{0,9}:\s{0,9}"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org')
_CONTROL = bytes(range(0x09)) + bytes(range(0x0E, 0x1B)) + bytes(range(0x1C, 0x20))
# Text in any encoding has nearly no control bytes; compressed and binary data have 1 in 9.
_MAX_CONTROL_SHARE = 0.05


def detect(head: bytes, name: str = "") -> Form:
    """Tell the form of input by its first bytes; ``name`` decides only where they leave it open.

    Raises:
        PageError: it is empty, or something that holds no readable page.
    """
    if head.startswith(b"WARC/"):
        return "warc"
    refuse_other_kinds(head)
    text = _as_text(head)
    if not text.strip():
        raise PageError("is empty", code="empty")
    if text.lstrip()[0] in "{[":
        form = _json_form(text)
        if form:
            return form
    return _markup_form(text) or _plain_form(head, text, name)


def refuse_other_kinds(head: bytes) -> None:
    """Refuse what is no text at all by its magic number.

    Raises:
        PageError: always with what it is and what to do (``not_text``).
    """
    for magic, what, cure in _OTHER_KINDS:
        if head.startswith(magic) and (len(magic) > 4 or not magic.isascii() or is_binary(head)):
            raise PageError(f"is {what}; {cure}", code="not_text")


def _as_text(head: bytes) -> str:
    """The characters that matter for telling forms apart, all of which are ASCII."""
    for mark in _MARKS:
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"").decode("latin-1")


def _json_form(text: str) -> Form | None:
    start = text.lstrip()
    if re.match(r'\{\s*"', start):
        if _JSON_FEED.search(text):
            return "feed"
        if start.split("\n", 1)[0].strip() == "{":
            raise PageError(
                "is JSON spread over lines; write each article on one, such as with jq -c .", code="not_lines"
            )
        return "articles"
    if re.match(r'\[\s*\{\s*"', start):
        raise PageError("is one JSON list; write one article on each line, such as with jq -c '.[]'", code="not_lines")
    return None


def _markup_form(text: str) -> Form | None:
    prolog = _PROLOG.match(text)
    start = prolog.end() if prolog else 0
    root = _ROOT.match(text, start)
    if not root:
        return "html" if _HTML_ANYWHERE.search(text) else None
    name = root[1].lower().rpartition(":")[2]
    if name in _FEED_ROOTS:
        return "wxr" if name == "rss" and "wordpress.org/export/" in root[2] else "feed"
    if name in _HTML_ELEMENTS or _HTML_ANYWHERE.search(text):
        return "html"
    if text.lstrip().startswith("<?xml"):
        raise PageError(
            f"is XML with the root <{root[1]}>; feeds, sitemaps and WordPress exports can be read", code="unknown_xml"
        )
    return None


def _plain_form(head: bytes, text: str, name: str) -> Form:
    if is_binary(head):
        raise PageError("is no text but binary data; hand over the page's HTML or text", code="not_text")
    suffixes = {suffix.lower() for suffix in PurePosixPath(name).suffixes[-2:]}
    if suffixes & _HTML_SUFFIXES:
        return "html"
    return "articles" if suffixes & {".jsonl", ".ndjson"} else "text"


def is_binary(head: bytes) -> bool:
    """Whether bytes are something else than text in any encoding."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _every_other_is_nul(head):
        return False
    return len(head) - len(head.translate(None, _CONTROL)) > _MAX_CONTROL_SHARE * len(head)


def _every_other_is_nul(head: bytes) -> bool:
    even, odd = head[::2].count(0), head[1::2].count(0)
    return max(even, odd) > len(head) // 5 and min(even, odd) * 8 <= max(even, odd)


def json_object(line: bytes) -> dict[str, object] | None:
    """The object that a line of JSON holds, ``None`` if it is no JSON or no object."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
