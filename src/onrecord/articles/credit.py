"""Which outlet's report a page republishes, and of what day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.articles.bylines import Byline
from onrecord.articles.jsonld import as_list, name_of
from onrecord.articles.markup import Markup
from onrecord.articles.names import agency_named, newspaper_after
from onrecord.articles.outlets import host_in, host_of, same_outlet, site_of
from onrecord.articles.times import read_time
from onrecord.articles.words import squeezed

_NAME = r"(?P<name>(?:[Tt]he\s+)?[A-Z0-9][\w.&'’-]*(?:\s+(?:of|the|for|and|&|in|[A-Z0-9][\w&'’.-]*)){0,6})"
_SAID_SO = re.compile(  # "This article was originally published by ...", "Republished from ..."
    rf"(?:^|\b(?:article|story|post|report|column|piece|op-ed|essay|interview|commentary|version|text|content)\b[^.!?]{{0,60}}?\s)"
    rf"(?:(?:originally|first)\s+(?:published|appeared|posted|printed|ran)|re-?published(?:\s+with\s+permission)?|"
    rf"reprinted(?:\s+with\s+permission)?|reproduced(?:\s+with\s+permission)?|syndicated|cross-?posted|courtesy)\s+"
    rf"(?:(?:here\s+)?(?:on|in|by|at|from|of)\s+){{1,2}}{_NAME}"
)
_PROVIDED = re.compile(
    rf"^(?:provided\s+by|source\s*:|via\s*:|credit\s*:|content\s+from|story\s+(?:from|by))\s*{_NAME}\s*\.?$",
    re.IGNORECASE,
)
_CREDIT_LINE = re.compile(r"^(?P<line>[^\n]{2,60}?)\s*(?:\s[–—-]\s|\||•|·)\s*(?P<date>[^\n]{6,40})$")
_DATELINE = re.compile(r"^[^\n()]{0,80}\((?P<name>[A-Z][\w .-]{1,30})\)\s*(?:[-–—:]|--)?\s*")
_DATELINE_AFTER = re.compile(r"^[^\n]{0,60}?[,/]\s*[^\n]{0,30}?\((?P<name>[A-Z][\w .-]{1,30})\)")
_COPYRIGHT = re.compile(
    rf"(?:©|\(c\)|copyright)\s*(?:copyright\s*)?(?:(?:19|20)\d\d)?[\s,]*(?:by\s+)?{_NAME}", re.IGNORECASE
)
_SIGN_OFF = re.compile(r"(?:^|[.!?”\"')\]]\s+|[-–—(]\s*)(?P<name>[A-Z][A-Za-z/ ]{1,24}?)[)]?\s*\.?$")
_SOURCE_META = (
    "original-source", "syndication-source", "sailthru_pubname", "originalsourcesite", "article:source", "news_source",
    "sourcename", "provider", "dc.source", "cxenseparse:source", "partner", "content-partner",
)  # fmt: skip
_STAFF = re.compile(
    r"\b(?:staff|bureau|desk|team|services|reports|newsroom|editors?|editorial|writers?|wire services|correspondent)\b",
    re.IGNORECASE,
)
_HEAD_LINES, _FOOT_PARAGRAPHS = 8, 4


@dataclass(frozen=True, slots=True)
class Credit:
    """The outlet a report is taken from; ``date`` where the credit line gives one."""

    outlet: str
    evidence: str
    date: str | None = None


def find_credit(
    markup: Markup, outlet: str | None, byline: Byline, paragraphs: Sequence[str], language: str | None
) -> Credit | None:
    """The outlet that is credited with the report, unless it is the page's own."""
    for credit in _candidates(markup, byline, paragraphs, language):
        if not same_outlet(credit.outlet, outlet) and squeezed(credit.outlet) != squeezed(host_of(markup)):
            return credit
    return None


