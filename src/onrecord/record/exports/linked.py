"""JSON-LD in the words of schema.org: Quotation, Claim, NewsArticle."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from onrecord.record.exports.rows import CHUNK
from onrecord.record.models import Article, Statement

_TYPES = {
    "person": "Person",
    "organization": "Organization",
    "group": "Organization",
    "media": "NewsMediaOrganization",
    "document": "CreativeWork",
}


def linked_data(statements: QuerySet[Statement], base_url: str) -> Iterator[bytes]:
    """One document with a graph of quotations."""
    yield b'{"@context": "https://schema.org", "@graph": ['
    found = statements.select_related("article__outlet", "person", "within").iterator(chunk_size=CHUNK)
    for number, statement in enumerate(found):
        node = json.dumps(quotation(statement, base_url), ensure_ascii=False)
        yield (",\n" if number else "\n").encode() + node.encode("utf-8")
    yield b"\n]}\n"


def quotation(statement: Statement, base_url: str) -> dict[str, Any]:
    """A statement as a Quotation; what it denies as a Claim it is about."""
    address = base_url + statement.get_absolute_url()
    node: dict[str, Any] = {
        "@type": "Quotation",
        "@id": address,
        "url": address,
        "identifier": statement.address,
        "text": statement.words,
        "additionalType": statement.act,
        "isPartOf": news_article(statement.article, base_url),
    }
    if statement.speaker_name:
        node["spokenByCharacter"] = node["creator"] = _speaker(statement, base_url)
    if statement.said_on:
        node["dateCreated"] = statement.said_on
    if statement.within:
        node["isBasedOn"] = base_url + statement.within.get_absolute_url()
    if statement.denied_claim:
        claim: dict[str, Any] = {"@type": "Claim", "text": statement.denied_claim, "appearance": {"@id": address}}
        if statement.denied_claim_by:
            claim["author"] = {"@type": "Thing", "name": statement.denied_claim_by}
        node["about"] = claim
    return node


def news_article(article: Article, base_url: str) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@type": "NewsArticle",
        "@id": base_url + article.get_absolute_url(),
        "headline": article.title,
    }
    optional = {"url": article.url, "datePublished": article.published, "inLanguage": article.language}
    node |= {name: value for name, value in optional.items() if value}
    if article.outlet:
        node["publisher"] = {"@type": "NewsMediaOrganization", "name": article.outlet.name}
    if article.byline:
        node["author"] = [{"@type": "Person", "name": name} for name in article.byline]
    return node


def _speaker(statement: Statement, base_url: str) -> dict[str, Any]:
    node = {"@type": _TYPES.get(statement.speaker_type, "Thing"), "name": statement.speaker_name}
    if statement.person:
        node["@id"] = base_url + statement.person.get_absolute_url()
    if statement.speaker_role and statement.speaker_type == "person":
        node["jobTitle"] = statement.speaker_role
    return node
