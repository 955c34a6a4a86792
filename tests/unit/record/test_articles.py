from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from onrecord.record.actions.articles import Outcome, expected, store_record
from onrecord.record.models import Article, ArticleVersion, Outlet, SearchEntry, Snapshot, Statement, Tag
from onrecord.record.search import search
from onrecord.record.snapshots import SnapshotError, SnapshotStore
from onrecord.terms import Record
from unit.record.builders import HARBOUR, article, harbour, numbered, page, said

pytestmark = pytest.mark.django_db


def test_an_article_is_written_with_everything(snapshots: SnapshotStore) -> None:
    record = harbour()
    stored = store_record(record, page(record), snapshots)
    assert (stored.outcome, stored.statements) == (Outcome.ADDED, 4)
    kept = Article.objects.get()
    assert kept.get_absolute_url() == "/2021/03/10/harbour-talks-stall/"
    assert kept.text == HARBOUR
    assert kept.published_at == datetime(2021, 3, 10, 6, 30, tzinfo=UTC)
    assert {(tag.kind, tag.slug) for tag in kept.tags.all()} == {("tag", "harbour"), ("category", "politics")}
    assert kept.outlet == Outlet.objects.get(slug="varrow-post", homepage="https://post.example/")
    denial, second, *_ = Statement.objects.order_by("n")
    assert denial.words == "that the port of Varrow would be sold"
    assert (denial.denies, denial.denied_claim) == (True, "the port of Varrow would be sold")
    assert (denial.said_from, denial.said_to, denial.said_on_words) == (date(2021, 3, 8), date(2021, 3, 8), "on Monday")
    assert second.words == "“Nobody has made an offer,” … “Nobody will.”"
    assert second.said_on_inherited
    assert denial.person == second.person
    assert all(span.of(HARBOUR) for statement in Statement.objects.all() for span in statement.contents)


def test_the_same_again_changes_nothing(snapshots: SnapshotStore) -> None:
    record = harbour()
    store_record(record, page(record), snapshots)
    before = list(Statement.objects.values())
    again = article(url="http://www.post.example/2021/03/10/harbour/?utm_source=mail#top")
    assert store_record(replace(record, article=again), page(record), snapshots).outcome is Outcome.UNCHANGED
    assert list(Statement.objects.values()) == before
    assert (ArticleVersion.objects.count(), Snapshot.objects.count(), SearchEntry.objects.count()) == (1, 1, 4)


def test_a_changed_page_becomes_a_version_and_addresses_stay(snapshots: SnapshotStore) -> None:
    first = harbour()
    store_record(first, page(first), snapshots)
    addresses = dict(Statement.objects.values_list("n", "address"))
    text = "Updated at noon.\n\n" + HARBOUR.replace("are already for sale", "were sold").replace(
        "accused the government of secret talks", "left the hall"
    )
    kept = tuple(
        said(text, pieces, name, n, source=source, act="deny")
        for n, pieces, name, source in (
            (1, "that the port of Varrow would be sold", "Ada Quill", "Transport Minister Ada Quill"),
            (2, ["“Nobody has made an offer,”", "“Nobody will.”"], "Ada Quill", "she"),
            (3, "“The tankers were sold,”", "Tomas Brandt", None),
        )
    )
    changed = Record(article(text), kept, model="hand-made-1")
    stored = store_record(changed, page(changed), snapshots)
    assert stored.outcome is Outcome.CHANGED
    version = Article.objects.get().current
    assert version is not None
    assert version.number == 2
    assert "+Updated at noon." in version.difference
    assert "-Opposition leader Tomas Brandt accused" in version.difference
    current = dict(Statement.objects.filter(is_current=True).values_list("n", "address"))
    assert (current[1], current[2]) == (addresses[1], addresses[2])
    taken_off = Statement.objects.get(address=addresses[3])
    assert not taken_off.is_current
    assert taken_off.version.number == 1
    assert taken_off.contents[0].of(taken_off.version.text) == "the government of secret talks"
    assert search("secret talks").total == 1, "what was once published stays on record"


def test_a_page_seen_before_is_no_third_version() -> None:
    first = harbour()
    second = harbour(text=HARBOUR + "\n\nMore follows.")
    for record in (first, second, first, second):
        store_record(record)
    assert ArticleVersion.objects.count() == 2
    assert expected(first.article, first.model) is Outcome.UNCHANGED


def test_an_older_page_from_an_archive_does_not_become_current(snapshots: SnapshotStore) -> None:
    new = harbour()
    store_record(new, page(new), snapshots)
    text = HARBOUR.replace("the government of secret talks", "nobody, and praised a ferry")
    old = Record(article(text), (said(text, "praised a ferry", "Tomas Brandt"),), model="hand-made-1")
    early = page(old, fetched=datetime(2021, 3, 10, 7, 0, tzinfo=UTC))
    assert store_record(old, early, snapshots).outcome is Outcome.CHANGED
    kept = Article.objects.get()
    assert kept.text == HARBOUR
    assert kept.versions.count() == 2
    assert not Statement.objects.get(words="praised a ferry").is_current


