"""Article -> who said what: statements and the raw attributions they rest on."""

from __future__ import annotations

from onrecord.statements.reader import StatementReader, default_reader

__all__ = ["StatementReader", "default_reader"]
