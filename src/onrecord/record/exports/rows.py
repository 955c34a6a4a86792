"""A statement as one flat row: what CSV, Parquet and the lines of a search hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from onrecord.record.models import Statement

CHUNK = 500

COLUMNS: dict[str, type] = {
    "address": str,
    "url": str,
    "act": str,
    "kind": str,
    "speaker_name": str,
    "speaker_type": str,
    "speaker_role": str,
    "person": str,
    "words": str,
    "source": str,
    "cue": str,
    "said_on": str,
    "said_on_words": str,
    "addressee": str,
    "venue": str,
    "denies": bool,
    "denied_claim": str,
    "denied_claim_by": str,
    "within": str,
    "start": int,
    "end": int,
    "confidence": float,
    "status": str,
    "is_current": bool,
    "article": str,
    "article_url": str,
    "article_title": str,
    "outlet": str,
    "published": str,
    "language": str,
}
"""Column -> type; texts are empty and numbers missing where nothing is known."""


def rows(statements: QuerySet[Statement], base_url: str) -> Iterator[dict[str, Any]]:
    """The rows of statements, read in chunks."""
    for statement in statements.select_related("article__outlet", "person", "within").iterator(chunk_size=CHUNK):
        yield row(statement, base_url)


def row(statement: Statement, base_url: str) -> dict[str, Any]:
    article = statement.article
    return {
        "address": statement.address,
        "url": base_url + statement.get_absolute_url(),
        "act": statement.act,
        "kind": statement.kind,
        "speaker_name": statement.speaker_name,
        "speaker_type": statement.speaker_type,
        "speaker_role": statement.speaker_role,
        "person": statement.person.public_id if statement.person else "",
        "words": statement.words,
        "source": statement.speaker_words,
        "cue": statement.cue,
        "said_on": statement.said_on,
        "said_on_words": statement.said_on_words,
        "addressee": statement.addressee,
        "venue": statement.venue,
        "denies": statement.denies,
        "denied_claim": statement.denied_claim,
        "denied_claim_by": statement.denied_claim_by,
        "within": statement.within.address if statement.within else "",
        "start": statement.start,
        "end": statement.end,
        "confidence": statement.confidence,
        "status": statement.status,
        "is_current": statement.is_current,
        "article": base_url + article.get_absolute_url(),
        "article_url": article.url,
        "article_title": article.title,
        "outlet": article.outlet.name if article.outlet else "",
        "published": article.published,
        "language": article.language,
    }
