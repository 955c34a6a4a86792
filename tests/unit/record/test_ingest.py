"""Sources in, record out; the statement model is stood in for by one that reads nothing but a name and a sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.articles import read_article
from onrecord.errors import InputError
from onrecord.record import ingest
from onrecord.record.actions.articles import Outcome, Stored
from onrecord.record.models import Article, Reject, Snapshot, Statement
from onrecord.terms import Article as SourceArticle
from onrecord.terms import Page, Record
from onrecord.terms import Reject as SourceReject
from unit.record.builders import said

pytestmark = pytest.mark.django_db
SAID = re.compile(r"Ada Quill said (.+?)\.")


def extract(article: SourceArticle) -> Record:
    found = SAID.search(article.text)
    statements = (said(article.text, found[1], "Ada Quill", cue="said"),) if found else ()
    return Record(article, statements, model="stand-in")


def extract_pages(
    pages: Iterable[Page | SourceReject], jobs: int = 1
) -> Iterator[tuple[Page | None, Record | SourceReject]]:
    for page in pages:
        if isinstance(page, SourceReject):
            yield None, page
            continue
        try:
            yield page, extract(read_article(page))
        except InputError as error:
            yield page, SourceReject(page.name, str(error), error.code, page.url)


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest, "extract_pages", extract_pages)
    monkeypatch.setattr(ingest, "extract", extract)
    monkeypatch.setattr(ingest, "snapshot_folder", lambda: tmp_path / "snapshots")


def line(number: int, text: str = "Ada Quill said the port stays open. More was not to be had.") -> str:
    made = {"id": f"a{number}", "url": f"https://post.example/{number}", "title": f"Port {number}", "text": text}
    return json.dumps(made | {"published": "2021-03-10", "outlet": "Varrow Post"})


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join([line(1), "{broken", line(2)]) + "\n")
    return path


def outcomes(items: Iterable[Stored | SourceReject]) -> list[str]:
    return [item.code if isinstance(item, SourceReject) else str(item.outcome) for item in items]


def add(source: Path, **options: Any) -> list[str]:
    return outcomes(ingest.add_sources([str(source)], **options))


def test_what_is_read_is_kept_and_what_is_not_has_its_reason(source: Path) -> None:
    assert sorted(add(source))[:2] == ["added", "added"]
    reject = Reject.objects.get()
    assert reject.source == str(source)
    assert reject.reason
    assert Statement.objects.count() == 2
    assert Snapshot.objects.count() == 2
    counts = ingest.Counts()
    for item in ingest.add_sources([str(source)]):
        counts.count(item)
    assert counts.outcomes == {"unchanged": 2, "set aside": 1}
    assert Reject.objects.get().attempts == 2


def test_a_dry_run_writes_nothing(source: Path) -> None:
    assert sorted(outcomes(ingest.would_add([str(source)])))[:2] == ["added", "added"]
    assert not Article.objects.exists()
    assert not Reject.objects.exists()
    assert not Snapshot.objects.exists()


def test_again_reads_what_is_kept(source: Path) -> None:
    add(source)
    Article.objects.get(url="https://post.example/1").versions.update(model="older")
    assert "reread" in add(source, again=True)


def test_a_retry_reads_what_was_mended(source: Path) -> None:
    add(source)
    mended = source.read_text().replace("{broken", line(3))
    source.write_text(mended)
    assert outcomes(ingest.retry_rejects()) == [], "a broken line is not expected to mend itself"
    assert "added" in outcomes(ingest.retry_rejects(everything=True))
    assert Article.objects.count() == 3


def test_a_retry_of_one_file_out_of_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "bad.jsonl").write_text("{broken\n")
    (folder / "good.jsonl").write_text(line(1) + "\n")
    add(folder)
    assert Reject.objects.count() == 1
    (folder / "bad.jsonl").write_text(line(2) + "\n")
    add(folder)
    assert Article.objects.count() == 2


def test_reading_again_keeps_everything_about_an_article(source: Path) -> None:
    add(source)
    article = Article.objects.get(url="https://post.example/1")
    article.versions.update(model="older")
    address = article.statements.get().address
    before = Article.objects.filter(pk=article.pk).values(*(set(_columns()) - {"read_at"})).get()
    assert ingest.reread(Article.objects.get(pk=article.pk)).outcome is Outcome.REREAD
    assert Article.objects.filter(pk=article.pk).values(*(set(_columns()) - {"read_at"})).get() == before
    assert article.statements.get().address == address


def _columns() -> list[str]:
    return [field.attname for field in Article._meta.concrete_fields]
