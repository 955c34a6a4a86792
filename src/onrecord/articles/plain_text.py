"""A page whose markup is gone: site line, headline, credit line, body, footer, comment section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.articles.bylines import Byline, read_byline
from onrecord.articles.credit import Credit, credit_in_text, credit_line
from onrecord.articles.outlets import same_outlet
from onrecord.articles.times import When, read_time
from onrecord.articles.words import one_line, squeezed

_POSTED = re.compile(
    r"^(?P<date>[^|\n]{0,40}?)\s*[-–—|]?\s*posted\s+(?:by\b|in\b)\s*(?P<by>[^|\n]*?)\s*(?:\|\s*(?P<rest>[^\n]*))?$",
    re.IGNORECASE,
)
_END_OF_BODY = re.compile(
    r"^(?:(?:no|\d+|one)\s+(?:comments?|replies|responses?)(?:\s+yet)?\.?(?:\s.{0,20})?|comments?(?:\s+are\s+closed\.?)?|leave\s+a\s+(?:reply|comment)\b.*|"
    r"(?:be\s+the\s+first\s+to\s+)?comment(?:\s+on\s+this)?|join\s+the\s+(?:discussion|conversation)|add\s+(?:a\s+|your\s+)?comment|post\s+a\s+comment|"
    r"share\s+this:?|like\s+this:?|related(?:\s+(?:posts|articles|stories))?:?|filed\s+under:?.*|tags?\s*:.*|categories\s*:.*|"
    r"you\s+(?:must|need\s+to)\s+be\s+logged\s+in\b.*|fill\s+in\s+your\s+details\s+below.*|this\s+site\s+uses\s+akismet.*|"
    r"your\s+email\s+address\s+will\s+not\s+be\s+published.*|sign\s+up\s+for\b.{0,60}|subscribe\s+to\b.{0,60})$",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(r"^(?:(?:published|posted|updated|date)\b\s*:?\s*)?.{0,12}\d.{3,50}$", re.IGNORECASE)
_BYLINE = re.compile(r"^(?:by|written by|author:)\s+\S.{2,80}$", re.IGNORECASE)
_PROSE = 160
_LONGEST_TITLE = 200
_HEAD = 8


@dataclass(slots=True)
class PlainPage:
    """What the lines of a stripped page say."""

    paragraphs: list[str]
    title: str | None = None
    outlet: str | None = None
    byline: Byline = field(default_factory=Byline)
    posted_by: str | None = None
    credit: Credit | None = None
    published: When | None = None


def read_plain_text(text: str) -> PlainPage:
    """Set the body apart from headline, credit line and the machinery around them.

    Without any such structure it is all body, and the first line is the headline if it reads like one.
    """
    paragraphs = [line for block in re.split(r"\n\s*\n", text) if (line := one_line(block))]
    body_starts, head = _head(paragraphs)
    body_ends, foot = _foot(paragraphs, body_starts)
    page = PlainPage(paragraphs[body_starts:body_ends])
    _read_head(page, head)
    _read_foot(page, foot)
    if page.credit is None:
        found = next(
            (c for c in credit_in_text((), page.paragraphs, None) if not same_outlet(c.outlet, page.outlet)), None
        )
        page.credit = found
    if page.published is None and page.credit is not None and page.credit.date:
        page.published = read_time(page.credit.date)
    return page


def _head(paragraphs: Sequence[str]) -> tuple[int, list[str]]:
    """Where the body starts, and the lines before it: short ones that end no sentence."""
    count = 0
    for line in paragraphs[:_HEAD]:
        if not _is_head_line(line):
            break
        count += 1
    if count == len(paragraphs):  # nothing but short lines: the first may be the headline, the rest is body
        count = 1 if len(paragraphs) > 1 else 0
    return count, list(paragraphs[:count])


def _is_head_line(line: str) -> bool:
    if credit_line(line, None) or _BYLINE.match(line) or _is_date_line(line):
        return True
    return len(line) <= _LONGEST_TITLE and not re.search(r"[.;,][\"'”’)]*$", line) and len(line.split()) <= 30


def _is_date_line(line: str) -> bool:
    return bool(_DATE_LINE.match(line)) and len(line) <= 60 and read_time(line) is not None


def _foot(paragraphs: Sequence[str], start: int) -> tuple[int, list[str]]:
    """Where the body ends, and the lines after it: from a posted-by footer or the comment section on."""
    for number in range(start, len(paragraphs)):
        line = paragraphs[number]
        if len(line) <= _PROSE and (_END_OF_BODY.match(line) or (_POSTED.match(line) and read_time(line))):
            return number, list(paragraphs[number:])
    return len(paragraphs), []


def _read_head(page: PlainPage, head: Sequence[str]) -> None:
    lines: list[str] = []
    for line in head:
        if credit := credit_line(line, None):
            page.credit = credit
        elif _BYLINE.match(line):
            page.byline = read_byline(line)
        elif _is_date_line(line):
            page.published = page.published or read_time(line)
        else:
            lines.append(line)
    if not lines:
        return
    page.title = max(lines[:3], key=lambda line: (len(line.split()) > 4, -lines.index(line)))
    before = lines[: lines.index(page.title)]
    if before and len(before[0].split()) <= 6:
        page.outlet = before[0]


def _read_foot(page: PlainPage, foot: Sequence[str]) -> None:
    for line in foot[:3]:
        match = _POSTED.match(line)
        if not match:
            continue
        parts = [part.strip(" ,") for part in (match["by"], *(match["rest"] or "").split("|"))]
        names = [part for part in parts if squeezed(part)]
        page.posted_by = names[0] if names else None
        if page.outlet is None and len(names) == 1:
            page.outlet = names[0]
        page.published = read_time(match["date"]) or page.published
        return
