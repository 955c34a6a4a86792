"""onrecord: who said what, when, to whom, and who denied which report, read out of news pages."""

from __future__ import annotations

__version__ = "0.1.0"
