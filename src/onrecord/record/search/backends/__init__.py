"""What each database does its own way: write a query in its full-text language, and keep its index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.db import connection

from onrecord.record.models import SearchEntry
from onrecord.record.search.expression import Expression


class Backend(Protocol):
    """One database's full-text search over the entries."""

    def write(self, expression: Expression) -> str:
        """The expression in the database's query language; ``""`` for one that nothing can match."""

    def keys_sql(self) -> str:
        """SQL with one parameter, the written query: the keys (``key``) of all entries that match."""

    def insert(self, entries: Sequence[SearchEntry]) -> None:
        """Write new entries."""

    def clear(self) -> None:
        """Remove all entries."""

    def problem(self) -> str | None:
        """What is wrong with the index, ``None`` while it is in step with the entries."""


def backend() -> Backend:
    """That of the database the record lives in."""
    if connection.vendor == "postgresql":
        from onrecord.record.search.backends.postgres import PostgresBackend

        return PostgresBackend()
    from onrecord.record.search.backends.sqlite import SqliteBackend

    return SqliteBackend()