def credit_in_text(lines_at_top: Sequence[str], paragraphs: Sequence[str], language: str | None) -> Iterator[Credit]:
    """Credits that the words of an article give, the most explicit first."""
    for line in (*lines_at_top, *paragraphs[-_FOOT_PARAGRAPHS:], *paragraphs[:1]):
        if match := _SAID_SO.search(line):
            when = read_time(line[match.end() :], language=language)
            yield Credit(_tidied(match["name"]), "visible line", when.day.isoformat() if when else None)
    for line in (*lines_at_top, *paragraphs[-_FOOT_PARAGRAPHS:]):
        if match := _PROVIDED.match(line):
            yield Credit(_tidied(match["name"]), "visible line")
    for line in lines_at_top:
        if credit := credit_line(line, language):
            yield credit
    yield from _agencies(paragraphs)


def credit_line(line: str, language: str | None) -> Credit | None:
    """``Example TV – July 14, 2019``: a name and a date, nothing else."""
    match = _CREDIT_LINE.match(line)
    if not match:
        return None
    name = match["line"].strip()
    when = read_time(match["date"], language=language)
    words = name.split()
    if (
        when is None
        or not 1 <= len(words) <= 5
        or any(c.isdigit() for c in name)
        or name.endswith((".", ":", "?", "!"))
    ):
        return None
    if not all(word[0].isupper() or word.lower() in ("of", "the", "and", "for") for word in words):
        return None
    return Credit(agency_named(name) or name, "visible line", when.day.isoformat())


def _candidates(markup: Markup, byline: Byline, paragraphs: Sequence[str], language: str | None) -> Iterator[Credit]:
    names = {squeezed(name) for name in byline.people}
    at_top = [line for line in markup.lines_after_headline(_HEAD_LINES) if not _names_somebody(line, names)]
    yield from credit_in_text(at_top, paragraphs, language)
    yield from _agencies_in_markup(markup, byline)
    for line in markup.lines_after_headline(_HEAD_LINES):
        if paper := newspaper_after(line, byline.people):
            yield Credit(paper, "visible byline")
    for name in byline.organizations:
        if not _STAFF.search(name):
            yield Credit(name, byline.evidence)
    yield from _canonical_elsewhere(markup)


def _agencies_in_markup(markup: Markup, byline: Byline) -> Iterator[Credit]:
    """News agencies that the byline or the markup names as the source."""
    named = [(name, byline.evidence) for name in byline.organizations]
    named += [(name_of(publisher), "json-ld") for publisher in as_list(markup.data.article.get("publisher"))]
    named += [(markup.meta.first(name) or "", "meta") for name in _SOURCE_META]
    for name, where in named:
        if agency := agency_named(name):
            yield Credit(agency, where)


def _names_somebody(line: str, names: set[str]) -> bool:
    key = squeezed(line)
    return any(name and name in key for name in names)


def _agencies(paragraphs: Sequence[str]) -> Iterator[Credit]:
    for paragraph in paragraphs[:3]:
        for pattern in (_DATELINE, _DATELINE_AFTER):
            match = pattern.match(paragraph[:140])
            if match and (full := agency_named(match["name"])):
                yield Credit(full, "dateline")
    for paragraph in paragraphs[-_FOOT_PARAGRAPHS:]:
        match = _COPYRIGHT.search(paragraph[:200])
        if match and (full := agency_named(_tidied(match["name"]))):
            yield Credit(full, "visible line")
    for paragraph in paragraphs[-2:]:
        match = _SIGN_OFF.search(paragraph[-60:])
        if match and (full := agency_named(match["name"])):
            yield Credit(full, "visible line")


def _canonical_elsewhere(markup: Markup) -> Iterator[Credit]:
    """A canonical address on another site: that site had the report first."""
    own, canonical = host_in(markup.url), host_in(markup.meta.link("canonical"))
    if own and canonical and site_of(own) != site_of(canonical):
        yield Credit(site_of(canonical), "canonical address")


def _tidied(name: str) -> str:
    name = re.sub(r"(?:\s+(?:and|the|in|of|for|&)|[\s.,;:])+$", "", name.split(". ")[0]).strip()
    return agency_named(name) or name
