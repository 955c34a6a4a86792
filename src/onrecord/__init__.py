"""onrecord: who said what, when, to whom, and who denied which report, read out of news pages.

>>> import onrecord
>>> article = onrecord.read(html, url="https://news.example/story")
>>> record = onrecord.extract(article)
>>> [statement.speaker.name for statement in record.statements]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from onrecord.terms import Article, Page, Record, Reject, Span, Speaker, Statement

if TYPE_CHECKING:
    from onrecord.flow import extract, extract_many, extract_sources, read, read_sources
    from onrecord.statements.dates import find_times as dates

__version__ = "0.1.0"

__all__ = [
    "Article", "Page", "Record", "Reject", "Span", "Speaker", "Statement", "dates", "extract", "extract_many",
    "extract_sources", "read", "read_sources",
]  # fmt: skip

# Loaded when first used: reading takes libraries that take longer to import than `import onrecord` may.
_LATE = {
    "dates": ("onrecord.statements.dates", "find_times"),
    "extract": ("onrecord.flow", "extract"),
    "extract_many": ("onrecord.flow", "extract_many"),
    "extract_sources": ("onrecord.flow", "extract_sources"),
    "read": ("onrecord.flow", "read"),
    "read_sources": ("onrecord.flow", "read_sources"),
}


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    module, attribute = _LATE[name]
    return getattr(import_module(module), attribute)
