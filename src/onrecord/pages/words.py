"""Words out of a little HTML: titles in feeds, comments in exports."""

from __future__ import annotations

import html
import re

_LINE_BREAK = re.compile(r"</?(?:br|p|div|li|blockquote)\b[^<>]{0,300}>", re.IGNORECASE)
_TAG = re.compile(r"<[/!]?[a-zA-Z-][^<>]{0,1000}>")
_SPACES = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n\s*\n")


def words_of(markup: str) -> str:
    """The words of a fragment of HTML, with its paragraphs as lines parted by a blank line."""
    text = html.unescape(_TAG.sub("", _LINE_BREAK.sub("\n", markup)))
    lines = (line.strip() for line in _SPACES.sub(" ", text).split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def one_line(markup: str) -> str:
    """The words of a fragment of HTML on one line."""
    return " ".join(html.unescape(_TAG.sub(" ", markup)).split())
