"""The tables of the reply section."""

from __future__ import annotations

from onrecord.replies.models.moderation import FilterDecision, ModerationLog, Policy, Report
from onrecord.replies.models.readers import Consent, RetentionRun, Subscription
from onrecord.replies.models.threads import Reply, Thread

__all__ = [
    "Consent",
    "FilterDecision",
    "ModerationLog",
    "Policy",
    "Reply",
    "Report",
    "RetentionRun",
    "Subscription",
    "Thread",
]
