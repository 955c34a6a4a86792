"""The article's body as paragraphs: trafilatura finds it, we cut it into paragraphs and drop what is no prose of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from trafilatura import bare_extraction

from onrecord.articles.markup import Markup
from onrecord.articles.words import one_line
from onrecord.terms import PARAGRAPH_BREAK

_HOLDS_BLOCKS = frozenset({"item", "row", "p", "head", "list", "table", "quote"})
_SENTENCE_END = re.compile(r"[.!?:;…।。！？][\"'”’»)\]]*$")


def find_paragraphs(markup: Markup) -> list[str]:
    """Body paragraphs in order, each a clean line; empty where no body is found."""
    try:
        document = bare_extraction(markup.tree, url=markup.url, fast=True, include_comments=False, include_tables=True)
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError):  # odd trees break its cleaning
        return []
    body = getattr(document, "body", None)
    if body is None:
        return []
    return [paragraph for paragraph in map(one_line, _blocks(body)) if paragraph]


def join(paragraphs: list[str]) -> str:
    """An article's text: paragraphs joined by a blank line."""
    return PARAGRAPH_BREAK.join(paragraphs)


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
