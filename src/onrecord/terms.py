"""The nouns of onrecord: what passes between its parts.

This module imports nothing of ours. Every span is a pair of code point offsets into ``Article.text``, end excluded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

Act = Literal[
    "say",
    "claim",
    "deny",
    "confirm",
    "accuse",
    "demand",
    "promise",
    "warn",
    "ask",
    "support",
    "think",
    "report",
    "decline",
]
Kind = Literal["direct", "indirect", "mixed"]
SpeakerType = Literal["person", "organization", "group", "document", "media"]

ACTS: tuple[Act, ...] = get_args(Act)
KINDS: tuple[Kind, ...] = get_args(Kind)
SPEAKER_TYPES: tuple[SpeakerType, ...] = get_args(SpeakerType)

PARAGRAPH_BREAK = "\n\n"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article's text, in code points; ``end`` is excluded."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs forward from 0 or more, not from {self.start} to {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words the span stands for."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def to_list(self) -> list[int]:
        return [self.start, self.end]


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes as they were fetched or read, and what was known about them then."""

    body: bytes
    name: str
    """Where it came from, for people: a path, a URL, or archive and record number."""
    url: str | None = None
    media_type: str = "text/html"
    charset: str | None = None
    """Character set as declared outside the bytes (HTTP header, WARC record)."""
    fetched: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, Any] = field(default_factory=dict)
    """Article fields the container already gave (feed entry, WordPress export): name -> value as in ``Article``."""
    known_from: str | None = None
    """Which container gave them, for ``Article.evidence``: ``feed``, ``wordpress export``."""


@dataclass(frozen=True, slots=True)
class PageReply:
    """A reader's reply found on a page."""

    name: str | None
    text: str
    time: str | None = None
    """ISO 8601, as exact as the page gives it."""

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "time": self.time, "text": self.text}


@dataclass(frozen=True, slots=True)
class Article:
    """What a page published. Unknown fields are ``None`` or empty, never guessed."""

    id: str
    text: str
    """Body paragraphs joined by a blank line."""
    url: str | None = None
    """Canonical where the page names one."""
    title: str | None = None
    """Headline without the site's name."""
    outlet: str | None = None
    byline: tuple[str, ...] = ()
    credited_outlet: str | None = None
    """The outlet whose report this republishes."""
    credited_date: str | None = None
    posted_by: str | None = None
    published: str | None = None
    """ISO 8601 date or date and time, with offset where the page gives one."""
    updated: str | None = None
    language: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    replies: tuple[PageReply, ...] = ()
    evidence: Mapping[str, str] = field(default_factory=dict)
    """Field name -> where it was read: ``json-ld``, ``meta``, ``microformat``, ``visible line`` ..."""

    def to_dict(self) -> dict[str, Any]:
        """JSON form; also what ``onrecord read`` writes."""
        return {
            "id": self.id,
            "url": self.url,
            "outlet": self.outlet,
            "title": self.title,
            "byline": list(self.byline),
            "credited_outlet": self.credited_outlet,
            "credited_date": self.credited_date,
            "posted_by": self.posted_by,
            "published": self.published,
            "updated": self.updated,
            "language": self.language,
            "section": self.section,
            "tags": list(self.tags),
            "categories": list(self.categories),
            "replies": [reply.to_dict() for reply in self.replies],
            "evidence": dict(self.evidence),
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Attribution:
    """Raw spans of one attribution, in the conventions of PolNeAR."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]

    def to_dict(self) -> dict[str, Any]:
        return {name: [span.to_list() for span in getattr(self, name)] for name in ("source", "cue", "content")}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it. ``name`` is the fullest name the article gives, ``None`` where it never names them."""

    name: str | None = None
    type: SpeakerType = "person"
    role: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "type": self.type, "role": self.role}


@dataclass(frozen=True, slots=True)
class Denial:
    """What a statement denies, and who had claimed it."""

    claim: Span | None = None
    claimed_by: Span | None = None

    def to_dict(self) -> dict[str, Any]:
        return {"claim": _span(self.claim), "claimed_by": _span(self.claimed_by)}


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution: a source is reported to have said some content."""

    n: int
    """Number within the article, from 1 in order of first span."""
    content: tuple[Span, ...]
    cue: Span | None = None
    speaker_span: Span | None = None
    kind: Kind = "indirect"
    act: Act = "say"
    speaker: Speaker = field(default_factory=Speaker)
    said_on: str | None = None
    """EDTF (ISO 8601-2), ``None`` where it is not dated."""
    said_on_basis: Span | Literal["inherited"] | None = None
    addressee: Span | None = None
    venue: Span | None = None
    within: int | None = None
    """``n`` of the statement whose content holds this one."""
    denies: Denial | None = None
    confidence: float | None = None
    """Calibrated probability that the whole record is right, 0 to 1."""
    confidences: Mapping[str, float] = field(default_factory=dict)
    """Field name -> calibrated probability that this field is right."""

    @property
    def extent(self) -> Span:
        """From the first to the last character of source, cue and content."""
        spans = [s for s in (self.speaker_span, self.cue, *self.content) if s is not None]
        return Span(min(s.start for s in spans), max(s.end for s in spans))

    def to_dict(self) -> dict[str, Any]:
        basis = self.said_on_basis
        return {
            "n": self.n,
            "kind": self.kind,
            "act": self.act,
            "speaker": self.speaker.to_dict(),
            "speaker_span": _span(self.speaker_span),
            "cue": _span(self.cue),
            "content": [span.to_list() for span in self.content],
            "said_on": self.said_on,
            "said_on_basis": basis.to_list() if isinstance(basis, Span) else basis,
            "addressee": _span(self.addressee),
            "venue": _span(self.venue),
            "within": self.within,
            "denies": self.denies.to_dict() if self.denies else None,
            "confidence": self.confidence,
            "confidences": dict(self.confidences),
        }


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that name a time, and the time they name in EDTF (``None``: not resolvable)."""

    span: Span
    value: str | None

    def to_dict(self) -> dict[str, Any]:
        return {"start": self.span.start, "end": self.span.end, "value": self.value}


@dataclass(frozen=True, slots=True)
class Record:
    """An article with the statements read out of it: what the whole path from page to statements returns."""

    article: Article
    statements: tuple[Statement, ...]
    attributions: tuple[Attribution, ...] = ()
    model: str | None = None
    """Version of the statement model that read it."""

    def to_dict(self) -> dict[str, Any]:
        return {**self.article.to_dict(), "statements": [s.to_dict() for s in self.statements], "model": self.model}


@dataclass(frozen=True, slots=True)
class Reject:
    """Something that could not be read, kept with its reason so that nothing is lost unseen."""

    name: str
    reason: str
    """One sentence for people, naming the cure where there is one."""
    code: str
    """Stable short word for counting: ``not_html``, ``too_large``, ``truncated`` ..."""
    url: str | None = None
    can_retry: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "url": self.url,
            "code": self.code,
            "reason": self.reason,
            "can_retry": self.can_retry,
        }


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else span.to_list()
