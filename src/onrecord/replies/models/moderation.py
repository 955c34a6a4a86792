"""Who decided what about a reply, when and why; what the filter learnt from it; rules; readers' reports."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onrecord.record.models import Outlet
from onrecord.replies.models.threads import Reply


class ModerationLog(models.Model):
    """One change of a reply's state. Rows are only added; undoing is a change too."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="log")
    before = models.CharField(max_length=10, choices=Reply.State, blank=True, default="")
    """Empty for the first state."""
    after = models.CharField(max_length=10, choices=Reply.State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    by_name = models.CharField(max_length=150)
    """Name at that time: a moderator's, "the filter", "the writer", "import"."""
    why = models.CharField(max_length=500, blank=True, default="")
    at = models.DateTimeField(default=timezone.now)
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="undone_by")

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.reply_id}: {self.before} -> {self.after} by {self.by_name}"


class FilterDecision(models.Model):
    """What the filter learns: a moderator's word on one reply. An undone row is deleted, as if never said."""

    reply = models.OneToOneField(Reply, on_delete=models.CASCADE, related_name="decision")
    vector = models.BinaryField()
    spam = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.reply_id}: {'spam' if self.spam else 'good'}"


class Policy(models.Model):
    """Rules for replies under one outlet's articles, or, without an outlet, for the whole site."""

    class Mode(models.TextChoices):
        HOLD_ALL = "hold_all", _("Every reply waits for a moderator")
        HOLD_FIRST = "hold_first", _("A writer's first reply waits for a moderator")
        OPEN = "open", _("Replies appear at once unless the filter holds them")
        CLOSED = "closed", _("No replies")

    outlet = models.OneToOneField(Outlet, null=True, blank=True, on_delete=models.CASCADE, related_name="reply_policy")
    mode = models.CharField(max_length=12, choices=Mode, default=Mode.HOLD_FIRST)
    close_after_days = models.PositiveIntegerField(null=True, blank=True)
    """Days after publication of the article; empty: never."""
    slow_mode_seconds = models.PositiveIntegerField(default=0)
    """Time between two replies of one writer in one thread."""

    class Meta:
        verbose_name_plural = "policies"
        constraints: ClassVar = [
            models.UniqueConstraint(Coalesce("outlet_id", 0), name="replies_policy_one_for_the_site"),
        ]

    def __str__(self) -> str:
        return f"{self.outlet or 'site'}: {self.mode}"


class Report(models.Model):
    """A reader's report of a reply."""

    class Reason(models.TextChoices):
        SPAM = "spam", _("Advertising")
        ABUSE = "abuse", _("Insult or threat")
        UNLAWFUL = "unlawful", _("Against the law")
        OTHER = "other", _("Something else")

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=10, choices=Reason)
    words = models.CharField(max_length=500, blank=True, default="")
    reporter = models.CharField(max_length=64)
    """Hash of account or network, so that one reader counts once."""
    at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["reply", "reporter"], name="replies_report_once")]

    def __str__(self) -> str:
        return f"{self.reply_id}: {self.reason}"
