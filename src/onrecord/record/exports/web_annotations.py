"""W3C Web Annotations: each statement as a note on the words in the original page.

A target has both selectors: the quotation with some words around it, which finds the place on a page that has other
things on it too, and its position, which counts code points of the article's text as the standard says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from onrecord.record.exports.linked import quotation
from onrecord.record.exports.rows import CHUNK
from onrecord.record.models import Statement
from onrecord.terms import Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Characters before and after that help to find the quotation."""


def annotation_page(statements: QuerySet[Statement], base_url: str) -> Iterator[bytes]:
    """One page of annotations."""
    head = json.dumps({"@context": CONTEXT, "type": "AnnotationPage", "id": f"{base_url}/annotations"})
    yield f'{head[:-1]}, "items": ['.encode()
    found = statements.select_related("article__outlet", "person", "version", "within").iterator(chunk_size=CHUNK)
    for number, statement in enumerate(found):
        node = json.dumps(annotation(statement, base_url), ensure_ascii=False)
        yield (",\n" if number else "\n").encode() + node.encode("utf-8")
    yield b"\n]}\n"


def annotation(statement: Statement, base_url: str) -> dict[str, Any]:
    """A statement as an annotation of its content; of source and cue where it has no content."""
    text = statement.version.text
    source = statement.article.url or base_url + statement.article.get_absolute_url()
    spans = statement.contents or (statement.extent,)
    return {
        "id": f"{base_url}{statement.get_absolute_url()}#annotation",
        "type": "Annotation",
        "motivation": "identifying",
        "created": statement.added_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "body": {"type": "Dataset", "value": {"@context": "https://schema.org", **quotation(statement, base_url)}},
        "target": [{"source": source, "selector": _selectors(text, span)} for span in spans],
    }


def _selectors(text: str, span: Span) -> list[dict[str, Any]]:
    return [
        {
            "type": "TextQuoteSelector",
            "exact": span.of(text),
            "prefix": text[max(0, span.start - AROUND) : span.start],
            "suffix": text[span.end : span.end + AROUND],
        },
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
    ]
