"""Readers' reports."""

from __future__ import annotations

from django.db import transaction

from onrecord.replies.actions.states import FILTER, By, change_state
from onrecord.replies.identity import hidden
from onrecord.replies.models import Reply, Report

HOLD_AFTER = 3
"""So many readers' reports hide a reply until a moderator has looked, unless one has approved it before."""


@transaction.atomic
def report(reply: Reply, reason: str, words: str, reporter: str) -> None:
    """Write a report down; each reader counts once for a reply."""
    _, is_new = Report.objects.get_or_create(
        reply=reply, reporter=hidden("reporter", reporter), defaults={"reason": reason, "words": words}
    )
    if not is_new or not reply.is_published:
        return
    approved = reply.log.filter(after=Reply.State.PUBLISHED, by__isnull=False).exists()
    if not approved and reply.reports.filter(settled_at=None).count() >= HOLD_AFTER:
        change_state(reply, Reply.State.HELD, By(FILTER), f"{HOLD_AFTER} readers reported it")
