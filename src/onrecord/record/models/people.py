"""Speakers joined across articles. Every join can be taken back."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class Person(models.Model):
    """A speaker joined across articles: a person, or an organization, group, document or medium that speaks."""

    class Type(models.TextChoices):
        PERSON = "person", "Person"
        ORGANIZATION = "organization", "Organization"
        GROUP = "group", "Group"
        DOCUMENT = "document", "Document"
        MEDIA = "media", "Media"

    public_id = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=200)
    """The name it is shown under."""
    slug = models.CharField(max_length=100, unique=True)
    type = models.CharField(max_length=12, choices=Type, default=Type.PERSON)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")
    """Set while this person is merged into another; their page leads there."""
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/people/{self.slug}/"


class PersonName(models.Model):
    """A name that a person is called by in some article."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    """Folded name: no case, accents, titles or punctuation."""
    family_key = models.CharField(max_length=100, blank=True, default="")
    """Folded last part of a person's name."""

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "name"], name="record_person_name")]
        indexes: ClassVar = [
            models.Index(fields=["key"], name="record_person_name_key"),
            models.Index(fields=["family_key"], name="record_person_family_key"),
        ]

    def __str__(self) -> str:
        return self.name


class PersonRole(models.Model):
    """A role that an article gives a person, with the day it stands for."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=300)
    """As the article words it."""
    key = models.CharField(max_length=300)
    """Folded role, for grouping."""
    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="roles")
    on = models.DateField(null=True, blank=True)
    """Day the role was held: when the statement was said, else when the article was published."""

    class Meta:
        ordering: ClassVar = ["on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "article", "key"], name="record_person_role"),
        ]

    def __str__(self) -> str:
        return self.role


class PersonChange(models.Model):
    """A merge, split or renaming of people: what moved from one to another, with who, when and why. Can be undone."""

    class Kind(models.TextChoices):
        MERGE = "merge", "Merge"
        SPLIT = "split", "Split"
        RENAME = "rename", "Renaming"

    kind = models.CharField(max_length=10, choices=Kind)
    source = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="changes_from")
    """Whose statements moved."""
    target = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="changes_to")
    """Whose they became; the same person for a renaming."""
    moved = models.JSONField(default=dict)
    """What moved, for undoing exactly that: ``statements`` by address, ``names``, ``roles`` by article and key; of a
    renaming the ``old`` and ``new`` name, and the new one under ``names`` where it was not known before."""
    by = models.CharField(max_length=150)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    why = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=150, blank=True, default="")
    undone_why = models.TextField(blank=True, default="")

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.source} -> {self.target}"

    @property
    def in_words(self) -> str:
        """What changed, for people."""
        if self.kind == self.Kind.RENAME:
            return f"{self.moved['old']} → {self.moved['new']}"
        count = len(self.moved["statements"])
        statements = f"{count} statement{'' if count == 1 else 's'}"
        if self.kind == self.Kind.MERGE:
            return f"{self.source.name} is {self.target.name}; {statements} moved"
        return f"{statements} of {self.source.name} are not theirs but {self.target.name}’s ({self.target.slug})"
