"""The reply section's part of ``onrecord check``."""

from __future__ import annotations

from django.core.checks import WARNING

from onrecord.record.health import Check
from onrecord.replies.checks import replies_are_configured


def check_replies() -> list[Check]:
    """What is off or missing. What is only off is in order."""
    return [
        Check("replies", found.level < WARNING, f"{found.msg}{f' {found.hint}' if found.hint else ''}")
        for found in replies_are_configured(None)
    ]
