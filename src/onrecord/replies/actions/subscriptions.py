"""Mail about a thread: asked for, confirmed, ended."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from onrecord.replies import notices
from onrecord.replies.limits import Limit, is_over
from onrecord.replies.models import Consent, Reply, Subscription, Thread

_ASKED_A_DAY = Limit("subscribe", 5, 86_400)


@transaction.atomic
def subscribe(thread: Thread, email: str, scope: str, language: str, reply: Reply | None = None) -> None:
    """Ask an address whether it wants mail: once for each thing, and a few times a day, so that nobody is pestered."""
    subscription, is_new = Subscription.objects.get_or_create(
        thread=thread,
        reply=reply if scope == Subscription.Scope.ANSWERS else None,
        email=email,
        defaults={"scope": scope, "language": language},
    )
    if is_new and not is_over(_ASKED_A_DAY, email.casefold()):
        transaction.on_commit(lambda: notices.confirm_subscription(subscription))


@transaction.atomic
def confirm(subscription: Subscription, words: str) -> None:
    """The address said yes, in these words."""
    if subscription.confirmed_at is None:
        subscription.confirmed_at = timezone.now()
        subscription.save(update_fields=["confirmed_at"])
        Consent.objects.create(
            about=Consent.About.MAIL, email=subscription.email, reply=subscription.reply, words=words
        )


@transaction.atomic
def end(subscription: Subscription) -> None:
    """No more mail. The proof of the earlier consent is kept until it expires."""
    Consent.objects.filter(about=Consent.About.MAIL, email=subscription.email, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    )
    subscription.delete()
