"""The language a page says it is written in."""

from __future__ import annotations

import re

from onrecord.articles.markup import Markup
from onrecord.articles.words import Found

_TAG = re.compile(r"^([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?")


def find_language(markup: Markup) -> Found | None:
    """A BCP 47 tag such as ``en-US``: of the document element, of the article's markup, of the page's meta tags."""
    statements = (
        (markup.tree.get("lang") or markup.tree.get("{http://www.w3.org/XML/1998/namespace}lang"), "html element"),
        (markup.data.text("inLanguage"), "json-ld"),
        (markup.meta.first("inlanguage", "content-language", "language", "dc.language", "dcterms.language"), "meta"),
        (markup.meta.first("og:locale"), "meta"),
    )
    for value, evidence in statements:
        if match := _TAG.match((value or "").strip()):
            language, script, region = match.groups()
            parts = (language.lower(), script.title() if script else None, region.upper() if region else None)
            return Found("-".join(part for part in parts if part), evidence)
    return None
