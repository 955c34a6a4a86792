"""Who put a post on the site, where that is not who wrote it: "Posted by ... |" as blogs print it."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from onrecord.articles.markup import Markup, label, visible_text
from onrecord.articles.words import Found, one_line

_POSTED_BY = re.compile(r"\bposted\s+by\s*:?\s*(?P<name>[^|\n]{1,60}?)?\s*(?:\||,|\bon\b|\bin\b|\bat\b|$)", re.IGNORECASE)
_FOOTER = re.compile(r"(?:^|[\s_-])(?:post-?(?:info|meta|footer|data)|entry-?(?:meta|footer|info|utility)|postmetadata|posted-?by|byline)(?:$|[\s_-])")
_LONGEST = 250


def find_posted_by(markup: Markup) -> Found | None:
    """The account or name in a "Posted by" line near the article."""
    for element in (*markup.authors, *markup.dates)[:200]:
        if not _FOOTER.search(label(element)) or markup.is_aside(element):
            continue
        if found := _name_in(element):
            return Found(found, "visible line")
    for line in markup.lines_after_headline(10):
        match = _POSTED_BY.search(line[:_LONGEST])
        if match and match["name"]:
            return Found(one_line(match["name"]), "visible line")
    return None


def _name_in(element: HtmlElement) -> str | None:
    """The name after "Posted by"; where a bar follows at once, as in ``Posted by | Example News |``, the part behind it."""
    words = visible_text(element, _LONGEST)
    match = _POSTED_BY.search(words[:_LONGEST])
    if not match:
        return None
    name = match["name"] or next((part for part in words[match.end() :].split("|") if part.strip(" ,|")), "")
    return one_line(name).strip(" ,|") or None
