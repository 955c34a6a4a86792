"""Keeps what the privacy page promises: deletes what has been kept long enough.

:mod:`onrecord.replies.daily` runs it every day, ``onrecord replies retention`` at once.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from onrecord.replies import second_opinion
from onrecord.replies.actions.states import By, change_state
from onrecord.replies.models import Consent, Reply, Report, RetentionRun, Subscription
from onrecord.replies.screening import SECOND_OPINION
from onrecord.replies.targets import find_target

_UNCONFIRMED_DAYS = 7
_RUNS_KEPT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of each were deleted or looked at again."""

    networks: int
    spam: int
    subscriptions: int
    consents: int
    reports: int
    sessions: int
    rechecked: int

    def to_dict(self) -> dict[str, int]:
        return asdict(self)


def enforce() -> Kept:
    """Delete everything that is past its time, and note that it was done. Running it twice changes nothing more."""
    kept = _delete()
    RetentionRun.objects.create(did=kept.to_dict())
    RetentionRun.objects.filter(at__lt=timezone.now() - timedelta(days=_RUNS_KEPT_DAYS)).delete()
    return kept


def last_run() -> datetime | None:
    """When it was done last, ``None`` if never."""
    return RetentionRun.objects.values_list("at", flat=True).first()


@transaction.atomic
def _delete() -> Kept:
    now = timezone.now()
    networks = Reply.objects.exclude(network="").filter(
        created_at__lt=now - timedelta(days=settings.REPLY_NETWORK_DAYS)
    )
    spam = Reply.objects.filter(state=Reply.State.SPAM, created_at__lt=now - timedelta(days=settings.REPLY_SPAM_DAYS))
    unconfirmed = Subscription.objects.filter(confirmed_at=None, created_at__lt=now - timedelta(days=_UNCONFIRMED_DAYS))
    consents = Consent.objects.filter(
        withdrawn_at__isnull=False, withdrawn_at__lt=now - timedelta(days=settings.REPLY_CONSENT_DAYS)
    )
    reports = Report.objects.filter(settled_at__lt=now - timedelta(days=settings.REPLY_SPAM_DAYS))
    sessions = Session.objects.filter(expire_date__lt=now)
    return Kept(
        networks=networks.update(network=""),
        spam=_delete_spam(list(spam.values_list("pk", flat=True))),
        subscriptions=unconfirmed.delete()[0],
        consents=consents.delete()[0],
        reports=reports.delete()[0],
        sessions=sessions.delete()[0],
        rechecked=recheck(),
    )


def _delete_spam(keys: list[int]) -> int:
    """Spam goes with everything about it. What the filter learnt from it stays, as it holds no text."""
    empty = Reply.objects.filter(pk__in=keys, erased_at=None)
    return empty.update(
        name="",
        email="",
        website="",
        text="",
        author_key="",
        network="",
        text_key="",
        user=None,
        erased_at=timezone.now(),
    )


def recheck() -> int:
    """Ask for the second opinions that were put off."""
    due = list(Reply.objects.filter(recheck_at__lte=timezone.now(), state=Reply.State.HELD).select_related("thread"))
    for reply in due:
        target = find_target(reply.thread.kind, reply.thread.key)
        opinion = second_opinion.ask(reply, target, reply.network, why="recheck")
        reply.recheck_at = None
        if opinion and opinion.spam:
            reply.reasons = [*reply.reasons, SECOND_OPINION]
        reply.save(update_fields=["recheck_at", "reasons"])
        if opinion and opinion.discard:
            change_state(reply, Reply.State.SPAM, By("the second filter"), SECOND_OPINION)
    return len(due)
