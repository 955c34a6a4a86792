"""Readers' replies on a page: name, time and text, where markup tells one reply from the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from onrecord.articles.jsonld import as_list, name_of
from onrecord.articles.markup import Markup, label, visible_lines, visible_text
from onrecord.articles.times import read_time
from onrecord.articles.words import attribute_line, one_line
from onrecord.terms import PageReply

_MOST = 2000
_LONGEST = 20_000
_REPLY = re.compile(r"(?:^|\s)(?:li-?comment-\d+|comment-\d+|div-comment-\d+|comment(?:-?item|__item|-?wrapper|-?container|-?entry|-?box)?|commentlist-?item|h-cite|u-comment|p-comment|reply-?item|comments-?item|comments__item|pinglist)(?=$|\s)")
_TEXT = re.compile(r"(?:^|\s|_|-)(?:comment-?(?:content|text|body|copy|message|entry)|comment__(?:content|text|body|message)|comments__text|comments-?text|e-content|p-content|reply-?(?:text|content|body)|message)(?=$|\s)")
_NAME = re.compile(r"(?:^|\s|_|-)(?:fn|comment-?author(?:-?name)?|comment-?(?:name|user(?:-?name)?)|comment__author(?:-name)?|author(?:-?name)?|p-author|p-name|user-?name|commenter|nickname|url)(?=$|\s)")
_TIME = re.compile(r"(?:^|\s|_|-)(?:comment-?(?:date|time|meta(?:data)?)|comment__(?:date|time)|dt-published|published|timestamp|date|time)(?=$|\s)")
_MACHINERY = re.compile(r"(?:^|\s|_|-)(?:reply|respond|comment-?(?:reply|respond|form|actions?|tools|edit)|children|says|vote|likes?|share|avatar|awaiting-?moderation)(?=$|\s)")
_SAYS = re.compile(r"\s*(?:says?|said|schreibt|sagt|dice|dit|writes|wrote|on .{6,40})\s*:?\s*$", re.IGNORECASE)


def find_replies(markup: Markup, language: str | None) -> tuple[tuple[PageReply, ...], str] | None:
    """Replies in page order with where they were read; ``None`` where there are none."""
    for read, evidence in ((_from_elements, "comment markup"), (_from_data, "json-ld")):
        replies = tuple(dict.fromkeys(read(markup, language)))
        if replies:
            return replies[:_MOST], evidence
    return None


def _from_data(markup: Markup, language: str | None) -> Iterator[PageReply]:
    for node in as_list(markup.data.article.get("comment"))[:_MOST]:
        if isinstance(node, Mapping):
            text = node.get("text") or node.get("commentText")
            if isinstance(text, str) and (words := attribute_line(text)):
                name = next((n for n in map(name_of, as_list(node.get("author") or node.get("creator"))) if n), None)
                yield PageReply(name, words, _time(str(node.get("datePublished") or node.get("dateCreated") or ""), language))


def _from_elements(markup: Markup, language: str | None) -> Iterator[PageReply]:
    replies = [element for element in markup.replies if _is_reply(element)]
    inside = set(replies)
    for element in replies[:_MOST]:
        text_element = _text_element(element, inside)
        if text_element is None:
            continue
        lines = [line for line in visible_lines(text_element, _LONGEST) if line]
        if lines:
            yield PageReply(_name(element, text_element, inside), "\n".join(lines), _time_of(element, inside, language))


def _is_reply(element: HtmlElement) -> bool:
    names = label(element)
    return "comment" in (element.get("itemtype") or "").lower().rsplit("/", 1)[-1] or bool(_REPLY.search(names))


def _own(element: HtmlElement, replies: set[HtmlElement]) -> Iterator[HtmlElement]:
    """Elements of a reply that belong to no reply nested in it."""
    walker = etree.iterwalk(element, events=("start",))
    for _, node in walker:
        if node is not element and node in replies:
            walker.skip_subtree()
        elif isinstance(node.tag, str):
            yield node


def _text_element(element: HtmlElement, replies: set[HtmlElement]) -> HtmlElement | None:
    best: HtmlElement | None = None
    for node in _own(element, replies):
        if node.get("itemprop") in ("text", "commentText", "reviewBody"):
            return node
        if node is not element and best is None and _TEXT.search(label(node)) and not _holds(node, replies):
            best = node
        elif best is not None and _TEXT.search(label(node)) and node in set(best.iterdescendants()):
            best = node
    return best


def _holds(element: HtmlElement, replies: set[HtmlElement]) -> bool:
    return any(node in replies for node in element.iterdescendants())


def _name(element: HtmlElement, text_element: HtmlElement, replies: set[HtmlElement]) -> str | None:
    text_nodes = set(text_element.iter())
    candidates: list[tuple[int, str]] = []
    for node in _own(element, replies):
        if node in text_nodes or node is element:
            continue
        itemprop, names = node.get("itemprop") or "", label(node)
        rank = 0 if itemprop in ("author", "creator", "name") or "fn" in names.split() else 1 if _NAME.search(names) else None
        if rank is not None and not _MACHINERY.search(names):
            words = _SAYS.sub("", visible_text(node, 80))
            if 0 < len(words) <= 80:
                candidates.append((rank, words))
    return min(candidates, key=lambda candidate: candidate[0])[1] if candidates else None


def _time_of(element: HtmlElement, replies: set[HtmlElement], language: str | None) -> str | None:
    for node in _own(element, replies):
        stamp = node.get("datetime") or (node.get("content") if "date" in (node.get("itemprop") or "").lower() else None)
        if stamp and (found := _time(stamp, language)):
            return found
    for node in _own(element, replies):
        if _TIME.search(label(node)) and (found := _time(visible_text(node, 80), language)):
            return found
    return None


def _time(words: str, language: str | None) -> str | None:
    when = read_time(one_line(words), language=language)
    return str(when) if when else None
