"""Pages as linked data (schema.org, JSON-LD): what search engines and other programs read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from onrecord.record.models import Article, Outlet, Person, Statement
from onrecord.record.queries import RoleHeld
from onrecord.site.links import absolute, web_url
from onrecord.site.templatetags.reading import quoted, speaker

Linked = dict[str, Any]
CONTEXT = "https://schema.org"


def statement_ld(statement: Statement) -> Linked:
    """A ``Quotation`` within the ``NewsArticle`` that reports it."""
    return _filled({"@context": CONTEXT, **_quotation(statement), "isPartOf": _article(statement.article)})


def article_ld(article: Article, statements: Sequence[Statement]) -> Linked:
    """A ``NewsArticle`` and the quotations in it."""
    return _filled(
        {
            "@context": CONTEXT,
            **_article(article),
            "hasPart": [_filled(_quotation(statement)) for statement in statements],
            "mainEntityOfPage": absolute(article.canonical.get_absolute_url()),
        }
    )


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


def _quotation(statement: Statement) -> Linked:
    is_person = statement.speaker_type == "person"
    return {
        "@type": "Quotation" if statement.kind != "indirect" else "Claim",
        "@id": absolute(statement.get_absolute_url()),
        "url": absolute(statement.get_absolute_url()),
        "text": quoted(statement),
        # An EDTF value that schema.org's Date cannot hold is left out, never rounded.
        "dateCreated": statement.said_on if statement.said_from == statement.said_to and statement.said_from else None,
        "creator": _filled(
            {
                "@type": "Person" if is_person else "Organization",
                "@id": absolute(statement.person.get_absolute_url()) if statement.person else None,
                "name": speaker(statement),
                "jobTitle": (statement.speaker_role or None) if is_person else None,
            }
        ),
    }


def _article(article: Article) -> Linked:
    original = article.original
    return _filled(
        {
            "@type": "NewsArticle",
            "headline": article.title,
            "url": web_url(article.url) or absolute(article.get_absolute_url()),
            "datePublished": article.published,
            "dateModified": article.updated,
            "author": [{"@type": "Person", "name": name} for name in article.byline],
            "publisher": _outlet(article.outlet),
            "sourceOrganization": _outlet(article.credited_outlet),
            "isBasedOn": web_url(original.url) if original else None,
            "inLanguage": article.language,
            "articleSection": article.section,
        }
    )


def _outlet(outlet: Outlet | None) -> Linked | None:
    if outlet is None:
        return None
    return _filled({"@type": "NewsMediaOrganization", "name": outlet.name, "url": web_url(outlet.homepage)})


def _filled(data: Linked) -> Linked:
    return {name: value for name, value in data.items() if value not in (None, "", [])}
