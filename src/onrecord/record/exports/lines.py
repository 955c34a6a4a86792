"""JSON Lines: the statements of a search as flat rows, or the whole record, which :mod:`.loading` reads back.

A line of the whole record says its ``type``; rows point at each other by what stays the same in every record: public
ids, addresses, slugs. Accounts are left out, the names of who changed what are not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import ForeignKey, Model, QuerySet

from onrecord.record import models
from onrecord.record.exports.rows import CHUNK, rows

VERSION = 1
LEFT_OUT = frozenset(["id", "user"])


def statement_lines(statements: QuerySet[models.Statement], base_url: str) -> Iterator[bytes]:
    """Statements as flat rows."""
    for one in rows(statements, base_url):
        yield _line({"type": "row", **one})


def whole_record() -> Iterator[bytes]:
    """Everything in the record but accounts, jobs and page snapshots (which ``onrecord backup`` keeps)."""
    yield _line({"type": "onrecord", "version": VERSION})
    for outlet in models.Outlet.objects.order_by("pk").iterator(CHUNK):
        yield _line({"type": "outlet", **plain(outlet)})
    people = models.Person.objects.select_related("merged_into").prefetch_related("names")
    for person in people.order_by("pk").iterator(CHUNK):
        merged = person.merged_into.public_id if person.merged_into else None
        names = [plain(name, without=("person",)) for name in sorted(person.names.all(), key=lambda name: name.pk)]
        yield _line({"type": "person", **plain(person), "merged_into": merged, "names": names})
    yield from _articles()
    changes = models.PersonChange.objects.select_related("source", "target").order_by("pk")
    for change in changes.iterator(CHUNK):
        ends = {"source": change.source.public_id, "target": change.target.public_id}
        yield _line({"type": "person_change", **plain(change), **ends})
    for kind, model in (("topic", models.Topic), ("feed", models.Feed), ("reject", models.Reject)):
        for row in model._default_manager.order_by("pk").iterator(CHUNK):
            yield _line({"type": kind, **plain(row)})
    yield from _claims()
    yield from _wordings()


def _articles() -> Iterator[bytes]:
    linked = models.Article.objects.select_related("outlet", "credited_outlet", "original", "current")
    articles = linked.prefetch_related(
        "tags", "versions__snapshot", "statements__person", "statements__within", "statements__version",
        "statements__changes", "roles__person",
    )  # fmt: skip
    for article in articles.order_by("pk").iterator(50):
        yield _line(
            {
                "type": "article",
                **plain(article),
                "outlet": article.outlet.slug if article.outlet else None,
                "credited_outlet": article.credited_outlet.slug if article.credited_outlet else None,
                "original": article.original.public_id if article.original else None,
                "current": article.current.number if article.current else None,
                "tags": [plain(tag) for tag in sorted(article.tags.all(), key=lambda tag: (tag.kind, tag.slug))],
                "versions": [_version(version) for version in _by_key(article.versions.all())],
                "statements": [_statement(statement) for statement in _by_key(article.statements.all())],
                "roles": [{**plain(role), "person": role.person.public_id} for role in _by_key(article.roles.all())],
            }
        )


def _version(version: models.ArticleVersion) -> dict[str, Any]:
    return {**plain(version), "snapshot": plain(version.snapshot) if version.snapshot else None}


def _statement(statement: models.Statement) -> dict[str, Any]:
    return {
        **plain(statement),
        "version": statement.version.number,
        "person": statement.person.public_id if statement.person else None,
        "within": statement.within.address if statement.within else None,
        "changes": [plain(change) for change in _by_key(statement.changes.all())],
    }


def _claims() -> Iterator[bytes]:
    for claim in models.Claim.objects.prefetch_related("stances__statement").order_by("pk").iterator(CHUNK):
        stances = [{**plain(one), "statement": one.statement.address} for one in _by_key(claim.stances.all())]
        yield _line({"type": "claim", **plain(claim), "stances": stances})


def _wordings() -> Iterator[bytes]:
    wordings = models.Wording.objects.select_related("first").prefetch_related("uses__statement")
    for wording in wordings.order_by("pk").iterator(CHUNK):
        uses = [{**plain(use), "statement": use.statement.address} for use in _by_key(wording.uses.all())]
        first = wording.first.public_id if wording.first else None
        yield _line({"type": "wording", **plain(wording), "first": first, "uses": uses})


def plain(row: Model, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """A row's own columns, in the order of the table; links to other rows are the caller's to add."""
    return {
        field.name: _value(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if not isinstance(field, ForeignKey) and field.name not in LEFT_OUT and field.name not in without
    }


def _by_key(found: Any) -> list[Any]:
    return sorted(found, key=lambda row: row.pk)


def _value(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value.total_seconds() if isinstance(value, timedelta) else value


def _line(values: Mapping[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode("utf-8") + b"\n"
