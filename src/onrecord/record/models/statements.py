"""Who said what: the statement."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from onrecord.record.models.articles import Article, ArticleVersion
from onrecord.record.models.people import Person
from onrecord.terms import ACTS, KINDS, SPEAKER_TYPES, Span


class Statement(models.Model):
    """One attribution, with a permanent address. Spans are ``[start, end]`` in code points of ``version.text``.

    Fields hold what is in force now: the model's reading with the editors' corrections on top. What the model read is
    kept beside it in ``reading``.
    """

    class Status(models.TextChoices):
        READ = "read", "Read by the program"
        CONFIRMED = "confirmed", "Confirmed by an editor"
        CORRECTED = "corrected", "Corrected by an editor"
        WITHDRAWN = "withdrawn", "Withdrawn"

    address = models.CharField(max_length=12, unique=True)
    """Short id in ``/s/<address>/``; survives re-reading and corrections."""
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="statements")
    version = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, related_name="statements")
    """The version of the article whose text the spans point into."""
    is_current = models.BooleanField(default=True)
    """Still in the article's current version (as last read); else shown with the version it stood in."""
    is_retired = models.BooleanField(default=False)
    """A newer model no longer finds it in the same text and no editor vouched for it: off all lists, its page stays."""
    status = models.CharField(max_length=10, choices=Status, default=Status.READ)
    n = models.PositiveIntegerField()
    """Number within the article, in order of first span."""

    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    act = models.CharField(max_length=10, choices=[(act, act) for act in ACTS])
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="statements")
    """The speaker joined across articles; ``None`` where the article never names them."""
    speaker_name = models.CharField(max_length=200, blank=True, default="")
    """Fullest name this article gives, empty where it never names them."""
    speaker_type = models.CharField(max_length=12, choices=[(kind, kind) for kind in SPEAKER_TYPES], default="person")
    speaker_role = models.CharField(max_length=300, blank=True, default="")

    words = models.TextField(blank=True, default="")
    """The content's words, spans joined by " … "."""
    content_spans = models.JSONField(default=list)
    """List of [start, end]."""
    cue = models.CharField(max_length=300, blank=True, default="")
    cue_span = models.JSONField(null=True, blank=True)
    speaker_words = models.CharField(max_length=500, blank=True, default="")
    """The source as the article words it here ("he", "the minister")."""
    speaker_span = models.JSONField(null=True, blank=True)
    start = models.PositiveIntegerField()
    """First character of source, cue and content."""
    end = models.PositiveIntegerField()

    said_on = models.CharField(max_length=60, blank=True, default="")
    """EDTF, empty where undated."""
    said_from = models.DateField(null=True, blank=True)
    """First day that ``said_on`` may mean."""
    said_to = models.DateField(null=True, blank=True)
    """Last day that ``said_on`` may mean."""
    said_on_words = models.CharField(max_length=300, blank=True, default="")
    """The words the date rests on; ``inherited`` basis leaves this empty."""
    said_on_span = models.JSONField(null=True, blank=True)
    said_on_inherited = models.BooleanField(default=False)
    published_on = models.DateField(null=True, blank=True)
    """The article's day, repeated here for ordering."""

    addressee = models.CharField(max_length=500, blank=True, default="")
    addressee_span = models.JSONField(null=True, blank=True)
    venue = models.CharField(max_length=500, blank=True, default="")
    venue_span = models.JSONField(null=True, blank=True)
    within = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="inner")
    """The statement whose content holds this one."""

    denies = models.BooleanField(default=False)
    denied_claim = models.TextField(blank=True, default="")
    """The words of what is denied, where the text has them."""
    denied_claim_span = models.JSONField(null=True, blank=True)
    denied_claim_by = models.CharField(max_length=500, blank=True, default="")
    """The words of who had claimed it."""
    denied_claim_by_span = models.JSONField(null=True, blank=True)

    confidence = models.FloatField(null=True, blank=True)
    """Calibrated probability that the whole record is right."""
    confidences = models.JSONField(default=dict, blank=True)
    """Field -> calibrated probability."""
    reading = models.JSONField(default=dict, blank=True)
    """The statement as the model last read it (``terms.Statement.to_dict``)."""
    model = models.CharField(max_length=100, blank=True, default="")
    added_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    nearby: tuple[int, str] | None = None
    """No column: where some text around the statement starts, and that text, once
    :func:`onrecord.record.queries.with_surrounding_text` has fetched it."""

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="record_statement_forward"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-published_on", "-id"], name="record_statement_newest"),
            models.Index(fields=["person", "-published_on"], name="record_statement_person"),
            models.Index(fields=["article", "start"], name="record_statement_article"),
            models.Index(
                fields=["-published_on", "-id"], name="record_statement_denials", condition=models.Q(denies=True)
            ),
            models.Index(fields=["confidence"], name="record_statement_queue", condition=models.Q(status="read")),
        ]

    def __str__(self) -> str:
        return f"{self.speaker_name or self.speaker_words or 'unnamed'}: {self.words[:80]}"

    def get_absolute_url(self) -> str:
        return f"/s/{self.address}/"

    @property
    def contents(self) -> tuple[Span, ...]:
        return tuple(Span(*pair) for pair in self.content_spans)

    @property
    def extent(self) -> Span:
        return Span(self.start, self.end)

    def span_of(self, field: str) -> Span | None:
        """Of ``speaker``, ``cue``, ``said_on``, ``addressee``, ``venue``, ``denied_claim`` or ``denied_claim_by``."""
        pair: Any = getattr(self, f"{field}_span")
        return Span(*pair) if pair else None
