"""Which rules hold for a thread: those of the article's outlet, else the site's, else the defaults."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from onrecord.replies.models import Policy, Reply, Thread
from onrecord.replies.targets import Target


@dataclass(frozen=True, slots=True)
class Rules:
    """What a policy says, without the table."""

    mode: str = Policy.Mode.HOLD_FIRST
    close_after_days: int | None = None
    slow_mode_seconds: int = 0


def rules_for(target: Target) -> Rules:
    """The rules in force for a target."""
    outlet_id = target.outlet.pk if target.outlet else None
    found = {policy.outlet_id: policy for policy in Policy.objects.filter(outlet_id__in=[outlet_id])}
    policy = found.get(outlet_id) if outlet_id else None
    policy = policy or Policy.objects.filter(outlet=None).first()
    return Rules(policy.mode, policy.close_after_days, policy.slow_mode_seconds) if policy else Rules()


def is_closed(target: Target, thread: Thread | None, rules: Rules, today: date | None = None) -> bool:
    """Whether no more replies are taken: by a moderator, by policy, or by age."""
    if rules.mode == Policy.Mode.CLOSED or (thread is not None and thread.closed_at is not None):
        return True
    if rules.close_after_days is None or target.published_on is None:
        return False
    return (today or timezone.now().date()) > target.published_on + timedelta(days=rules.close_after_days)


def wait_seconds(thread: Thread, rules: Rules, *, user_id: int | None, key: str, network: str) -> int:
    """Seconds a writer still has to wait in slow mode; 0 where there is none or the time is over."""
    if not rules.slow_mode_seconds:
        return 0
    since = timezone.now() - timedelta(seconds=rules.slow_mode_seconds)
    recent = Reply.objects.filter(thread=thread, created_at__gt=since)
    if user_id is not None:
        recent = recent.filter(user_id=user_id)
    elif key:
        recent = recent.filter(author_key=key)
    else:
        recent = recent.filter(user=None, network=network)
    last = recent.order_by("-created_at").values_list("created_at", flat=True).first()
    return max(1, int((last - since).total_seconds())) if last else 0
