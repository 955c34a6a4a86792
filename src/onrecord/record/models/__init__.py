"""The tables of the record. Every name is the word that `docs/` and the pages use."""

from __future__ import annotations

from onrecord.record.models.articles import Article, ArticleVersion, CopyBand, Outlet, Snapshot, Tag
from onrecord.record.models.changes import StatementChange
from onrecord.record.models.claims import Claim, Stance, Wording, WordingMark, WordingUse
from onrecord.record.models.intake import Feed, Reject
from onrecord.record.models.people import Person, PersonChange, PersonName, PersonRole
from onrecord.record.models.search import SearchEntry
from onrecord.record.models.statements import Statement
from onrecord.record.models.topics import Topic

__all__ = [
    "Article",
    "ArticleVersion",
    "Claim",
    "CopyBand",
    "Feed",
    "Outlet",
    "Person",
    "PersonChange",
    "PersonName",
    "PersonRole",
    "Reject",
    "SearchEntry",
    "Snapshot",
    "Stance",
    "Statement",
    "StatementChange",
    "Tag",
    "Topic",
    "Wording",
    "WordingMark",
    "WordingUse",
]
