"""Posting, editing and deleting a reply."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from onrecord.replies import learning
from onrecord.replies.actions.states import FILTER, WRITER, By, change_state
from onrecord.replies.models import Consent, ModerationLog, Reply
from onrecord.replies.policies import Rules
from onrecord.replies.screening import Circumstances, screen
from onrecord.replies.targets import Target


@transaction.atomic
def post(reply: Reply, target: Target, rules: Rules, circumstances: Circumstances, consent: str) -> Reply:
    """Store a new reply and give it its first state.

    Args:
        reply: not saved yet, with everything the writer gave.
        consent: the words beside the button.
    """
    screening = screen(reply, target, rules, circumstances)
    screening.apply_to(reply)
    reply.state = screening.state
    reply.save()
    Consent.objects.create(about=Consent.About.POSTING, email=reply.email, reply=reply, words=consent)
    change_state(reply, screening.state, By(FILTER), " ".join(screening.reasons))
    return reply


@transaction.atomic
def post_as_moderator(reply: Reply, by: By) -> Reply:
    """A moderator's own reply appears at once, and teaches the filter nothing."""
    reply.save()
    change_state(reply, Reply.State.PUBLISHED, by)
    return reply


@transaction.atomic
def edit(reply: Reply, text: str, target: Target, rules: Rules, circumstances: Circumstances) -> Reply:
    """Change a reply's words. It is judged anew; what was held or spam is never published by an edit."""
    was = reply.state
    reply.text, reply.edited_at = text, timezone.now()
    screening = screen(reply, target, rules, circumstances)
    screening.apply_to(reply)
    reply.save()
    learning.forget_decision(reply)
    after = screening.state if was == Reply.State.PUBLISHED else _stricter(was, screening.state)
    if after != was:
        change_state(reply, after, By(FILTER), "after an edit: " + " ".join(screening.reasons))
    return reply


def edit_as_moderator(reply: Reply, text: str) -> None:
    """A moderator changes words of their own."""
    reply.text, reply.edited_at = text, timezone.now()
    reply.save(update_fields=["text", "edited_at"])


def _stricter(one: str, other: str) -> str:
    order = [Reply.State.PUBLISHED, Reply.State.HELD, Reply.State.SPAM, Reply.State.REMOVED]
    return max(one, other, key=lambda state: order.index(Reply.State(state)))


@transaction.atomic
def delete(reply: Reply) -> ModerationLog:
    """The writer takes a reply back: words, name and addresses go, the place in the thread stays for its answers."""
    row = change_state(reply, Reply.State.REMOVED, By(WRITER))
    erase(reply)
    return row


def erase(reply: Reply) -> None:
    """Empty a reply of everything that is about its writer."""
    learning.forget_decision(reply)
    reply.subscriptions.all().delete()
    reply.name, reply.email, reply.website, reply.text = "", "", "", ""
    reply.author_key, reply.network, reply.text_key = "", "", ""
    reply.vector, reply.user, reply.reasons, reply.probability = None, None, [], None
    reply.erased_at = timezone.now()
    reply.save()
    reply.log.update(why="")
