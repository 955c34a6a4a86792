"""The article's body as paragraphs.

trafilatura finds the body. Before it, the tree is rid of what no reader takes for the article (other stories, pop-ups,
sign-up forms), and a body that advertisements cut into pieces is joined again. After it, the lines around the prose
(headline, byline, date, "click here") are dropped.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from onrecord.articles.furniture import without_furniture
from onrecord.articles.markup import Markup, label
from onrecord.articles.replies_found import is_reply
from onrecord.articles.words import one_line
from onrecord.terms import PARAGRAPH_BREAK

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it finds wanting is told by our errors

_HOLDS_BLOCKS = frozenset({"item", "row", "p", "head", "list", "table", "quote"})
_SENTENCE_END = re.compile(r"[.!?:;…।。！？][\"'”’»)\]]*$")
_BODY_PART = re.compile(
    r"(?:^|[\s_-])(?:article|story|entry|post|content|main)[_-]{0,2}(?:body|content|text|copy|paragraphs?|chunk)(?:$|[\s_-])"
)
_NO_PROSE = frozenset({"a", "script", "style", "noscript", "template", "svg", "button", "select", "option"})
_SHORT = 500
_EMBED = re.compile(r"embed|social|twitter|tweet|media|wp-block|wrapper")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_LARGEST_SHARE_DROPPED = 0.3
"""Of the page's prose; what holds more is the article itself, whatever its class says."""
_MOST_MARKS = 400


@dataclass(frozen=True, slots=True)
class Body:
    """An article's body; both lists are empty where the page has none."""

    paragraphs: list[str]
    """In order, each a clean line."""
    lines: list[str]
    """The same with the lines around the prose, among which credits stand."""


def find_body(markup: Markup, title: str | None = None, names: Sequence[str] = ()) -> Body:
    """The body of the article on a page."""
    paragraphs = _extracted(_prepared(markup), markup.url)
    if _size(paragraphs) < _SHORT:
        from_whole = _extracted(deepcopy(markup.tree), markup.url)
        if _size(from_whole) > 2 * _size(paragraphs):
            paragraphs = from_whole
    return Body(without_furniture(paragraphs, markup, title, names), paragraphs)


def join(paragraphs: Sequence[str]) -> str:
    """An article's text: paragraphs joined by a blank line."""
    return PARAGRAPH_BREAK.join(paragraphs)


def _extracted(tree: HtmlElement, url: str | None) -> list[str]:
    try:
        document = bare_extraction(tree, url=url, fast=True, include_comments=False)
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError):  # odd trees break its cleaning
        return []
    body = getattr(document, "body", None)
    return [] if body is None else [paragraph for paragraph in map(one_line, _blocks(body)) if paragraph]


def _size(paragraphs: Sequence[str]) -> int:
    return sum(map(len, paragraphs))


def _prepared(markup: Markup) -> HtmlElement:
    """A copy of the tree without what surrounds the article, and with a body in pieces joined."""
    marked = list(dict.fromkeys(_to_drop(markup)))
    for number, element in enumerate(marked):
        element.set("data-dropped", str(number))
    tree = deepcopy(markup.tree)
    for element in marked:
        del element.attrib["data-dropped"]
    for element in tree.xpath("//*[@data-dropped]"):
        _drop(element)
    _join_pieces(tree)
    _keep_quoted_posts(tree)
    return tree


def _to_drop(markup: Markup) -> Iterator[HtmlElement]:
    hidden = [
        e
        for e in markup.tree.xpath("//*[@hidden or contains(@style, 'none') or contains(@style, 'hidden')]")
        if _is_hidden(e)
    ]
    replies = {element for element in markup.replies if is_reply(element)} - markup.above_headline
    candidates = {*markup.marked_aside, *hidden, *replies} - markup.above_headline - {markup.headline}
    sizes = _prose_sizes(markup.tree, candidates)
    most = _LARGEST_SHARE_DROPPED * sizes[markup.tree]
    dropped: set[HtmlElement] = set()
    for element in sorted(candidates, key=markup.order.__getitem__):
        if element.tag in ("html", "body", "head") or (sizes.get(element, 0) > most and element not in replies):
            continue
        if not any(ancestor in dropped for ancestor in element.iterancestors()):
            dropped.add(element)
            yield element


def _is_hidden(element: HtmlElement) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _prose_sizes(tree: HtmlElement, wanted: set[HtmlElement]) -> dict[HtmlElement, int]:
    """Characters of text outside links and scripts in each of the elements ``wanted``, and in the whole tree."""
    sizes: dict[HtmlElement, int] = {}
    walker = etree.iterwalk(tree, events=("start", "end"))
    total = 0
    for event, node in walker:
        if event == "start":
            if node in wanted:
                sizes[node] = total
            if node.tag in _NO_PROSE:
                walker.skip_subtree()
            elif node.text and isinstance(node.tag, str):
                total += len(node.text.strip())
        else:
            if node in wanted:
                sizes[node] = total - sizes[node]
            if node.tail:
                total += len(node.tail.strip())
    sizes[tree] = total
    return sizes


def _keep_quoted_posts(tree: HtmlElement) -> None:
    """Keep posts quoted from a social network: part of the article, though their classes look like decoration."""
    for quotation in tree.iter("blockquote"):
        if "twitter-tweet" in (quotation.get("class") or ""):
            element: HtmlElement | None = quotation
            for _ in range(3):
                if element is None or element.tag not in ("blockquote", "div", "figure"):
                    break
                if element is quotation or _EMBED.search(label(element)):
                    element.attrib.pop("class", None)
                element = element.getparent()


def _drop(element: HtmlElement) -> None:
    parent = element.getparent()
    if parent is not None:
        element.drop_tree()


def _join_pieces(tree: HtmlElement) -> None:
    """Move the parts of a body that stands in several containers of one class into the first of them."""
    groups: dict[str, list[HtmlElement]] = {}
    for element in tree.iter("div", "section"):
        names = element.get("class")
        if names and _BODY_PART.search(label(element)) and element.find(".//p") is not None:
            groups.setdefault(names, []).append(element)
    for elements in groups.values():
        first = elements[0]
        if not 1 < len(elements) <= _MOST_MARKS:
            continue
        ancestors = {ancestor for element in elements for ancestor in element.iterancestors()}
        if any(element in ancestors for element in elements) or first.getparent() is None:
            continue
        for element in elements[1:]:
            first.extend(list(element))


def _blocks(body: etree._Element) -> Iterator[str]:
    """One text for each paragraph, heading, quotation line, list item and table row of trafilatura's tree."""
    for element in body:
        if element.tag == "row":
            yield " ".join(one_line(" ".join(cell.itertext())) for cell in element)
        elif any(child.tag in _HOLDS_BLOCKS for child in element):
            yield element.text or ""
            yield from _blocks(element)
        else:
            yield from _broken_lines(element)
        yield element.tail or ""


def _broken_lines(element: etree._Element) -> Iterator[str]:
    """The text of a block, cut at line breaks that end a sentence; other breaks are layout."""
    line: list[str] = [element.text or ""]
    for child in element:
        if child.tag == "lb":
            words = one_line("".join(line))
            if _SENTENCE_END.search(words):
                yield words
                line = []
            else:
                line.append(" ")
        else:
            line.append("".join(child.itertext()))
        line.append(child.tail or "")
    yield "".join(line)
