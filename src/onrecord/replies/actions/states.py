"""Changes of a reply's state, each with its line in the log."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from onrecord.replies import learning, notices, second_opinion
from onrecord.replies.models import ModerationLog, Reply
from onrecord.replies.screening import SECOND_OPINION

FILTER, WRITER, IMPORT = "the filter", "the writer", "import"


@dataclass(frozen=True, slots=True)
class By:
    """Who changes something: an account, or a part of the program by name."""

    name: str
    user: User | None = None

    @classmethod
    def moderator(cls, user: User) -> By:
        return cls(user.get_full_name() or user.get_username(), user)


@transaction.atomic
def change_state(reply: Reply, after: str, by: By, why: str = "", undoes: ModerationLog | None = None) -> ModerationLog:
    """Give a reply a state and write down who, when and why. Publishing it for the first time sends notifications."""
    _wait_for_others(reply)
    row = ModerationLog.objects.create(
        reply=reply,
        before=reply.log.values_list("after", flat=True).first() or "",
        after=after,
        by=by.user,
        by_name=by.name[:150],
        why=why[:500],
        undoes=undoes,
    )
    first_time = after == Reply.State.PUBLISHED and reply.published_at is None
    reply.state = after
    if first_time:
        reply.published_at = timezone.now()
    reply.save(update_fields=["state", "published_at"])
    if first_time and by.name != IMPORT:
        transaction.on_commit(lambda: notices.reply_published(reply))
    return row


def _wait_for_others(reply: Reply) -> None:
    """Until this transaction ends nobody else changes the reply's state, so that each change starts where one ended."""
    Reply.objects.select_for_update().filter(pk=reply.pk).values_list("pk").first()


@transaction.atomic
def moderate(reply: Reply, after: str, user: User, why: str = "") -> ModerationLog:
    """A moderator's decision. The filter learns from it when it says spam or good; removing says neither."""
    row = change_state(reply, after, By.moderator(user), why)
    _tell_second_filter(reply, after)
    if after in (Reply.State.PUBLISHED, Reply.State.SPAM):
        learning.remember_decision(reply, spam=after == Reply.State.SPAM)
        reply.reasons = [] if after == Reply.State.PUBLISHED else reply.reasons
        reply.recheck_at = None
        reply.save(update_fields=["reasons", "recheck_at"])
    else:
        learning.forget_decision(reply)
    reply.reports.filter(settled_at=None).update(settled_at=timezone.now())
    return row


def _tell_second_filter(reply: Reply, after: str) -> None:
    """Where the site asks a second filter, tell it when a moderator decides against it."""
    it_said_spam = SECOND_OPINION in reply.reasons
    if after == Reply.State.SPAM and not it_said_spam:
        transaction.on_commit(lambda: second_opinion.tell(reply, spam=True))
    elif after == Reply.State.PUBLISHED and it_said_spam:
        transaction.on_commit(lambda: second_opinion.tell(reply, spam=False))


@transaction.atomic
def undo(row: ModerationLog, user: User) -> ModerationLog | None:
    """Take a decision back, if it is the reply's last: the state before it, and what the filter knew before it."""
    reply = row.reply
    _wait_for_others(reply)
    if reply.erased_at is not None or reply.log.first() != row or not row.before:
        return None
    undone = change_state(reply, row.before, By.moderator(user), "", undoes=row)
    learning.forget_decision(reply)
    _restore_earlier_decision(reply, row)
    return undone


def _restore_earlier_decision(reply: Reply, undone: ModerationLog) -> None:
    """Where an earlier decision by a moderator stands again, the filter learns it again."""
    earlier = reply.log.filter(pk__lt=undone.pk).first()
    if earlier and earlier.by_id and earlier.after in (Reply.State.PUBLISHED, Reply.State.SPAM):
        learning.remember_decision(reply, spam=earlier.after == Reply.State.SPAM)
