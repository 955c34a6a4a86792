"""An article and its statements into the record: one transaction, and the same again changes nothing."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Max
from django.utils import timezone

from onrecord import terms
from onrecord.record.actions.outlets import outlet_named
from onrecord.record.addresses import content_hash, short_address, slugify, url_key
from onrecord.record.claims import tie_claims
from onrecord.record.copies import find_copies
from onrecord.record.locks import writing
from onrecord.record.matching import Candidate, match
from onrecord.record.models import Article, ArticleVersion, Person, Snapshot, Statement, Tag
from onrecord.record.people.join import add_role, join_speakers
from onrecord.record.readings import as_dict, refresh, set_reading
from onrecord.record.search.entries import index_articles
from onrecord.record.snapshots import SnapshotStore
from onrecord.record.storable import day_of, moment_of, storable_fields, web_url
from onrecord.record.wordings import link_wordings
from onrecord.record.words import folded_text


class Outcome(StrEnum):
    """What became of an article."""

    ADDED = "added"
    CHANGED = "changed"
    """A new version of an article that the record has."""
    REREAD = "reread"
    """The same text, read by another model."""
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Stored:
    outcome: Outcome
    article: Article | None
    """``None`` only for what a dry run would have added."""
    statements: int
    """In the article now."""


def article_key(article: terms.Article) -> str:
    """What makes two readings the same article."""
    url = web_url(article.url)
    return url_key(url)[:2000] if url else f"id:{article.id}"[:2000]


def expected(article: terms.Article, model: str | None) -> Outcome:
    """What storing an article would do, without doing it or reading its statements."""
    article = storable_fields(article)
    known = Article.objects.filter(key=article_key(article)).select_related("current").first()
    if known is None:
        return Outcome.ADDED
    hashed = content_hash(article.title, article.text)
    if known.current and known.current.content_hash == hashed:
        return Outcome.UNCHANGED if not model or known.current.model == model[:100] else Outcome.REREAD
    return Outcome.UNCHANGED if known.versions.filter(content_hash=hashed).exists() else Outcome.CHANGED


def store_record(
    record: terms.Record, page: terms.Page | None = None, snapshots: SnapshotStore | None = None
) -> Stored:
    """Write an article with its statements, or bring what is there up to date. All of it or nothing.

    Args:
        record: what was read.
        page: what it was read from; kept as a snapshot where ``snapshots`` is given.
        snapshots: where to keep it.
    """
    record = storable_fields(record)
    with writing():
        outcome = expected(record.article, record.model)
        if outcome is Outcome.UNCHANGED:
            article = _known(record.article)
            if _update_details(article, record.article):
                index_articles([article.pk])
            return Stored(outcome, article, _count(article))
        snapshot = snapshots.store(page) if snapshots and page else None
        seen_at = snapshot.fetched if snapshot else (page.fetched if page and page.fetched else timezone.now())
        seen_at = seen_at if seen_at.tzinfo else seen_at.replace(tzinfo=UTC)
        article = _create(record.article, seen_at) if outcome is Outcome.ADDED else _known(record.article)
        _update_details(article, record.article)
        version = _version(article, record, snapshot, seen_at, outcome)
        _write_statements(article, version, record)
        copies = find_copies(article) if outcome is not Outcome.REREAD else set()
        index_articles({article.pk, *copies})
        link_wordings(article)
        tie_claims(article)
        return Stored(outcome, article, _count(article))


def _known(article: terms.Article) -> Article:
    return Article.objects.select_related("current", "outlet").get(key=article_key(article))


def _count(article: Article) -> int:
    return article.statements.filter(is_current=True, is_retired=False).count()


def _create(source: terms.Article, seen_at: datetime) -> Article:
    key = article_key(source)
    day = day_of(source.published) or seen_at.date()
    article = Article(
        public_id=short_address("article", key),
        key=key,
        url=web_url(source.url),
        permalink_on=day,
        slug=_free_slug(day, slugify(source.title or source.id)),
        title=(source.title or "")[:500],
    )
    article.save()
    return article


def _free_slug(day: Any, base: str) -> str:
    taken = set(Article.objects.filter(permalink_on=day, slug__startswith=base).values_list("slug", flat=True))
    candidates = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


def _update_details(article: Article, source: terms.Article) -> bool:
    """Everything about an article but its text; tells whether anything changed. The permalink stays what it was."""
    before = _details(article)
    article.outlet = outlet_named(source.outlet, web_url(source.url)) if source.outlet else None
    article.credited_outlet = outlet_named(source.credited_outlet) if source.credited_outlet else None
    article.credited_date = (source.credited_date or "")[:40]
    article.byline = [name[:200] for name in source.byline]
    article.posted_by = (source.posted_by or "")[:200]
    article.published = (source.published or "")[:40]
    article.published_at, article.published_on = moment_of(source.published), day_of(source.published)
    article.updated = (source.updated or "")[:40]
    article.language, article.section = (source.language or "")[:20], (source.section or "")[:200]
    article.evidence = dict(source.evidence)
    article.page_replies = [reply.to_dict() for reply in source.replies]
    wanted = _tags(source)
    has_other_tags = set(article.tags.values_list("pk", flat=True)) != {tag.pk for tag in wanted}
    if has_other_tags:
        article.tags.set(wanted)
    has_changed = _details(article) != before
    if has_changed:
        article.save()
        # Statements repeat the article's day.
        article.statements.exclude(published_on=article.published_on).update(published_on=article.published_on)
    return has_changed or has_other_tags


def _details(article: Article) -> tuple[Any, ...]:
    skipped = {"id", "read_at", "current", "original", "original_why"}
    return tuple(
        getattr(article, field.attname) for field in article._meta.concrete_fields if field.name not in skipped
    )


def _tags(source: terms.Article) -> list[Tag]:
    named = [(Tag.Kind.TAG, name) for name in source.tags] + [(Tag.Kind.CATEGORY, name) for name in source.categories]
    found: dict[tuple[str, str], Tag] = {}
    for kind, name in named:
        slug = slugify(name)[:100]
        if slug != "untitled" and (kind, slug) not in found:
            found[kind, slug], _ = Tag.objects.get_or_create(kind=kind, slug=slug, defaults={"name": name[:200]})
    return list(found.values())


def _version(
    article: Article, record: terms.Record, snapshot: Snapshot | None, seen_at: datetime, outcome: Outcome
) -> ArticleVersion:
    """The version whose text was read: a new one, or the current one read again."""
    model = (record.model or "")[:100]
    if outcome is Outcome.REREAD:
        assert article.current
        article.current.model = model
        article.current.save(update_fields=["model"])
        article.read_at = timezone.now()
        article.save(update_fields=["read_at"])
        return article.current
    title, text = (record.article.title or "")[:500], record.article.text
    last = article.versions.aggregate(last=Max("number"))["last"] or 0
    version = ArticleVersion.objects.create(
        article=article,
        number=last + 1,
        title=title,
        text=text,
        content_hash=content_hash(record.article.title, text),
        difference=difference(article.current, title, text) if article.current else "",
        seen_at=seen_at,
        snapshot=snapshot,
        model=model,
    )
    # A page from an archive may be older than what is known: it is kept, but what was seen last stays current.
    if article.current is None or seen_at >= article.current.seen_at:
        article.current, article.title = version, title
    article.read_at = timezone.now()
    article.save()
    return version


def difference(before: ArticleVersion, title: str, text: str) -> str:
    """Unified difference of title and paragraphs."""
    old = [before.title, *before.text.split(terms.PARAGRAPH_BREAK)]
    new = [title, *text.split(terms.PARAGRAPH_BREAK)]
    return "\n".join(
        difflib.unified_diff(old, new, f"version {before.number}", f"version {before.number + 1}", "", "", 0, "")
    )


def _write_statements(article: Article, version: ArticleVersion, record: terms.Record) -> None:
    """Match the new reading with the statements that are there; write, keep or retire each."""
    is_current = article.current_id == version.pk
    old = list(article.statements.select_related("version", "person").order_by("is_retired", "start"))
    readings = [as_dict(statement) for statement in record.statements]
    found = match([_known_candidate(one) for one in old], [_new_candidate(one, version) for one in readings])
    people = join_speakers(article, [statement.speaker for statement in record.statements])
    written: dict[int, Statement] = {}
    for number, reading in enumerate(readings):
        known = old[found[number]] if number in found else None
        if known and not is_current:
            continue
        person = people.get(record.statements[number].speaker)
        written[reading["n"]] = _write_one(known, article, version, reading, record.model or "", person, is_current)
    _link_nested(written)
    if is_current:
        _retire([one for index_, one in enumerate(old) if index_ not in set(found.values())], version)
    for statement in written.values():
        if statement.person and statement.speaker_role:
            add_role(statement.person, statement.speaker_role, article, statement.said_from)


def _known_candidate(one: Statement) -> Candidate[Any]:
    # Matched by what the model read, not by what an editor made of it: the new reading is a model's too.
    return _candidate(one.reading, one.version) if one.reading else Candidate(one, one.words, (), one.version_id)


def _new_candidate(reading: dict[str, Any], version: ArticleVersion) -> Candidate[Any]:
    return _candidate(reading, version)


def _candidate(reading: dict[str, Any], version: ArticleVersion) -> Candidate[Any]:
    spans = reading["content"] or [span for span in (reading["cue"], reading["speaker_span"]) if span]
    words = " ".join(version.text[start:end] for start, end in spans)
    source = version.text[slice(*reading["speaker_span"])] if reading["speaker_span"] else ""
    return Candidate(None, words, tuple((start, end) for start, end in spans), version.pk, source)


def _write_one(
    known: Statement | None,
    article: Article,
    version: ArticleVersion,
    reading: dict[str, Any],
    model: str,
    person: Person | None,
    is_current: bool,
) -> Statement:
    if known is None:
        statement = Statement(article=article, person=person, published_on=article.published_on, is_current=is_current)
        set_reading(statement, reading, version, model)
        statement.address = _free_address(article, statement)
        statement.save()
        return statement
    was = (known.speaker_name, known.speaker_type)
    known.reading, known.version, known.model = reading, version, model[:100]
    known.article, known.is_current, known.is_retired, known.changed_at = article, True, False, timezone.now()
    refresh(known)
    if known.person is None and (known.speaker_name, known.speaker_type) == was and known.speaker_name:
        known.person = person
        known.save(update_fields=["person"])
    return known


def _free_address(article: Article, statement: Statement) -> str:
    """Made from the article and the words, so that adding them to another record gives the same address."""
    words = folded_text(statement.words or f"{statement.speaker_words} {statement.cue}")
    for number in range(1000):
        address = short_address("statement", article.public_id, words, str(number))
        if not Statement.objects.filter(address=address).exists():
            return address
    raise AssertionError("an article repeats one statement a thousand times")


def _link_nested(written: dict[int, Statement]) -> None:
    for statement in written.values():
        outer = written.get(statement.reading["within"] or 0)
        corrected = statement.changes.filter(field="within", undone_at__isnull=True).exists() if statement.pk else False
        if statement.within_id != (outer.pk if outer else None) and not corrected:
            statement.within = outer
            statement.save(update_fields=["within"])


def _retire(missing: list[Statement], version: ArticleVersion) -> None:
    """Statements that the reading of the current text does not have: taken off the page, or off the lists."""
    for statement in missing:
        if statement.version_id != version.pk:
            statement.is_current = False
        elif statement.status == Statement.Status.READ:
            statement.is_retired = True
        statement.save(update_fields=["is_current", "is_retired"])


__all__ = ["Outcome", "Stored", "article_key", "difference", "expected", "store_record"]
