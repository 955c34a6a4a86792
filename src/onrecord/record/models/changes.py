"""What editors changed in a statement: the public history."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from onrecord.record.models.statements import Statement


class StatementChange(models.Model):
    """A correction, confirmation, withdrawal or link by an editor: who, when, why, old and new value. Can be undone."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", "Correction"
        CONFIRMATION = "confirmation", "Confirmation"
        WITHDRAWAL = "withdrawal", "Withdrawal"
        LINK = "link", "Link"

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=12, choices=Kind)
    field = models.CharField(max_length=40, blank=True, default="")
    """Corrected field, empty for a confirmation or withdrawal; of a link what it ties: ``wording`` or ``claim``."""
    old = models.JSONField(null=True, blank=True)
    new = models.JSONField(null=True, blank=True)
    by = models.CharField(max_length=150)
    """Name as shown in the history."""
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    why = models.TextField(blank=True, default="")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=150, blank=True, default="")
    undone_why = models.TextField(blank=True, default="")

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.statement_id} by {self.by}"
