"""When it was said: time expressions of an article, and the dates of its statements."""

from __future__ import annotations

from onrecord.statements.dates.attach import date_statements
from onrecord.statements.dates.find import find_times

__all__ = ["date_statements", "find_times"]
