"""What statements affirm or deny, and which of them carry the same words."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from onrecord.record.models.articles import Article
from onrecord.record.models.statements import Statement


class Claim(models.Model):
    """A proposition that statements in the record affirm or deny."""

    slug = models.CharField(max_length=100, unique=True)
    words = models.TextField()
    """The proposition in one sentence."""
    added_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.words[:80]

    def get_absolute_url(self) -> str:
        return f"/claims/{self.slug}/"


class Stance(models.Model):
    """Ties a statement to a claim: suggested by the program or confirmed by an editor."""

    class Side(models.TextChoices):
        AFFIRMS = "affirms", "Affirms"
        DENIES = "denies", "Denies"

    class Status(models.TextChoices):
        SUGGESTED = "suggested", "Suggested by the program"
        CONFIRMED = "confirmed", "Confirmed by an editor"
        REFUSED = "refused", "Refused by an editor"

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="stances")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="stances")
    side = models.CharField(max_length=10, choices=Side)
    status = models.CharField(max_length=10, choices=Status, default=Status.SUGGESTED)
    confidence = models.FloatField(null=True, blank=True)
    by = models.CharField(max_length=150, blank=True, default="")
    why = models.TextField(blank=True, default="")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["claim", "statement"], name="record_stance_once")]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.side} {self.claim_id}"


class Wording(models.Model):
    """The group of statements that carry the same words in several articles."""

    words = models.TextField()
    first = models.ForeignKey(Article, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Where the words were first seen."""
    added_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.words[:80]


class WordingUse(models.Model):
    """A statement's place in a wording, and what it cut or changed against the fullest one."""

    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="uses")
    statement = models.OneToOneField(Statement, on_delete=models.CASCADE, related_name="wording_use")
    similarity = models.FloatField()
    """Share of the fullest one's words that this one has in the same order."""
    difference = models.TextField(blank=True, default="")
    is_apart = models.BooleanField(default=False)
    """An editor said that these are not the same words; the program does not put it back."""

    class Meta:
        ordering: ClassVar = ["-similarity"]

    def __str__(self) -> str:
        return f"{self.statement_id} in {self.wording_id}"


class WordingMark(models.Model):
    """A run of words out of a quotation, as a number: two quotations that share one may share their words."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="wording_marks")
    mark = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["mark", "statement"], name="record_wording_mark")]

    def __str__(self) -> str:
        return f"{self.mark:x} of {self.statement_id}"
