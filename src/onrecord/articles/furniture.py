"""Lines that stand around an article's prose: headline, byline, date, "sign up", links to other stories."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from onrecord.articles.markup import Markup, label, visible_text
from onrecord.articles.names import has_lead_in
from onrecord.articles.times import read_time
from onrecord.articles.words import likeness, squeezed

_CALLS = re.compile(
    r"^\W*(?:click here\b.{0,80}|(?:please )?(?:sign|signing) up (?:for|to|here|"
    r"now)\b.{0,100}\b(?:newsletters?|e-?mail|alerts?|inbox|updates|daily)\b.{0,80}|subscribe (?:to|"
    r"now|here|today)\b.{0,160}|"
    r"get (?:the )?(?:latest|our)\b.{0,80}\b(?:inbox|newsletters?|updates?|app)\b.{0,80}|(?:like|"
    r"follow|find|join) (?:us|me|him|her|them)\b.{0,120}|"
    r"follow @?\w+(?: \w+){0,3} on (?:twitter|facebook|instagram)\b.{0,120}|download (?:our|"
    r"the)\b.{0,40}\bapp\b.{0,60}|"
    r"(?:read (?:more|also|next|on)|also read|see also|see more|more from|don['’]t miss|must read|"
    r"related(?: \w+)?|recommended|watch|listen|more|"
    r"lire aussi|lesen sie auch|leer más|lee también|leia também|baca juga|leggi anche|читайте также)\s*:.{0,220}|"
    r"(?:advertisement|advertising|advert|sponsored|comments?|share|print|email|tweet|tags|"
    r"story continues(?: below)?(?: advertisement)?|"
    r"article continues (?:below|after)\b.{0,40}|explore further|copy link|show more|view comments|"
    r"load more|leave a (?:comment|reply)|"
    r"no comments(?: yet)?|tell us what you think|share this(?: \w+)?|read more|loading)\W*|"
    r"(?:thanks|thank you) for signing up\b.{0,40}|keep an eye on your inbox\b.{0,60}|there was an error\b.{0,60}|"
    r"have (?:a tip|an? \w+ tip|information|something to share)\b.{0,200}|(?:email|contact|reach|"
    r"write to) .{2,60}(?:@|\bat \S+@).{0,120}|"
    r"(?:-{3,}|\*{3,})|updated? (?:at|on)\b.{0,40}|"
    r"\[/?[a-z_]+(?: [^\]]*)?\].{0,120})$",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"^\W*(?:©|\(c\)|copyright\b|all rights reserved\b)", re.IGNORECASE)
_ADDRESS = re.compile(r"^https?://\S+$")
_DECK = re.compile(
    r"(?:^|[\s_-])(?:deck|dek|standfirst|sub-?title|sub-?head(?:line|ing|er)?|strapline|kicker|excerpt|lede?-?in)(?:$|[\s_-])"
)
_LONGEST_CALL = 260
_HEAD = 6
_FEWEST_STORIES = 2
"""Links at the end of a body are a list of other stories from this many on; one more where something follows."""
_TAIL = 4


def without_furniture(paragraphs: list[str], markup: Markup, title: str | None, names: Sequence[str]) -> list[str]:
    """``paragraphs`` without what is no prose of the article; all of them where nothing would be left."""
    links, shouted = _link_lines(markup)
    first = _prose_start(paragraphs, title, names, set(_decks(markup)))
    kept = [
        paragraph for paragraph in paragraphs[first:] if not _is_call(paragraph) and squeezed(paragraph) not in shouted
    ]
    kept = _without_other_stories(kept, links)
    while kept and len(kept[-1]) <= _LONGEST_CALL and _COPYRIGHT.match(kept[-1]):
        kept.pop()
    return kept or paragraphs


def _without_other_stories(paragraphs: list[str], links: set[str]) -> list[str]:
    """``paragraphs`` without the run of bare links near their end: a list of other stories."""
    end = len(paragraphs)
    while end > max(1, len(paragraphs) - _TAIL) and squeezed(paragraphs[end - 1]) not in links:
        end -= 1
    start = end
    while start > 1 and squeezed(paragraphs[start - 1]) in links:
        start -= 1
    fewest = _FEWEST_STORIES if end == len(paragraphs) else _FEWEST_STORIES + 1
    return paragraphs[:start] + paragraphs[end:] if end - start >= fewest else paragraphs


def _prose_start(paragraphs: Sequence[str], title: str | None, names: Sequence[str], decks: set[str]) -> int:
    """Number of the first paragraph that is none of the lines under a headline."""
    start = 0
    for number, paragraph in enumerate(paragraphs[:_HEAD]):
        if _is_title(paragraph, title) or _stands_under_headline(paragraph, names, decks):
            start = number + 1
        elif number - start >= 1:
            break
    return start if start < len(paragraphs) else 0


def _is_title(paragraph: str, title: str | None) -> bool:
    return bool(title) and (squeezed(paragraph) == squeezed(title) or (likeness(paragraph, title) > 0.85))


def _stands_under_headline(paragraph: str, names: Sequence[str], decks: set[str]) -> bool:
    if _ADDRESS.match(paragraph) or squeezed(paragraph) in decks:
        return True
    if len(paragraph) > 120:
        return False
    without_names = paragraph
    for name in names:
        without_names = without_names.replace(name, "")
    if has_lead_in(paragraph) and not paragraph.endswith(".") and (len(paragraph) < 50 or without_names != paragraph):
        return True
    if read_time(paragraph) is not None and len(re.findall(r"[^\W\d_]{3,}", without_names)) <= 5:
        return True
    return bool(names) and len(re.findall(r"\w+", without_names)) <= 2


def _is_call(paragraph: str) -> bool:
    return len(paragraph) <= _LONGEST_CALL and _CALLS.match(paragraph) is not None


def _decks(markup: Markup) -> Iterator[str]:
    """What stands as a summary under the headline, as the page labels it."""
    if markup.headline is None:
        return
    for element in islice(markup.headline.itersiblings(), _HEAD):
        if isinstance(element.tag, str) and _DECK.search(label(element)):
            yield squeezed(visible_text(element, 600))


def _link_lines(markup: Markup) -> tuple[set[str], set[str]]:
    """Lines of the page that are nothing but a link, and those of them in capitals, put between the prose."""
    lines: set[str] = set()
    shouted: set[str] = set()
    for element in markup.tree.iter("p", "li", "h2", "h3", "h4", "h5"):
        link = element.find(".//a")
        if link is None:
            link = next((a for a in element.iterancestors("a")), None)
            inside = link is not None
        else:
            inside = False
        if link is None:
            continue
        words = visible_text(element, _LONGEST_CALL)
        if 12 < len(words) <= _LONGEST_CALL and (
            inside or squeezed(words) == squeezed(visible_text(link, _LONGEST_CALL))
        ):
            lines.add(squeezed(words))
            if words.isupper() and element.tag == "p":
                shouted.add(squeezed(words))
    return lines, shouted
