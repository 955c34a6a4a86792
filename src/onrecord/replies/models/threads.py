"""What readers write, and what they write it under."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

NAME_LENGTH = 60
TEXT_LENGTH = 5_000
URL_LENGTH = 300
ID_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_id() -> str:
    """A public id that cannot be guessed from another: 12 letters and digits, 59 bits."""
    return "".join(secrets.choice(ID_ALPHABET) for _ in range(12))


class Thread(models.Model):
    """The replies under one article, statement or claim.

    Targets are named by their own permanent ids, so that a thread outlives whatever is read anew.
    """

    class Kind(models.TextChoices):
        ARTICLE = "article", _("Article")
        STATEMENT = "statement", _("Statement")
        CLAIM = "claim", _("Claim")

    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=100)
    """The article's ``public_id``, the statement's ``address``, the claim's ``slug``."""
    closed_at = models.DateTimeField(null=True, blank=True)
    """When a moderator closed it; age closes a thread by policy, not here."""
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "key"], name="replies_thread_target")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    def get_absolute_url(self) -> str:
        return reverse("replies:thread", args=[self.kind, self.key])


class Reply(models.Model):
    """One reply. ``email`` and ``network`` are never shown to readers."""

    class State(models.TextChoices):
        HELD = "held", _("Held")
        PUBLISHED = "published", _("Published")
        SPAM = "spam", _("Spam")
        REMOVED = "removed", _("Removed")

    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="replies")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="answers")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="replies"
    )
    author_key = models.CharField(max_length=64, blank=True, default="")
    """Hash of the secret that a guest's browser keeps; with it the guest edits and deletes."""
    name = models.CharField(max_length=NAME_LENGTH)
    email = models.EmailField(max_length=254, blank=True, default="")
    website = models.CharField(max_length=URL_LENGTH, blank=True, default="")

    text = models.TextField(max_length=TEXT_LENGTH)
    """As written: plain text with a little Markdown."""
    language = models.CharField(max_length=10, blank=True, default="")
    """Language the writer read the reply section in."""

    state = models.CharField(max_length=10, choices=State, default=State.HELD)
    reasons = models.JSONField(default=list, blank=True)
    """Why it has this state, in plain English words; shown to moderators, and translated to the writer."""
    probability = models.FloatField(null=True, blank=True)
    """Of spam, as the filter judged it last."""
    vector = models.BinaryField(null=True, blank=True)
    """What the filter learns from; it does not hold the text."""
    text_key = models.CharField(max_length=64, blank=True, default="")
    """Hash of the words, to find the same text under other threads."""
    recheck_at = models.DateTimeField(null=True, blank=True)
    """When a second opinion wants to be asked again."""

    network = models.CharField(max_length=50, blank=True, default="")
    """The writer's network (/24, /48), never the whole address; emptied after some days."""
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    """When its writer had it erased: text and name are gone, the place in the thread remains."""

    source = models.CharField(max_length=20, blank=True, default="")
    """Where it was imported from, empty for a reply written here."""
    source_id = models.CharField(max_length=200, blank=True, default="")
    """Its id there."""

    class Meta:
        ordering: ClassVar = ["created_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~Q(source=""), name="replies_reply_imported_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["thread", "state", "created_at"], name="replies_reply_thread"),
            models.Index(fields=["state", "-created_at"], name="replies_reply_state"),
            models.Index(fields=["email"], name="replies_reply_email"),
            models.Index(fields=["author_key"], name="replies_reply_author"),
            models.Index(fields=["network", "created_at"], name="replies_reply_network"),
            models.Index(fields=["text_key"], name="replies_reply_text"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} ({self.state})"

    def get_absolute_url(self) -> str:
        return reverse("replies:reply", args=[self.public_id])

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    def may_still_be_edited(self, now: datetime | None = None) -> bool:
        """Within the time after posting that ``reply_edit_minutes`` gives."""
        age = (now or timezone.now()) - self.created_at
        return self.erased_at is None and age.total_seconds() <= settings.REPLY_EDIT_MINUTES * 60
