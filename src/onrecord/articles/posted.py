"""Who put a post on the site, where that is not who wrote it: "Posted by ... |" as blogs print it."""

from __future__ import annotations

import re

from onrecord.articles.markup import Markup, label, text_pieces
from onrecord.articles.words import Found, one_line, squeezed

_POSTED_BY = re.compile(r"\bposted\s+by\b\s*:?", re.IGNORECASE)
_AFTER_NAME = re.compile(r"\s+(?:on|in|at)\s.*$")
_FOOTER = re.compile(
    r"(?:^|[\s_-])(?:post-?(?:info|meta|footer|data)|entry-?(?:meta|footer|info|utility)|postmetadata|posted-?by|byline)(?:$|[\s_-])"
)
_LONGEST = 250


def find_posted_by(markup: Markup) -> Found | None:
    """The account or name in a "Posted by" line near the article."""
    for element in (*markup.authors, *markup.dates)[:200]:
        if not _FOOTER.search(label(element)) or markup.is_aside(element):
            continue
        if found := _name_after(text_pieces(element, _LONGEST)):
            return Found(found, "visible line")
    for line in markup.lines_after_headline(10):
        if found := _name_after([line[:_LONGEST]]):
            return Found(found, "visible line")
    return None


def _name_after(pieces: list[str]) -> str | None:
    """The name after "Posted by", also behind a bar, as in ``Posted by | Example News |``."""
    words = "|".join(pieces)
    match = _POSTED_BY.search(words)
    if not match:
        return None
    parts = (_AFTER_NAME.sub("", part).strip(" ,:") for part in words[match.end() :].split("|"))
    return next((one_line(part) for part in parts if squeezed(part)), None)
