"""A reply's text to safe HTML: paragraphs, links, emphasis, quotes, lists, code. Nothing else gets through."""

from __future__ import annotations

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "br", "a", "em", "strong", "blockquote", "ul", "ol", "li", "code", "pre"}
_ATTRIBUTES = {"a": {"href"}}
_SCHEMES = {"http", "https", "mailto"}
_REL = "nofollow ugc noopener noreferrer"
_MAX_NESTING = 8

_markdown = MarkdownIt("zero", {"html": False, "linkify": True, "breaks": True, "maxNesting": _MAX_NESTING}).enable(
    ["emphasis", "link", "autolink", "blockquote", "list", "backticks", "fence", "newline", "escape", "linkify"]
)


def to_html(text: str) -> SafeString:
    """HTML that may be shown. Markup the writer typed is shown as text, not obeyed."""
    dirty = _markdown.render(text)
    clean = nh3.clean(
        dirty, tags=TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=_REL, strip_comments=True
    )
    return mark_safe(clean)  # noqa: S308  nh3 has cleaned it


def to_plain(text: str, length: int = 200) -> str:
    """The first words of a reply without markup, on one line, for mail and lists."""
    words = " ".join(nh3.clean(_markdown.render(text), tags=set()).split())
    return words if len(words) <= length else f"{words[: length - 1].rstrip()}…"
