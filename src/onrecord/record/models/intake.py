"""What comes in: feeds that are watched, and what could not be read."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone


class Feed(models.Model):
    """A feed that is polled, and how its last poll went."""

    url = models.CharField(max_length=2000, unique=True)
    title = models.CharField(max_length=300, blank=True, default="")
    is_active = models.BooleanField(default=True)
    interval = models.DurationField(default=timedelta(minutes=30))
    """Time between polls while all is well; doubled for each failure in a row, up to a day."""
    etag = models.CharField(max_length=500, blank=True, default="")
    last_modified = models.CharField(max_length=100, blank=True, default="")
    next_poll_at = models.DateTimeField(default=timezone.now)
    last_polled_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    """In a row."""
    last_error = models.TextField(blank=True, default="")
    articles_added = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["url"]

    def __str__(self) -> str:
        return self.title or self.url


class Reject(models.Model):
    """Something that could not be read, kept with its reason until a retry reads it."""

    name = models.CharField(max_length=500)
    url = models.CharField(max_length=2000, blank=True, default="")
    source = models.CharField(max_length=2000)
    """What was asked for: a path, URL or archive that ``onrecord retry`` can open again."""
    form = models.CharField(max_length=20, blank=True, default="")
    """Form of the source (``html``, ``warc``, ``wxr`` ...), empty: found out from the source."""
    code = models.CharField(max_length=40)
    reason = models.TextField()
    can_retry = models.BooleanField(default=False)
    attempts = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-last_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "name"], name="record_reject_source_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.code}"
