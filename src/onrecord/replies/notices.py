"""Mail to readers: plain text only, addresses and subjects checked, each with a way to end it."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from onrecord.replies.markup import to_plain
from onrecord.replies.models import Reply, Subscription
from onrecord.replies.targets import Target, find_target

log = logging.getLogger(__name__)

RIGHTS_SALT = "onrecord.replies.my-data"
RIGHTS_SECONDS = 3_600


def reply_published(reply: Reply) -> None:
    """Tell those who asked for it, but never the writer, that a reply has appeared."""
    target = find_target(reply.thread.kind, reply.thread.key)
    told: set[str] = {reply.email.casefold()}
    for subscription in _concerned(reply):
        address = subscription.email.casefold()
        if address not in told:
            told.add(address)
            _tell(subscription, reply, target)


def confirm_subscription(subscription: Subscription) -> None:
    """Ask an address whether it wants mail."""
    target = find_target(subscription.thread.kind, subscription.thread.key)
    _send(
        subscription.email,
        subscription.language,
        "confirm",
        {"target": target, "confirm_url": _absolute("replies:confirm", subscription.token)},
    )


def my_data(email: str, language: str) -> None:
    """Send the link under which a guest exports or erases everything. It works for an hour."""
    token = signing.dumps({"email": email}, salt=RIGHTS_SALT)
    _send(email, language, "my_data", {"url": _absolute("replies:my-data", token), "minutes": RIGHTS_SECONDS // 60})


def _concerned(reply: Reply) -> list[Subscription]:
    confirmed = Subscription.objects.filter(thread=reply.thread, confirmed_at__isnull=False).exclude(reply=reply)
    return [
        subscription
        for subscription in confirmed
        if subscription.scope == Subscription.Scope.THREAD
        or (subscription.reply_id is not None and subscription.reply_id == reply.parent_id)
    ]


def _tell(subscription: Subscription, reply: Reply, target: Target) -> None:
    end_url = _absolute("replies:unsubscribe", subscription.token)
    _send(
        subscription.email,
        subscription.language,
        "answer",
        {
            "name": reply.name,
            "words": to_plain(reply.text, 500),
            "target": target,
            "url": f"{settings.BASE_URL}{reply.get_absolute_url()}",
            "end_url": end_url,
        },
        {"List-Unsubscribe": f"<{end_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def _send(
    to: str, language: str, template: str, context: dict[str, object], headers: dict[str, str] | None = None
) -> None:
    """One mail to one address. A mail server that is down is logged and stops nothing."""
    with translation.override(language):
        words = {**context, "site_name": settings.SITE_NAME}
        subject = " ".join(render_to_string(f"replies/mail/{template}_subject.txt", words).split())
        body = render_to_string(f"replies/mail/{template}.txt", words)
    message = EmailMessage(
        subject=subject[:150],
        body=body,
        to=[to],
        headers={"Auto-Submitted": "auto-generated", "Content-Language": language, **(headers or {})},
    )
    try:
        message.send()
    except (OSError, SMTPException) as error:
        log.warning("mail to a subscriber was not sent: %s", error)


def _absolute(name: str, *args: str) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=args)}"
