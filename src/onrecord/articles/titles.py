"""The headline, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from onrecord.articles.markup import Markup, label, visible_text
from onrecord.articles.words import Found, attribute_line, likeness, squeezed

_SEPARATED = re.compile(r"\s+(?:[|–—»«•·:~/]|-{1,2}|::)\s+|\s*\|\s*|\s+[-–—|]\s*$")
_HEADLINE_NAMES = re.compile(r"headline|title|heading")
_LONGEST = 400


def find_title(markup: Markup) -> Found | None:
    """The headline as shown on the page; failing that, as the page's markup states it.

    Also tells ``markup`` which element holds it.
    """
    stated = [(words, evidence) for words, evidence in _stated(markup) if len(words) <= _LONGEST]
    element = _shown(markup, [words for words, _ in stated])
    if element is not None:
        markup.set_headline(element)
        return Found(visible_text(element), "visible headline")
    for words, evidence in stated:
        if evidence != "title element":
            return Found(without_site(words, site_names(markup)), evidence)
    if stated:
        return Found(without_site(stated[0][0], site_names(markup), guess=True), stated[0][1])
    return None


def without_site(title: str, names: Iterable[str], *, guess: bool = False) -> str:
    """``title`` without a part at its end or start that is one of the site's names.

    With ``guess`` a short last part goes even if it is no known name.
    """
    keys = {squeezed(name) for name in names} - {""}
    parts = _SEPARATED.split(title)
    if len(parts) < 2:
        return title
    cuts = list(_SEPARATED.finditer(title))
    for cut in reversed(cuts):
        tail = title[cut.end() :]
        if squeezed(tail) in keys or not tail:
            return title[: cut.start()]
    first = squeezed(title[: cuts[0].start()])
    if first in keys:
        return title[cuts[0].end() :]
    last = cuts[-1]
    tail = title[last.end() :]
    if guess and len(tail.split()) <= 5 and len(tail) < last.start():
        return title[: last.start()]
    return title


def site_names(markup: Markup) -> set[str]:
    """Every name under which the page's markup speaks of its site."""
    meta = markup.meta
    names = {
        value for name in ("og:site_name", "application-name", "publisher", "twitter:site") for value in meta.all(name)
    }
    names |= {
        attribute_line(node.get("name")) for node in markup.data.organizations() if isinstance(node.get("name"), str)
    }
    for publisher in markup.data.article.get("publisher") or ():
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            names.add(attribute_line(publisher["name"]))
    return {name.lstrip("@") for name in names if name}


def _stated(markup: Markup) -> Iterable[tuple[str, str]]:
    if words := markup.data.text("headline", "name"):
        yield words, "json-ld"
    for name in ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title"):
        if words := markup.meta.first(name):
            yield words, "meta"
    if words := attribute_line(markup.tree.findtext(".//title")):
        yield words, "title element"


def _shown(markup: Markup, stated: list[str]) -> HtmlElement | None:
    """The heading that shows the article's headline."""
    site = {squeezed(name) for name in site_names(markup)}
    best: HtmlElement | None = None
    best_score = 0.0
    headings = markup.headings[:200]
    main_headings = sum(1 for heading in headings if heading.tag == "h1")
    for heading in headings:
        words = visible_text(heading, _LONGEST)
        if not words or len(words) > _LONGEST or squeezed(words) in site:
            continue
        score = _score(markup, heading, words, stated, main_headings)
        if score > best_score:
            best, best_score = heading, score
    return best


def _score(markup: Markup, heading: HtmlElement, words: str, stated: list[str], main_headings: int) -> float:
    """How likely a heading is the headline: 0 or less is not at all."""
    like = max((likeness(words, title) for title in stated), default=0.0)
    names = label(heading)
    score = 2.0 * like
    if heading.tag == "h1":
        score += 0.7 if main_headings == 1 else 0.4
    elif like < 0.8:
        return 0.0
    if "headline" in (heading.get("itemprop") or ""):
        score += 0.8
    if _HEADLINE_NAMES.search(names):
        score += 0.2
    if len(words.split()) < 3:
        score -= 0.4
    if markup.is_aside(heading):
        score -= 0.9
    return score - 0.5
