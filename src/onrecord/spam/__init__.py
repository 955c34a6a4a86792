"""Scores a reply, with reasons in plain words. Knows nothing of Django, and keeps no text."""

from __future__ import annotations

from onrecord.spam.evidence import Submission
from onrecord.spam.filter import Decision, Limits, ReplyFilter, Verdict
from onrecord.spam.vector import Vector, vector_of

__all__ = ["Decision", "Limits", "ReplyFilter", "Submission", "Vector", "Verdict", "vector_of"]
