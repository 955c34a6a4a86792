"""Statements, or the whole record, in forms that other programs read. Everything is streamed.

for chunk in export("csv", matching("act:deny"), base_url="https://record.example"): ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import QuerySet

from onrecord.record.exports import lines, linked, tables, web_annotations
from onrecord.record.models import Statement

Writer = Callable[[QuerySet[Statement], str], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of export."""

    name: str
    title: str
    media_type: str
    suffix: str
    write: Writer


FORMS = MappingProxyType(
    {
        form.name: form
        for form in (
            Form("csv", "CSV table", "text/csv; charset=utf-8", "csv", tables.csv_table),
            Form("jsonl", "JSON Lines", "application/jsonl", "jsonl", lines.statement_lines),
            Form("parquet", "Parquet table", "application/vnd.apache.parquet", "parquet", tables.parquet_table),
            Form("jsonld", "JSON-LD (schema.org)", "application/ld+json", "jsonld", linked.linked_data),
            Form(
                "annotations",
                "Web Annotations (W3C)",
                'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
                "anno.jsonld",
                web_annotations.annotation_page,
            ),
        )
    }
)


def export(form: str, statements: QuerySet[Statement], base_url: str = "") -> Iterator[bytes]:
    """Statements in a form, piece by piece.

    Args:
        form: one of ``FORMS``.
        statements: which; :func:`onrecord.record.search.matching` gives those of a search.
        base_url: the site's address, which links begin with.
    """
    return FORMS[form].write(statements.order_by("pk"), base_url.rstrip("/"))


__all__ = ["FORMS", "Form", "export"]
