"""Reads the whole record back from JSON Lines, into an empty store, all or nothing."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import DurationField, Field, Model

from onrecord.errors import InputError
from onrecord.record import models
from onrecord.record.copies import MIN_SHINGLES, bands, shingles
from onrecord.record.exports.lines import VERSION, plain
from onrecord.record.locks import writing
from onrecord.record.readings import CONTENT_GAP
from onrecord.record.search.entries import index_articles
from onrecord.record.storable import storable_fields, web_url
from onrecord.record.wordings import write_marks

M = TypeVar("M", bound=Model)

_SLUG = re.compile(r"[\w-]+")
_ADDRESSED = ("slug", "public_id", "address")


def load_record(lines: Iterable[bytes]) -> Counter[str]:
    """Fill an empty store from an export of the whole record; returns how many of each type were read.

    Raises:
        InputError: the store is not empty, or a line is not what an export holds; nothing is written then.
    """
    with writing():
        if models.Article.objects.exists() or models.Person.objects.exists() or models.Outlet.objects.exists():
            raise InputError(
                "The record is not empty. Import into a new one: set ONRECORD_HOME to a new folder.", code="not_empty"
            )
        loading = _Loading()
        for number, line in enumerate(lines, 1):
            try:
                loading.read(line)
            except (KeyError, TypeError, ValueError, AttributeError, ValidationError, IntegrityError) as error:
                raise InputError(
                    f"Line {number} is not a line of an export of the whole record ({type(error).__name__}: {error}). "
                    "Make one with `onrecord export`, without a search.",
                    code="import",
                ) from error
        loading.finish()
        return loading.counts


class _Loading:
    """The rows read so far, by what other rows call them."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._outlets: dict[str, models.Outlet] = {}
        self._people: dict[str, models.Person] = {}
        self._tags: dict[tuple[str, str], models.Tag] = {}
        self._articles: dict[str, int] = {}
        self._statements: dict[str, int] = {}
        self._merged: dict[str, str] = {}
        self._originals: dict[str, str] = {}
        self._readers: dict[str, Callable[[dict[str, Any]], object]] = {
            "outlet": self._outlet,
            "person": self._person,
            "article": self._article,
            "person_change": self._person_change,
            "topic": lambda line: _save(_row(models.Topic, line)),
            "feed": lambda line: _save(_row(models.Feed, line)),
            "reject": lambda line: _save(_row(models.Reject, line)),
            "claim": self._claim,
            "wording": self._wording,
        }

    def read(self, line: bytes) -> None:
        values = storable_fields(json.loads(line))
        kind = values["type"]
        if not self.counts:
            if kind != "onrecord" or values["version"] != VERSION:
                raise ValueError(f"the first line must say that it is an export of version {VERSION}")
        else:
            self._readers[kind](values)
        self.counts[kind] += 1

    def finish(self) -> None:
        """What points at rows that come later in the export."""
        for source, target in self._merged.items():
            self._people[source].merged_into = self._people[target]
            self._people[source].save(update_fields=["merged_into"])
        for copy, original in self._originals.items():
            models.Article.objects.filter(pk=self._articles[copy]).update(original=self._articles[original])
        index_articles(self._articles.values())
        write_marks(self._statements.values())
        del self.counts["onrecord"]

    def _outlet(self, line: dict[str, Any]) -> None:
        outlet = _row(models.Outlet, line)
        outlet.homepage = web_url(outlet.homepage)
        self._outlets[outlet.slug] = _save(outlet)

    def _person(self, line: dict[str, Any]) -> None:
        person = _save(_row(models.Person, line))
        self._people[person.public_id] = person
        if line["merged_into"]:
            self._merged[person.public_id] = line["merged_into"]
        for name in line["names"]:
            _save(_row(models.PersonName, name, person=person))

    def _article(self, line: dict[str, Any]) -> None:
        outlets = {name: self._outlets[line[name]] if line[name] else None for name in ("outlet", "credited_outlet")}
        article = _row(models.Article, line, **outlets)
        article.url = web_url(article.url)
        _save(article)
        self._articles[article.public_id] = article.pk
        if line["original"]:
            self._originals[article.public_id] = line["original"]
        article.tags.set([self._tag(tag) for tag in line["tags"]])
        versions = {version["number"]: _version(article, version) for version in line["versions"]}
        article.current = versions[line["current"]]
        article.save(update_fields=["current"])
        self._add_statements(article, versions, line["statements"])
        for role in line["roles"]:
            _save(_row(models.PersonRole, role, article=article, person=self._people[role["person"]]))
        found = shingles(article.text)
        if len(found) >= MIN_SHINGLES:
            models.CopyBand.objects.bulk_create([models.CopyBand(article=article, band=b) for b in set(bands(found))])

    def _add_statements(
        self, article: models.Article, versions: Mapping[int, models.ArticleVersion], lines: list[dict[str, Any]]
    ) -> None:
        by_address = {}
        for line in lines:
            person = self._people[line["person"]] if line["person"] else None
            version = versions[line["version"]]
            statement = _row(models.Statement, line, article=article, version=version, person=person)
            if statement.words != CONTENT_GAP.join(span.of(version.text) for span in statement.contents):
                raise ValueError(f"the words of statement {statement.address} do not stand where its spans say")
            by_address[statement.address] = _save(statement)
            self._statements[statement.address] = statement.pk
            for change in line["changes"]:
                _save(_row(models.StatementChange, change, statement=statement))
        for line in lines:
            if line["within"]:
                statement = by_address[line["address"]]
                statement.within = by_address[line["within"]]
                statement.save(update_fields=["within"])

    def _tag(self, line: dict[str, Any]) -> models.Tag:
        key = (line["kind"], line["slug"])
        if key not in self._tags:
            self._tags[key] = _save(_row(models.Tag, line))
        return self._tags[key]

    def _person_change(self, line: dict[str, Any]) -> None:
        ends = {name: self._people[line[name]] for name in ("source", "target")}
        _save(_row(models.PersonChange, line, **ends))

    def _claim(self, line: dict[str, Any]) -> None:
        claim = _save(_row(models.Claim, line))
        for stance in line["stances"]:
            _save(_row(models.Stance, stance, claim=claim, statement_id=self._statements[stance["statement"]]))

    def _wording(self, line: dict[str, Any]) -> None:
        first = self._articles[line["first"]] if line["first"] else None
        wording = _save(_row(models.Wording, line, first_id=first))
        for use in line["uses"]:
            _save(_row(models.WordingUse, use, wording=wording, statement_id=self._statements[use["statement"]]))


def _version(article: models.Article, line: dict[str, Any]) -> models.ArticleVersion:
    snapshot = None
    if line["snapshot"]:
        given = line["snapshot"]
        snapshot = models.Snapshot.objects.filter(warc_file=given["warc_file"], offset=given["offset"]).first()
        snapshot = snapshot or _save(_row(models.Snapshot, given))
    return _save(_row(models.ArticleVersion, line, article=article, snapshot=snapshot))


def _row(model: type[M], line: Mapping[str, Any], **links: Any) -> M:
    """A row from a line: exactly its own columns, each checked; more or fewer are an error."""
    row = model(**links)
    for name in plain(row):
        field: Field[Any, Any] = row._meta.get_field(name)  # type: ignore[assignment]
        value = line[name]
        if isinstance(field, DurationField):
            value = timedelta(seconds=value)
        setattr(row, name, field.clean(value, row) if name in _ADDRESSED else field.to_python(value))
        if name in _ADDRESSED and not _SLUG.fullmatch(str(value)):
            raise ValueError(f"{value!r} cannot stand in an address")
    return row


def _save(row: M) -> M:
    row.clean_fields(exclude=[field.name for field in row._meta.fields if field.is_relation])
    row.save(force_insert=True)
    return row
