"""Search over statements: one interface, SQLite FTS5 or PostgreSQL below it."""

from __future__ import annotations
