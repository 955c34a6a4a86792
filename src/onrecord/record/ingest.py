"""Pages in, record out. The only module of the record that reads pages and runs the statement model."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord import terms
from onrecord.flow import extract, extract_pages, read_sources
from onrecord.pages import FORMS, Form, Options, open_sources
from onrecord.record.actions.articles import Outcome, Stored, expected, store_record
from onrecord.record.actions.rejects import keep_reject, resolve_rejects
from onrecord.record.models import Article, Reject, Snapshot
from onrecord.record.opening import snapshot_folder
from onrecord.record.snapshots import SnapshotStore
from onrecord.settings import Settings, load

if TYPE_CHECKING:
    from onrecord.pages.fetch import Fetcher


@dataclass
class Counts:
    """What became of everything that was read."""

    outcomes: Counter[str] = field(default_factory=Counter)
    """``added``, ``changed``, ``reread``, ``unchanged``, ``set aside`` -> how many."""
    rejects: Counter[str] = field(default_factory=Counter)
    """Code -> how many were set aside for it."""
    statements: int = 0
    """In the articles that were added, changed or read again."""

    def count(self, item: Stored | terms.Reject) -> None:
        if isinstance(item, terms.Reject):
            self.outcomes["set aside"] += 1
            self.rejects[item.code] += 1
            return
        self.outcomes[item.outcome] += 1
        if item.outcome is not Outcome.UNCHANGED:
            self.statements += item.statements

    def to_dict(self) -> dict[str, object]:
        return {"outcomes": dict(self.outcomes), "rejects": dict(self.rejects), "statements": self.statements}


def add_sources(
    sources: Sequence[str],
    form: Form = "auto",
    *,
    jobs: int = 1,
    settings: Settings | None = None,
    again: bool = False,
    fetcher: Fetcher | None = None,
) -> Iterator[Stored | terms.Reject]:
    """Read sources and write what they hold, one transaction an article; what cannot be read is kept with its reason.

    Args:
        sources: files, folders, URLs, or ``-`` for standard input.
        form: what they are; ``auto`` tells by content.
        jobs: processes that read at once; one process writes.
        settings: how to fetch; read from the environment if not given.
        again: read pages that are kept byte for byte too, as a newer model should.
        fetcher: fetches URLs, if it is to be shared.
    """
    reading = _Reading(form, settings or load(), again, fetcher)
    with SnapshotStore(snapshot_folder()) as snapshots:
        for page, result in extract_pages(reading.pages(sources), jobs):
            yield from reading.unchanged()
            name = result.name if isinstance(result, terms.Reject) else page.name if page else result.article.id
            source = reading.source_of(name)
            if isinstance(result, terms.Reject):
                keep_reject(result, source, form)
                yield result
            else:
                yield store_record(result, page, snapshots)
                resolve_rejects(source, name)
        yield from reading.unchanged()


def add_pages(
    pages: Iterable[terms.Page | terms.Reject], source: str, form: str = "html"
) -> Iterator[Stored | terms.Reject]:
    """The same for pages that are at hand, such as a feed's; rejects are kept under ``source``."""
    with SnapshotStore(snapshot_folder()) as snapshots:
        for page, result in extract_pages(pages):
            if isinstance(result, terms.Reject):
                keep_reject(result, source, form)
                yield result
            else:
                yield store_record(result, page, snapshots)
                resolve_rejects(source, page.name if page else result.article.id)


def would_add(
    sources: Sequence[str], form: Form = "auto", *, jobs: int = 1, settings: Settings | None = None
) -> Iterator[Stored | terms.Reject]:
    """What :func:`add_sources` would do. Nothing is written and no model is loaded."""
    for item in read_sources(sources, form, jobs=jobs, settings=settings):
        yield item if isinstance(item, terms.Reject) else Stored(expected(item, None), None, 0)


