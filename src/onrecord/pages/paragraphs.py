"""WordPress keeps a post as its author typed it: blank lines for paragraphs, shortcodes for captions and galleries.

What readers see is made when the page is shown (``wpautop`` and ``do_shortcode``); this does the part that matters for
reading: paragraphs, line breaks, captions. Posts of the block editor have their paragraphs already. Every pattern here
takes time in proportion to the post, whatever the post holds.
"""

from __future__ import annotations

import re

_BLOCK_EDITOR = "<!-- wp:"
# Elements whose content is kept as it is, up to their own end.
_RAW = frozenset({"pre", "script", "style", "textarea"})
# Elements that hold words directly, so that these need no paragraph of their own.
_LEAVES = frozenset(
    {
        "address",
        "dd",
        "dt",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "legend",
        "li",
        "p",
        "summary",
        "td",
        "th",
    }
)
_CONTAINERS = frozenset(
    {"article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "footer", "form", "header", "hr"}
    | {"iframe", "main", "map", "menu", "nav", "ol", "section", "table", "tbody", "tfoot", "thead", "tr", "ul", "video"}
)
_BLOCK_TAG = re.compile(
    rf"<(/?)({'|'.join(sorted(_RAW | _LEAVES | _CONTAINERS, reverse=True))})\b[^<>]*>", re.IGNORECASE
)
_CAPTION_START = re.compile(r"\[caption\b[^\[\]]{0,500}\]")
# Shortcodes of WordPress itself that stand for media; those of plugins are unknown words and stay.
_MEDIA = re.compile(
    r"\[(?:gallery|audio|video|playlist|embed)\b[^\[\]]{0,500}\](?:[^\[\]]{0,500}\[/(?:audio|video|embed)\])?"
)
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")


def as_html(content: str) -> str:
    """The body of a post as HTML with its paragraphs."""
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    content = _CAPTION_START.sub("\n\n<figure><figcaption>", _MEDIA.sub("", content))
    content = content.replace("[/caption]", "</figcaption></figure>\n\n")
    return content if _BLOCK_EDITOR in content else "\n".join(_with_paragraphs(content))


def _with_paragraphs(content: str) -> list[str]:
    """Pieces of HTML: block elements as they are, the words between them as paragraphs."""
    pieces: list[str] = []
    place = 0
    raw: str | None = None
    in_leaf = False
    for tag in _BLOCK_TAG.finditer(content):
        closes, name = bool(tag[1]), tag[2].lower()
        if raw:
            if not (closes and name == raw):
                continue
            pieces.append(content[place : tag.end()])
            raw = None
        else:
            pieces += [*_paragraphs(content[place : tag.start()], in_leaf), tag[0]]
            raw = name if name in _RAW and not closes else None
        in_leaf = name in _LEAVES and not closes
        place = tag.end()
    return pieces + ([content[place:]] if raw else _paragraphs(content[place:], in_leaf))


def _paragraphs(words: str, in_leaf: bool) -> list[str]:
    """Blank lines part paragraphs; the first belongs to the element just opened if that holds words directly."""
    chunks = [chunk.strip() for chunk in _BLANK_LINE.split(words)]
    found = [chunk.replace("\n", "<br>\n") for chunk in chunks if chunk]
    bare = 1 if in_leaf and found and chunks[0] else 0
    return found[:bare] + [f"<p>{chunk}</p>" for chunk in found[bare:]]
