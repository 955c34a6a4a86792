"""Pages as linked data (schema.org, JSON-LD): what search engines and other programs read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from onrecord.record.exports.linked import news_article, quotation
from onrecord.record.models import Article, Person, Statement
from onrecord.record.queries import RoleHeld
from onrecord.site.links import absolute

Linked = dict[str, Any]
CONTEXT = "https://schema.org"


def statement_ld(statement: Statement) -> Linked:
    """A ``Quotation`` within the ``NewsArticle`` that reports it, as the JSON-LD export has it."""
    return {"@context": CONTEXT, **quotation(statement, settings.BASE_URL)}


def article_ld(article: Article, statements: Sequence[Statement]) -> Linked:
    """A ``NewsArticle`` and the quotations in it."""
    parts = [quotation(statement, settings.BASE_URL) for statement in statements]
    for part in parts:
        part["isPartOf"] = {"@id": absolute(article.get_absolute_url())}
    return {
        "@context": CONTEXT,
        **news_article(article, settings.BASE_URL),
        "mainEntityOfPage": absolute(article.canonical.get_absolute_url()),
        "hasPart": parts,
    }


def person_ld(person: Person, roles: Sequence[RoleHeld]) -> Linked:
    """A person or an organization, with the roles the record has them in."""
    return _filled(
        {
            "@context": CONTEXT,
            "@type": "Person" if person.type == Person.Type.PERSON else "Organization",
            "@id": absolute(person.get_absolute_url()),
            "name": person.name,
            "alternateName": [n.name for n in person.names.all() if n.name != person.name],
            "jobTitle": [held.role for held in roles] if person.type == Person.Type.PERSON else None,
            "url": absolute(person.get_absolute_url()),
        }
    )


def site_ld() -> Linked:
    """The site and its search."""
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": settings.SITE_NAME,
        "url": absolute("/"),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": absolute("/search/?q={search_term_string}")},
            "query-input": "required name=search_term_string",
        },
    }


def _filled(data: Linked) -> Linked:
    return {name: value for name, value in data.items() if value not in (None, "", [])}
