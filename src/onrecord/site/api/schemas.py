"""The shapes that the API gives and takes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema

from onrecord.terms import Act, Kind, SpeakerType


class Problem(Schema):
    """What went wrong, and what to do about it."""

    code: str
    message: str
    fields: dict[str, str] = Field(default_factory=dict)
    """Parameter -> what is wrong with it."""


class OutletOut(Schema):
    slug: str
    name: str
    url: str


class PersonBrief(Schema):
    slug: str
    name: str
    type: SpeakerType
    url: str


class SpeakerOut(Schema):
    name: str | None
    type: SpeakerType
    role: str | None
    words: str | None
    person: PersonBrief | None


class SaidOnOut(Schema):
    edtf: str
    first: date | None
    last: date | None
    words: str | None
    inherited: bool


class DenialOut(Schema):
    claim: str | None
    claimed_by: str | None


class ArticleBrief(Schema):
    id: str
    title: str
    url: str | None
    permalink: str
    outlet: OutletOut | None
    published: str | None


class StatementOut(Schema):
    address: str
    url: str
    status: Literal["read", "confirmed", "corrected", "withdrawn"]
    act: Act
    kind: Kind
    words: str
    content: list[list[int]]
    cue: str | None
    speaker: SpeakerOut
    said_on: SaidOnOut | None
    addressee: str | None
    venue: str | None
    within: str | None
    denies: DenialOut | None
    confidence: float | None
    article: ArticleBrief


class ChangeOut(Schema):
    id: int
    kind: Literal["correction", "confirmation", "withdrawal"]
    field: str | None
    old: Any
    new: Any
    by: str
    why: str
    at: datetime
    undone_at: datetime | None


class StatementDetail(StatementOut):
    original: str | None
    """Opens the original page at the words."""
    history: list[ChangeOut]
    inner: list[str]
    same_words: list[str]
    citation: dict[str, str]


class ArticleOut(ArticleBrief):
    byline: list[str]
    credited_outlet: OutletOut | None
    updated: str | None
    language: str | None
    tags: list[str]
    categories: list[str]
    original: str | None
    """Id of the article that this one republishes."""


class ArticleDetail(ArticleOut):
    text: str | None
    """Only where the outlet's text is own or licensed."""
    statements: list[StatementOut]
    copies: list[str]


class RoleOut(Schema):
    role: str
    first: date | None
    last: date | None
    articles: int


class BucketOut(Schema):
    month: date
    statements: int
    denials: int


class PersonOut(PersonBrief):
    statements: int


class PersonDetail(PersonBrief):
    names: list[str]
    roles: list[RoleOut]
    timeline: list[BucketOut]


class TopicOut(Schema):
    slug: str
    name: str
    description: str
    query: str
    url: str


class _PageOut(Schema):
    page: int
    size: int
    total: int
    has_next: bool


class StatementPage(_PageOut):
    is_more: bool
    """There are more than ``total``."""
    items: list[StatementOut]


class ArticlePage(_PageOut):
    items: list[ArticleOut]


class PersonPage(_PageOut):
    items: list[PersonOut]


class OutletPage(_PageOut):
    items: list[OutletOut]


class TopicPage(_PageOut):
    items: list[TopicOut]


_DAY = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


class PageQuery(Schema):
    page: int = Field(1, ge=1, le=500, description="Page, from 1.")
    size: int = Field(20, ge=1, le=100, description="Items on a page.")


class SearchQuery(PageQuery):
    q: str = Field("", max_length=300, description='Words, "phrases", -without; filters too, such as act:deny.')
    person: str = Field("", max_length=200, description="Name, alias or slug.")
    role: str = Field("", max_length=200)
    outlet: str = Field("", max_length=200, description="Name or slug.")
    tag: str = Field("", max_length=200)
    act: Act | None = None
    kind: Kind | None = None
    said_from: str | None = Field(None, pattern=_DAY, description="2019, 2019-05 or 2019-05-29.")
    said_to: str | None = Field(None, pattern=_DAY)
    published_from: str | None = Field(None, pattern=_DAY)
    published_to: str | None = Field(None, pattern=_DAY)
    denies: bool | None = Field(None, description="Only statements that deny something, or only others.")
    order: Literal["newest", "best", "oldest"] = "newest"


class ArticleQuery(PageQuery):
    outlet: str = Field("", max_length=200, description="Slug.")
    published_from: date | None = None
    published_to: date | None = None


class PeopleQuery(PageQuery):
    starts: str = Field("", max_length=40, description="How the name begins.")


class SubmissionIn(Schema):
    url: str = Field(..., max_length=2000, description="http or https address of a page to read.")


class SubmissionOut(Schema):
    id: str
    status: str
    url: str | None = None
    message: str


class CorrectionIn(Schema):
    field: str = Field(..., max_length=40, description="Which field is wrong, such as said_on or speaker_name.")
    value: Any = Field(..., description="The right value; words must stand in the article.")
    why: str = Field(..., min_length=1, max_length=2000, description="On what grounds; readers see it.")


class WhyIn(Schema):
    why: str = Field(..., min_length=1, max_length=2000)


class NoteIn(Schema):
    why: str = Field("", max_length=2000)
