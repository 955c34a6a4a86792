"""The reply section's part of ``onrecord check``."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.checks import WARNING
from django.utils import timezone

from onrecord.record.health import Check
from onrecord.replies.checks import replies_are_configured
from onrecord.replies.daily import OVERDUE_AFTER
from onrecord.replies.models import Reply
from onrecord.replies.retention import last_run

_CURE = "Keep `onrecord serve` or `onrecord work` running, or run `onrecord replies retention`."


def check_replies() -> list[Check]:
    """What is off or missing, and whether readers' data is deleted in time. What is only off is in order."""
    found = [
        Check("replies", found.level < WARNING, f"{found.msg}{f' {found.hint}' if found.hint else ''}")
        for found in replies_are_configured(None)
    ]
    return [*found, check_retention(timezone.now())]


def check_retention(now: datetime) -> Check:
    """When readers' data that is past its time was deleted last, and whether that is too long ago."""
    last = last_run()
    if last is None:
        is_new = not Reply.objects.filter(created_at__lt=now - OVERDUE_AFTER).exists()
        words = "nothing was deleted yet, and nothing is old enough" if is_new else f"never ran. {_CURE}"
        return Check("retention", is_new, words)
    in_time = now - last < OVERDUE_AFTER
    words = f"ran last on {last:%Y-%m-%d %H:%M} UTC, {_ago(now - last)} ago"
    return Check("retention", in_time, words if in_time else f"{words}; it should run daily. {_CURE}")


def _ago(time: timedelta) -> str:
    hours = int(time.total_seconds() // 3600)
    return f"{hours} hours" if hours < 72 else f"{hours // 24} days"
