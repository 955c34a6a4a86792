"""What was published: outlets, articles and their versions, and the pages as they were seen."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Outlet(models.Model):
    """Who publishes: a newspaper, an agency, a site."""

    class TextLicence(models.TextChoices):
        OWN = "own", "Own text"
        LICENSED = "licensed", "Licensed text"
        NONE = "none", "No licence"

    name = models.CharField(max_length=200)
    slug = models.CharField(max_length=100, unique=True)
    key = models.CharField(max_length=200, unique=True)
    """Folded name; the same outlet written otherwise has the same key."""
    homepage = models.URLField(max_length=500, blank=True, default="")
    text_licence = models.CharField(max_length=10, choices=TextLicence, default=TextLicence.NONE)
    """Whether readers may see the full text of its articles: only where it is own or licensed."""

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def shows_full_text(self) -> bool:
        return self.text_licence in (self.TextLicence.OWN, self.TextLicence.LICENSED)

    def get_absolute_url(self) -> str:
        return f"/outlets/{self.slug}/"


class Tag(models.Model):
    """A word that outlets file articles under."""

    class Kind(models.TextChoices):
        TAG = "tag", "Tag"
        CATEGORY = "category", "Category"

    name = models.CharField(max_length=200)
    slug = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TAG)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "slug"], name="record_tag_kind_slug")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/{'tags' if self.kind == self.Kind.TAG else 'categories'}/{self.slug}/"


class Snapshot(models.Model):
    """A page as it was seen: where its bytes stand in the WARC files beside the database, and their hash."""

    sha256 = models.CharField(max_length=64)
    """Of the page's bytes, without headers."""
    url = models.CharField(max_length=2000, blank=True, default="")
    name = models.CharField(max_length=500, blank=True, default="")
    fetched = models.DateTimeField()
    media_type = models.CharField(max_length=100, default="text/html")
    warc_file = models.CharField(max_length=200)
    """File name inside the snapshot folder."""
    offset = models.BigIntegerField()
    length = models.BigIntegerField()
    """Of the compressed WARC record, in bytes."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["warc_file", "offset"], name="record_snapshot_place")]
        indexes: ClassVar = [models.Index(fields=["sha256"], name="record_snapshot_sha256")]

    def __str__(self) -> str:
        return f"{self.url or self.name} ({self.sha256[:12]})"


class Article(models.Model):
    """An article by its canonical URL. Its text is that of its current version."""

    public_id = models.CharField(max_length=12, unique=True)
    """Stable short id, made from the canonical URL."""
    key = models.CharField(max_length=2000, unique=True)
    """Canonical URL without scheme, www and tracking; the article's own id where there is no URL."""
    url = models.CharField(max_length=2000, blank=True, default="")
    """Canonical URL, empty for a file that names none."""
    title = models.CharField(max_length=500, blank=True, default="")
    slug = models.CharField(max_length=100)
    permalink_on = models.DateField()
    """Day in the permalink: the day of publication, the day it was added where that is unknown. Never changes."""

    outlet = models.ForeignKey(Outlet, null=True, blank=True, on_delete=models.PROTECT, related_name="articles")
    credited_outlet = models.ForeignKey(
        Outlet, null=True, blank=True, on_delete=models.PROTECT, related_name="credited_articles"
    )
    """Outlet whose report this republishes, as the page says."""
    credited_date = models.CharField(max_length=40, blank=True, default="")
    byline = models.JSONField(default=list, blank=True)
    """List of names."""
    posted_by = models.CharField(max_length=200, blank=True, default="")
    published = models.CharField(max_length=40, blank=True, default="")
    """ISO 8601 as the page gives it, empty where unknown."""
    published_at = models.DateTimeField(null=True, blank=True)
    """The same as a moment (UTC; midnight where the page gives a day only)."""
    published_on = models.DateField(null=True, blank=True)
    """The same as a day, in the page's own time zone."""
    updated = models.CharField(max_length=40, blank=True, default="")
    language = models.CharField(max_length=20, blank=True, default="")
    section = models.CharField(max_length=200, blank=True, default="")
    tags = models.ManyToManyField(Tag, blank=True, related_name="articles")
    """Tags and categories; tell them apart by ``Tag.kind``."""
    evidence = models.JSONField(default=dict, blank=True)
    """Field -> where it was read."""
    page_replies = models.JSONField(default=list, blank=True)
    """Readers' replies found on the page: list of {"name", "time", "text"}."""

    current = models.OneToOneField("ArticleVersion", null=True, on_delete=models.PROTECT, related_name="current_of")
    original = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")
    """The article that this one republishes, ``None`` for an original. Counts leave copies out."""
    original_why = models.CharField(max_length=200, blank=True, default="")
    """Why it is held to be a copy."""
    added_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(default=timezone.now)
    """When it was last read by a model or looked at and found unchanged."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["permalink_on", "slug"], name="record_article_permalink"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-published_at", "-id"], name="record_article_newest"),
            models.Index(fields=["outlet", "-published_at"], name="record_article_outlet"),
            models.Index(fields=["published_on"], name="record_article_day"),
        ]

    def __str__(self) -> str:
        return self.title or self.url or self.public_id

    @property
    def text(self) -> str:
        """Body text of the current version."""
        return self.current.text if self.current else ""

    def get_absolute_url(self) -> str:
        """The permalink ``/YYYY/MM/DD/slug/``."""
        return f"/{self.permalink_on:%Y/%m/%d}/{self.slug}/"

    @property
    def canonical(self) -> Article:
        """The original where this is a copy, else itself."""
        return self.original or self


class ArticleVersion(models.Model):
    """The text of an article at one time. A changed page adds a version; none is ever overwritten."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    """From 1."""
    title = models.CharField(max_length=500, blank=True, default="")
    text = models.TextField()
    content_hash = models.CharField(max_length=64)
    difference = models.TextField(blank=True, default="")
    """Unified difference from the version before, empty for the first."""
    seen_at = models.DateTimeField(default=timezone.now)
    snapshot = models.ForeignKey(Snapshot, null=True, blank=True, on_delete=models.PROTECT, related_name="versions")
    model = models.CharField(max_length=100, blank=True, default="")
    """Version of the statement model that last read it."""

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "number"], name="record_version_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="record_version_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.title} (version {self.number})"


class CopyBand(models.Model):
    """One band of an article's MinHash: articles that share a band may be copies of each other."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="copy_bands")
    band = models.BigIntegerField()
    """Hash of the band's number and rows."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["band", "article"], name="record_copy_band")]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.band}"
