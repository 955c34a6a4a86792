"""Who said it: the names of an article, and each statement resolved to one of them."""

from __future__ import annotations

from onrecord.statements.speakers.resolve import resolve_speakers

__all__ = ["resolve_speakers"]
