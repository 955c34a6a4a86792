"""What readers agreed to: notifications, and the words they agreed to."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onrecord.replies.models.threads import Reply, Thread


def new_token() -> str:
    return secrets.token_urlsafe(24)


class Subscription(models.Model):
    """Who wants mail about a thread. Nothing is sent before it is confirmed."""

    class Scope(models.TextChoices):
        ANSWERS = "answers", _("Answers to my reply")
        THREAD = "thread", _("Every new reply here")

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="subscriptions")
    reply = models.ForeignKey(Reply, null=True, blank=True, on_delete=models.CASCADE, related_name="subscriptions")
    """The reply whose answers are meant, for scope ``answers``."""
    email = models.EmailField(max_length=254)
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.ANSWERS)
    language = models.CharField(max_length=10, default="en")
    token = models.CharField(max_length=40, unique=True, default=new_token)
    """In the links of its mails; lets the holder confirm and end it."""
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            # An empty reply counts as a value: databases take every NULL for another one.
            models.UniqueConstraint("thread", Coalesce("reply_id", 0), "email", name="replies_subscription_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["email"], name="replies_subscription_email")]

    def __str__(self) -> str:
        return f"{self.email}: {self.thread}"


class Consent(models.Model):
    """That somebody agreed to something, in which words, and when; kept as proof until it is withdrawn and expires."""

    class About(models.TextChoices):
        POSTING = "posting", _("Storing a reply")
        MAIL = "mail", _("Mail about a thread")

    about = models.CharField(max_length=10, choices=About)
    email = models.EmailField(max_length=254, blank=True, default="")
    reply = models.ForeignKey(Reply, null=True, blank=True, on_delete=models.SET_NULL, related_name="consents")
    words = models.TextField()
    """The words that stood beside the button."""
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["email"], name="replies_consent_email")]

    def __str__(self) -> str:
        return f"{self.email}: {self.about}"


class RetentionRun(models.Model):
    """That what was kept long enough was deleted, and how much of each kind."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    did = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
