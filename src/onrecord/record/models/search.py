"""What search looks at: one row a statement, kept in step by ``onrecord.record.search``."""

from __future__ import annotations

from django.db import models

from onrecord.record.models.statements import Statement


class SearchEntry(models.Model):
    """A statement as search sees it: folded words, and its filters as tokens.

    The primary key orders entries from oldest to newest (day of publication, then statement), so that the newest
    matches are read off the end of the full-text index and nothing is sorted.
    """

    key = models.BigAutoField(primary_key=True)
    statement = models.OneToOneField(Statement, on_delete=models.CASCADE, related_name="search_entry")
    words = models.TextField()
    """Folded words of the content and of what it denies."""
    who = models.TextField()
    """Folded name and role of the speaker."""
    context = models.TextField()
    """Folded title of the article."""
    filters = models.TextField()
    """Filter tokens, such as ``act_deny p_12 sm_201907``."""

    def __str__(self) -> str:
        return f"search entry of {self.statement_id}"
