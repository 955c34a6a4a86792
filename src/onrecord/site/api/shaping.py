"""Record objects as the API gives them."""

from __future__ import annotations

from typing import Any

from onrecord.record import queries
from onrecord.record.models import Article, Outlet, Person, Statement, StatementChange, Tag, Topic
from onrecord.site import citing
from onrecord.site.links import absolute, text_fragment_url, web_url

Shape = dict[str, Any]


def outlet(found: Outlet | None) -> Shape | None:
    if found is None:
        return None
    return {"slug": found.slug, "name": found.name, "url": absolute(found.get_absolute_url())}


def person(found: Person) -> Shape:
    return {
        "slug": found.slug,
        "name": found.name,
        "type": found.type,
        "url": absolute(found.get_absolute_url()),
        "statements": getattr(found, "statement_count", 0),
    }


def person_detail(found: Person) -> Shape:
    roles = queries.roles_over_time(found)
    return {
        **person(found),
        "names": sorted(name.name for name in found.names.all()),
        "roles": [{"role": r.role, "first": r.first, "last": r.last, "articles": r.articles} for r in roles],
        "timeline": [
            {"month": bucket.month, "statements": bucket.statements, "denials": bucket.denials}
            for bucket in queries.person_timeline(found)
        ],
    }


def article_brief(found: Article) -> Shape:
    return {
        "id": found.public_id,
        "title": found.title,
        "url": web_url(found.url) or None,
        "permalink": absolute(found.get_absolute_url()),
        "outlet": outlet(found.outlet),
        "published": found.published or None,
    }


def article(found: Article) -> Shape:
    tags = list(found.tags.all())
    return {
        **article_brief(found),
        "byline": found.byline,
        "credited_outlet": outlet(found.credited_outlet),
        "updated": found.updated or None,
        "language": found.language or None,
        "tags": [tag.name for tag in tags if tag.kind == Tag.Kind.TAG],
        "categories": [tag.name for tag in tags if tag.kind == Tag.Kind.CATEGORY],
        "original": found.original.public_id if found.original else None,
    }


def article_detail(found: Article) -> Shape:
    shows_text = found.outlet is not None and found.outlet.shows_full_text
    return {
        **article(found),
        "text": found.text if shows_text else None,
        "statements": [statement(each) for each in queries.article_statements(found)],
        "copies": [copy.public_id for copy in found.copies.all()],
    }


def statement(found: Statement) -> Shape:
    return {
        "address": found.address,
        "url": absolute(found.get_absolute_url()),
        "status": found.status,
        "act": found.act,
        "kind": found.kind,
        "words": found.words,
        "content": found.content_spans,
        "cue": found.cue or None,
        "speaker": _speaker(found),
        "said_on": _said_on(found),
        "addressee": found.addressee or None,
        "venue": found.venue or None,
        "within": found.within.address if found.within_id and found.within else None,
        "denies": _denial(found),
        "confidence": found.confidence,
        "article": article_brief(found.article),
    }


def statement_detail(found: Statement) -> Shape:
    around = queries.surroundings(found)
    citation = citing.cite(found)
    return {
        **statement(found),
        "original": text_fragment_url(found) or None,
        "history": [change(each) for each in around.changes],
        "inner": [inner.address for inner in around.inner],
        "same_words": [same.statement.address for same in around.same_words],
        "citation": {"apa": citation.apa, "chicago": citation.chicago, "bibtex": citation.bibtex},
    }


def change(found: StatementChange) -> Shape:
    return {
        "id": found.pk,
        "kind": found.kind,
        "field": found.field or None,
        "old": found.old,
        "new": found.new,
        "by": found.by,
        "why": found.why,
        "at": found.at,
        "undone_at": found.undone_at,
    }


def topic(found: Topic) -> Shape:
    return {
        "slug": found.slug,
        "name": found.name,
        "description": found.description,
        "query": found.query,
        "url": absolute(found.get_absolute_url()),
    }


def _speaker(found: Statement) -> Shape:
    return {
        "name": found.speaker_name or None,
        "type": found.speaker_type,
        "role": found.speaker_role or None,
        "words": found.speaker_words or None,
        "person": person(found.person) if found.person else None,
    }


def _said_on(found: Statement) -> Shape | None:
    if not found.said_on:
        return None
    return {
        "edtf": found.said_on,
        "first": found.said_from,
        "last": found.said_to,
        "words": found.said_on_words or None,
        "inherited": found.said_on_inherited,
    }


def _denial(found: Statement) -> Shape | None:
    if not found.denies:
        return None
    return {"claim": found.denied_claim or None, "claimed_by": found.denied_claim_by or None}
