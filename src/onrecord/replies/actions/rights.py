"""What a person may have: all that is stored about them, and its end."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from onrecord.replies.actions.posting import erase
from onrecord.replies.actions.states import WRITER, By, change_state
from onrecord.replies.models import Consent, Reply, Subscription


def replies_of(*, email: str = "", user: User | None = None) -> QuerySet[Reply]:
    """Replies of a guest with this confirmed address, or of an account."""
    who = Q(pk=None)
    if user is not None:
        who |= Q(user=user)
    if email:
        who |= Q(email__iexact=email, user=None)
    return Reply.objects.filter(who).select_related("thread", "parent")


def export_of(*, email: str = "", user: User | None = None) -> dict[str, Any]:
    """Everything stored about a person, as JSON takes it."""
    return {
        "made": timezone.now().isoformat(timespec="seconds"),
        "account": _account(user),
        "replies": [_reply(reply) for reply in replies_of(email=email, user=user)],
        "subscriptions": [
            {
                "thread": str(row.thread),
                "scope": row.scope,
                "since": row.created_at.isoformat(),
                "confirmed": row.confirmed_at.isoformat() if row.confirmed_at else None,
            }
            for row in Subscription.objects.filter(email__iexact=email).select_related("thread")
        ]
        if email
        else [],
        "consents": [
            {"about": row.about, "words": row.words, "at": row.at.isoformat()} for row in _consents(email, user)
        ],
    }


@transaction.atomic
def erase_all(*, email: str = "", user: User | None = None) -> int:
    """Erase everything about a person; their places in threads remain, empty. Returns the number of replies."""
    replies = list(replies_of(email=email, user=user))
    _consents(email, user).delete()
    for reply in replies:
        change_state(reply, Reply.State.REMOVED, By(WRITER))
        erase(reply)
    if email:
        Subscription.objects.filter(email__iexact=email).delete()
    if user is not None:
        user.delete()
    return len(replies)


def _consents(email: str, user: User | None) -> QuerySet[Consent]:
    who = Q(pk=None)
    if email:
        who |= Q(email__iexact=email)
    if user is not None:
        who |= Q(reply__user=user)
    return Consent.objects.filter(pk__in=Consent.objects.filter(who).values("pk"))


def _account(user: User | None) -> dict[str, Any] | None:
    if user is None:
        return None
    return {
        "username": user.get_username(),
        "email": user.email,
        "name": user.get_full_name(),
        "joined": user.date_joined.isoformat(),
        "addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified")),
        "signs_in_with": list(SocialAccount.objects.filter(user=user).values("provider", "uid", "extra_data")),
        "second_factors": list(Authenticator.objects.filter(user=user).values_list("type", flat=True)),
    }


def _reply(reply: Reply) -> dict[str, Any]:
    return {
        "id": reply.public_id,
        "under": f"{reply.thread.kind} {reply.thread.key}",
        "answers": reply.parent.public_id if reply.parent else None,
        "name": reply.name,
        "email": reply.email,
        "website": reply.website,
        "text": reply.text,
        "state": reply.state,
        "reasons": reply.reasons,
        "probability_of_spam": reply.probability,
        "network": reply.network,
        "written": reply.created_at.isoformat(),
        "edited": reply.edited_at.isoformat() if reply.edited_at else None,
        "published": reply.published_at.isoformat() if reply.published_at else None,
    }
