"""Readers' replies on a page: name, time and text, where markup tells one reply from the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree
from lxml.html import HtmlElement

from onrecord.articles.jsonld import as_list, name_of
from onrecord.articles.markup import Markup, label, visible_lines, visible_text
from onrecord.articles.times import read_time
from onrecord.articles.words import attribute_line, one_line
from onrecord.terms import PageReply

_MOST = 2000
_LONGEST = 20_000
_LONGEST_NAME = 80
_START, _END = r"(?:^|\s)", r"(?=$|\s)"
_REPLY = re.compile(
    rf"{_START}(?:(?:li-|div-)?comment-\d+|comment(?:-?item|__item|-?wrapper|-?container|-?entry|-?box|-?block)?|comment-list-?item|"
    rf"comments?(?:-|__)item|h-cite|u-comment|p-comment|reply-?item){_END}"
)
_TEXT = re.compile(
    rf"{_START}(?:comments?(?:-|__|_)?(?:content|text|body|copy|message)|e-content|p-content|reply-?(?:text|content)|message-?(?:body|text)){_END}"
)
_NAME = re.compile(
    rf"{_START}(?:fn|p-author|p-name|comment(?:-|__|_)?author(?:-?name)?|comment(?:-|__|_)?(?:name|user(?:-?name)?|nick(?:name)?)|author(?:-?name)?|"
    rf"user-?name|commenter|nickname){_END}"
)
_TIME = re.compile(
    rf"{_START}(?:comment(?:-|__|_)?(?:date|time|meta(?:data)?|author)|dt-published|published|timestamp|datetime|date|time){_END}"
)
_SAYS = re.compile(
    r"\s*(?:\b(?:says?|said|writes|wrote|schreibt|sagt|meint|dice|dit|zegt)\b\s*:?|\bon\s+\S.{5,40})\s*$", re.IGNORECASE
)


def find_replies(markup: Markup, language: str | None) -> tuple[tuple[PageReply, ...], str | None]:
    """Replies in page order, and where they were read."""
    for read, evidence in ((_from_elements, "comment markup"), (_from_data, "json-ld")):
        replies = tuple(dict.fromkeys(read(markup, language)))
        if replies:
            return replies[:_MOST], evidence
    return (), None


def _from_data(markup: Markup, language: str | None) -> Iterator[PageReply]:
    for node in as_list(markup.data.article.get("comment"))[:_MOST]:
        if not isinstance(node, Mapping):
            continue
        text = next((value for key in ("text", "commentText") if isinstance(value := node.get(key), str)), "")
        if words := attribute_line(text):
            name = next(
                (n for n in map(name_of, as_list(node.get("author")) + as_list(node.get("creator"))) if n), None
            )
            yield PageReply(
                name, words, _time(str(node.get("datePublished") or node.get("dateCreated") or ""), language)
            )


def _from_elements(markup: Markup, language: str | None) -> Iterator[PageReply]:
    elements = [
        element for element in markup.replies[: 2 * _MOST] if is_reply(element) and element not in markup.above_headline
    ]
    replies = set(elements)
    for element in elements:
        own = list(_own(element, replies))
        text_element = _text_element(own)
        name = _name(own, text_element)
        time = _time_of(own, language)
        if name is None and time is None:
            continue  # a form, a counter, a list around the replies
        text = "\n".join(visible_lines(text_element, _LONGEST)) if text_element is not None else _bare_text(own)
        if text:
            yield PageReply(name, text, time)


def is_reply(element: HtmlElement) -> bool:
    """Whether an element is marked as one reader's reply: schema.org, microformats, or the usual class names."""
    kind = (element.get("itemtype") or "").rstrip("/").rsplit("/", 1)[-1].lower()
    if kind:
        return kind in ("comment", "usercomments", "answer")
    return element.tag != "form" and bool(_REPLY.search(label(element)))


def _own(element: HtmlElement, replies: set[HtmlElement]) -> Iterator[HtmlElement]:
    """Elements inside a reply that belong to no reply nested in it, to no form and no script."""
    walker = etree.iterwalk(element, events=("start",))
    for _, node in walker:
        if node is element:
            continue
        if node in replies or not isinstance(node.tag, str) or node.tag in ("form", "script", "style", "template"):
            walker.skip_subtree()
        else:
            yield node


def _text_element(own: list[HtmlElement]) -> HtmlElement | None:
    """The innermost of the first elements that are marked as the text of a reply, without the name of who wrote it."""
    found: HtmlElement | None = None
    for node in own:
        if node.get("itemprop") in ("text", "commentText"):
            return node
        is_text = _TEXT.search(label(node)) and not any(
            _name_rank(inner) is not None for inner in node.iterdescendants()
        )
        if is_text and (found is None or found in node.iterancestors()):
            found = node
    return found


def _bare_text(own: list[HtmlElement]) -> str:
    """The paragraphs of a reply whose text has no element of its own."""
    return "\n".join(
        words for node in own if node.tag == "p" and not label(node).strip() and (words := visible_text(node, _LONGEST))
    )


def _name(own: list[HtmlElement], text_element: HtmlElement | None) -> str | None:
    best: tuple[int, str] | None = None
    in_text = set(text_element.iter()) if text_element is not None else set()
    for node in own:
        rank = _name_rank(node)
        if rank is None or node in in_text or (best is not None and best[0] <= rank):
            continue
        words = visible_text(node, 2 * _LONGEST_NAME)
        words = _SAYS.sub("", _SAYS.sub("", words))
        if 0 < len(words) <= _LONGEST_NAME:
            best = rank, words
    return best[1] if best else None


def _name_rank(node: HtmlElement) -> int | None:
    """How surely an element holds the name of who replied: 0 most, ``None`` not at all."""
    itemprop, names = node.get("itemprop") or "", label(node)
    if itemprop in ("author", "creator") or "fn" in names.split():
        return 0
    return 1 if _NAME.search(names) else None


def _time_of(own: list[HtmlElement], language: str | None) -> str | None:
    for node in own:
        stamp = node.get("datetime") or (
            node.get("content") if "date" in (node.get("itemprop") or "").lower() else None
        )
        if stamp and (found := _time(stamp, language)):
            return found
    for node in own:
        if _TIME.search(label(node)) and (found := _time(visible_text(node, 120), language)):
            return found
    return None


def _time(words: str, language: str | None) -> str | None:
    when = read_time(one_line(words), language=language)
    return str(when) if when else None
