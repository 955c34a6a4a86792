"""Saved searches with a page of their own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Topic(models.Model):
    """A saved search that has a page, a timeline and a feed."""

    name = models.CharField(max_length=200)
    slug = models.CharField(max_length=100, unique=True)
    query = models.CharField(max_length=500)
    """In the query language of ``onrecord.record.search``."""
    description = models.TextField(blank=True, default="")
    by = models.CharField(max_length=150, blank=True, default="")
    added_at = models.DateTimeField(default=timezone.now)
    is_public = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/topics/{self.slug}/"