def test_reading_again_with_another_model_keeps_addresses_and_retires_what_is_gone() -> None:
    record = harbour()
    store_record(record)
    addresses = dict(Statement.objects.values_list("n", "address"))
    text = HARBOUR
    better = (
        said(text, "the port of Varrow would be sold", "Ada Quill", 1, act="deny"),
        said(text, ["“Nobody has made an offer,”", "“Nobody will.”"], "Ada Quill", 2, act="deny"),
        said(text, "reports of a buyer were “pure fiction.”", "Ada Quill", 3, act="deny"),
    )
    stored = store_record(Record(record.article, better, model="hand-made-2"))
    assert (stored.outcome, stored.statements) == (Outcome.REREAD, 3)
    assert Statement.objects.get(words="the port of Varrow would be sold").address == addresses[1]
    assert Statement.objects.get(address=addresses[3]).is_retired
    assert search("secret talks").total == 0
    assert store_record(record).outcome is Outcome.REREAD
    assert not Statement.objects.get(address=addresses[3]).is_retired, "found again, under its old address"


def test_addresses_are_the_same_in_every_record() -> None:
    store_record(harbour())
    addresses = list(Statement.objects.order_by("n").values_list("address", flat=True))
    Statement.objects.all().delete()
    Article.objects.update(current=None)
    Article.objects.all().delete()
    store_record(harbour())
    assert list(Statement.objects.order_by("n").values_list("address", flat=True)) == addresses


def test_one_headline_on_one_day_is_two_permalinks() -> None:
    store_record(numbered(1))
    store_record(
        Record(replace(numbered(1).article, url="https://other.example/1", outlet="Gull Wire", text="Else."), ())
    )
    assert [a.get_absolute_url() for a in Article.objects.order_by("id")] == [
        "/2021/02/02/pier-1-to-open/",
        "/2021/02/02/pier-1-to-open-2/",
    ]


def test_hostile_text_is_stored_or_harmless() -> None:
    text = "Mayor Wren\x00said \ud800“<script>alert(1)</script>” on the quay."
    hostile = article(
        text,
        url="javascript:alert(1)",
        title="\x00" + "x" * 5000,
        outlet="'; DROP TABLE record_article; --",
        byline=("y" * 999,),
        tags=("a" * 999, "../../etc/passwd", "\x00"),
        language="z" * 99,
        published="9999-99-99",
        evidence={"title": "\x00"},
    )
    statement = said(text, "“<script>alert(1)</script>”", "W" * 999, role="r" * 999, source="Mayor Wren")
    stored = store_record(Record(hostile, (replace(statement, said_on="not a date"),)))
    assert stored.article is not None
    assert stored.article.url == ""
    kept = Statement.objects.get()
    assert kept.words == "“<script>alert(1)</script>”"
    assert kept.said_on == ""
    assert "/.." not in stored.article.get_absolute_url()
    assert all("/" not in tag.slug and "." not in tag.slug for tag in Tag.objects.all())


def test_two_articles_without_a_url_are_told_apart_by_id() -> None:
    store_record(harbour(url=None, id="a"))
    store_record(harbour(url=None, id="b", text=HARBOUR, title="Another"))
    assert Article.objects.count() == 2


def test_a_failure_in_the_middle_leaves_nothing(snapshots: SnapshotStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("disk full")

    record = harbour()
    with monkeypatch.context() as patch:
        patch.setattr("onrecord.record.actions.articles.find_copies", fail)
        with pytest.raises(RuntimeError):
            store_record(record, page(record), snapshots)
    assert not Article.objects.exists()
    assert not Outlet.objects.exists()
    assert store_record(record, page(record), snapshots).outcome is Outcome.ADDED
    assert snapshots.read(Snapshot.objects.get()) == page(record).body


def test_a_damaged_snapshot_is_told(snapshots: SnapshotStore, tmp_path: Path) -> None:
    record = harbour()
    store_record(record, page(record), snapshots)
    snapshot = Snapshot.objects.get()
    assert snapshots.read(snapshot) == page(record).body
    path = tmp_path / "snapshots" / snapshot.warc_file
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 0xFF
    path.write_bytes(body)
    with pytest.raises(SnapshotError, match="backup"):
        snapshots.read(snapshot)


def test_half_a_record_is_cut_off_and_a_whole_one_taken_up(tmp_path: Path) -> None:
    folder = tmp_path / "snapshots"
    first, second, third = numbered(1), numbered(2), numbered(3)
    with SnapshotStore(folder) as store:
        store_record(first, page(first), store)
        store.store(page(second))
        Snapshot.objects.filter(url=second.article.url).delete()  # as if killed before the transaction committed
    path = folder / "pages-000001.warc.gz"
    whole = path.stat().st_size
    with path.open("ab") as file:
        file.write(path.read_bytes()[:100])
    with SnapshotStore(folder) as store:
        store_record(third, page(third), store)
        grown = path.stat().st_size
        store_record(second, page(second), store)
        assert path.stat().st_size == grown, "the page of the killed run is not written twice"
        assert [store.read(snapshot) for snapshot in Snapshot.objects.order_by("id")] == [
            page(first).body, page(third).body, page(second).body,
        ]  # fmt: skip
    assert Snapshot.objects.get(url=third.article.url).offset == whole


def test_two_writers_have_a_file_each(tmp_path: Path) -> None:
    first, second = numbered(1), numbered(2)
    with SnapshotStore(tmp_path) as one, SnapshotStore(tmp_path) as other:
        store_record(first, page(first), one)
        store_record(second, page(second), other)
    assert set(Snapshot.objects.values_list("warc_file", flat=True)) == {"pages-000001.warc.gz", "pages-000002.warc.gz"}