def retry_rejects(
    *, everything: bool = False, jobs: int = 1, settings: Settings | None = None
) -> Iterator[Stored | terms.Reject]:
    """Try again what was set aside.

    Args:
        everything: also what is not expected to go better, as after an update of the program.
        jobs: processes that read at once.
        settings: how to fetch.
    """
    rejects = Reject.objects.filter(resolved_at__isnull=True).exclude(source="-").order_by("first_at", "id")
    rejects = rejects if everything else rejects.filter(can_retry=True)
    for source, name, form in dict.fromkeys(rejects.values_list("source", "name", "form")):
        again = name if Path(source).is_dir() and Path(name).is_file() else source
        for item in add_sources([again], _form(form), jobs=jobs, settings=settings):
            if again == source or isinstance(item, terms.Reject):
                yield item
                continue
            resolve_rejects(source, name)
            yield item


def _form(words: str) -> Form:
    """The form that a reject was kept with; found out anew where it was kept with none that we know."""
    return next((form for form in FORMS if form == words), "auto")


def reread(article: Article) -> Stored:
    """Read an article's current text again, with the model of today. Editors' corrections and addresses stay."""
    return store_record(extract(as_article(article)))


def model_version() -> str:
    """Version of the statement model that reads today.

    Raises:
        ModelError: there is none, or it is damaged.
    """
    return extract(terms.Article(id="none", text="Nobody said a word.")).model or ""


def as_article(article: Article) -> terms.Article:
    """An article of the record as the model reads one."""
    return terms.Article(
        id=article.key.removeprefix("id:") if article.key.startswith("id:") else article.url,
        text=article.text,
        url=article.url or None,
        title=article.current.title if article.current else article.title,
        outlet=article.outlet.name if article.outlet else None,
        byline=tuple(article.byline),
        credited_outlet=article.credited_outlet.name if article.credited_outlet else None,
        credited_date=article.credited_date or None,
        posted_by=article.posted_by or None,
        published=article.published or None,
        updated=article.updated or None,
        language=article.language or None,
        section=article.section or None,
        tags=tuple(tag.name for tag in article.tags.all() if tag.kind == "tag"),
        categories=tuple(tag.name for tag in article.tags.all() if tag.kind == "category"),
        replies=tuple(terms.PageReply(reply["name"], reply["text"], reply["time"]) for reply in article.page_replies),
        evidence=article.evidence,
    )


class _Reading:
    """The pages of some sources: which source each came from, and which need no reading."""

    def __init__(self, form: Form, settings: Settings, again: bool, fetcher: Fetcher | None) -> None:
        self._form, self._options, self._again = form, Options.from_settings(settings), again
        self._fetcher = fetcher
        self._sources: dict[str, str] = {}
        self._unchanged: list[Stored] = []

    def pages(self, sources: Sequence[str]) -> Iterator[terms.Page | terms.Reject]:
        with _fetcher(self._fetcher, sources, self._options) as fetcher:
            for source in sources:
                for item in open_sources([source], self._form, options=self._options, fetcher=fetcher):
                    if isinstance(item, terms.Page) and not self._again and (known := _known(item)):
                        self._unchanged.append(known)
                    else:
                        self._sources[item.name] = source
                        yield item

    def unchanged(self) -> Iterator[Stored]:
        """Those found to be kept already since the last call."""
        while self._unchanged:
            yield self._unchanged.pop(0)

    def source_of(self, name: str) -> str:
        return self._sources.pop(name, name)


def _known(page: terms.Page) -> Stored | None:
    """The article of a page that is kept byte for byte."""
    kept = Snapshot.objects.filter(
        sha256=hashlib.sha256(page.body).hexdigest(), url=(page.url or "")[:2000], name=page.name[:500]
    ).first()
    version = kept.versions.select_related("article").first() if kept else None
    return Stored(Outcome.UNCHANGED, version.article, 0) if version else None


def _fetcher(given: Fetcher | None, sources: Sequence[str], options: Options) -> _Shared:
    return _Shared(given, any(source.startswith(("http://", "https://")) for source in sources), options)


class _Shared:
    """One fetcher for all sources, so that a host named twice is not asked twice as fast; made only where needed."""

    def __init__(self, given: Fetcher | None, is_needed: bool, options: Options) -> None:
        self._given, self._is_needed, self._options = given, is_needed, options
        self._made: Fetcher | None = None

    def __enter__(self) -> Fetcher | None:
        if self._given or not self._is_needed:
            return self._given
        from onrecord.pages.fetch import Fetcher

        self._made = Fetcher(self._options.fetch)
        return self._made

    def __exit__(self, *_: object) -> None:
        if self._made:
            self._made.close()
