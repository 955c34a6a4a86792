from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from pyarrow import parquet

from onrecord.errors import InputError
from onrecord.record import models
from onrecord.record.actions import people, statements
from onrecord.record.actions.articles import store_record
from onrecord.record.actions.editor import Editor
from onrecord.record.actions.topics import save_topic
from onrecord.record.exports import FORMS, export
from onrecord.record.exports.lines import whole_record
from onrecord.record.exports.loading import load_record
from onrecord.record.exports.rows import COLUMNS
from onrecord.record.search import matching, search
from onrecord.record.snapshots import SnapshotStore
from onrecord.terms import Record
from unit.record.builders import article, harbour, numbered, said

pytestmark = pytest.mark.django_db
BASE = "https://record.example"
EDITOR = Editor("Vera Holm")


@pytest.fixture
def filled(snapshots: SnapshotStore) -> None:
    """Articles, a version, corrections, a merge, a topic: one of everything that an export must carry."""
    from unit.record.builders import page

    first = harbour()
    store_record(first, page(first), snapshots)
    store_record(harbour(text="Updated.\n\n" + first.article.text))
    for number in (1, 2):
        store_record(numbered(number))
    one, two, three, four = models.Statement.objects.filter(article__url__contains="harbour").order_by("n")
    statements.correct(one, "said_on", "2021-03-07", EDITOR, "a Sunday")
    statements.correct(four, "within", three.address, EDITOR, "nested")
    statements.withdraw(two, EDITOR, "=HYPERLINK()")
    cato, ada = models.Person.objects.get(slug="cato-lund"), models.Person.objects.get(slug="ada-quill")
    people.undo(people.merge(cato, ada, EDITOR, "x"), EDITOR)
    people.merge(cato, ada, EDITOR, "one person")
    save_topic("The port", "port OR pier", EDITOR)
    claim = models.Claim.objects.create(slug="sale", words="The port is for sale.")
    models.Stance.objects.create(claim=claim, statement=one, side="denies")
    wording = models.Wording.objects.create(words="sold", first=one.article)
    models.WordingUse.objects.create(wording=wording, statement=one, similarity=1.0)
    models.Feed.objects.create(url="https://post.example/feed")
    models.Reject.objects.create(name="x", source="y", code="z", reason="w")


def written(form: str, query: str = "") -> bytes:
    return b"".join(export(form, matching(query), BASE))


@pytest.mark.usefixtures("filled")
def test_csv() -> None:
    body = written("csv", "person:brandt").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert list(rows[0]) == list(COLUMNS)
    assert {row["speaker_name"] for row in rows} == {"Tomas Brandt"}
    assert rows[0]["article"] == "https://record.example/2021/03/10/harbour-talks-stall/"
    assert next(row for row in rows if row["within"])["within"] in {row["address"] for row in rows}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "＝"])
def test_no_cell_is_a_formula(start: str) -> None:
    text = f"He said {start}cmd|' /C calc'!A0 to all."
    store_record(Record(article(text), (said(text, f"{start}cmd|' /C calc'!A0", f"{start}Name", role=f"{start}Role"),)))
    body = written("csv").decode("utf-8-sig")
    for row in csv.DictReader(io.StringIO(body)):
        assert not any(value.startswith(tuple("=+-@\t\r＝")) for value in row.values())
        assert row["words"] == f"'{start}cmd|' /C calc'!A0"


@pytest.mark.usefixtures("filled")
def test_parquet_and_json_lines_hold_the_same_rows() -> None:
    table = parquet.read_table(io.BytesIO(written("parquet")))
    lines = [json.loads(line) for line in written("jsonl").splitlines()]
    assert [{name: value for name, value in line.items() if name != "type"} for line in lines] == table.to_pylist()
    assert len(lines) == search("").total


@pytest.mark.usefixtures("filled")
def test_json_ld() -> None:
    document = json.loads(written("jsonld", "act:deny"))
    assert document["@context"] == "https://schema.org"
    (quotation,) = document["@graph"]
    assert quotation["@type"] == "Quotation"
    assert quotation["spokenByCharacter"]["name"] == "Ada Quill"
    assert quotation["about"] == {
        "@type": "Claim",
        "text": "the port of Varrow would be sold",
        "appearance": {"@id": quotation["@id"]},
    }
    assert quotation["isPartOf"]["@type"] == "NewsArticle"


@pytest.mark.usefixtures("filled")
def test_web_annotations_point_at_the_words() -> None:
    document = json.loads(written("annotations"))
    assert document["@context"] == "http://www.w3.org/ns/anno.jsonld"
    for one in document["items"]:
        statement = models.Statement.objects.get(address=one["body"]["value"]["identifier"])
        text = statement.version.text
        for target in one["target"]:
            quote, position = target["selector"]
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])
            assert target["source"] == statement.article.url


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_export_is_whole(form: str) -> None:
    body = written(form)
    if form == "parquet":
        assert parquet.read_table(io.BytesIO(body)).num_rows == 0
    elif form in ("jsonld", "annotations"):
        assert json.loads(body)


def empty() -> None:
    """As a new store is."""
    models.Article.objects.update(current=None, original=None)
    for model in (
        models.SearchEntry, models.Claim, models.Wording, models.PersonChange, models.Statement, models.ArticleVersion,
        models.Article, models.Snapshot, models.Person, models.Outlet, models.Tag, models.Topic, models.Feed,
        models.Reject,
    ):  # fmt: skip
        model._default_manager.all().delete()


@pytest.mark.usefixtures("filled")
def test_a_whole_record_comes_back_the_same() -> None:
    body = list(whole_record())
    found = [hit.statement.address for hit in search("").hits]
    empty()
    counts = load_record(body)
    assert (counts["article"], counts["person"], counts["topic"], counts["claim"]) == (3, 3, 1, 2)
    assert list(whole_record()) == body
    assert [hit.statement.address for hit in search("").hits] == found
    change = models.PersonChange.objects.order_by("pk").last()
    assert change
    people.undo(change, EDITOR)
    assert search("person:lund").total == 2, "a merge can be undone in the new record too"


@pytest.mark.usefixtures("filled")
def test_only_into_an_empty_record() -> None:
    with pytest.raises(InputError, match="ONRECORD_HOME"):
        load_record(list(whole_record()))


def changed(line: dict[str, Any], kind: str) -> Iterator[dict[str, Any]]:
    """What someone may have made of a line."""
    if kind == "statement":
        line["statements"][0]["words"] = "I did it"
    elif kind == "span":
        line["statements"][0]["content_spans"] = [[5, 2]]
    elif kind == "address":
        line["statements"][0]["address"] = "../x"
    elif kind == "slug":
        line["slug"] = "a/b"
    elif kind == "missing":
        del line["title"]
    elif kind == "act":
        line["statements"][0]["act"] = "shout"
    yield line


@pytest.mark.parametrize("kind", ["statement", "span", "address", "slug", "missing", "act"])
@pytest.mark.usefixtures("filled")
def test_a_wrong_line_is_named_and_nothing_is_written(kind: str) -> None:
    lines = [json.loads(line) for line in whole_record()]
    at = next(n for n, line in enumerate(lines) if line["type"] == "article")
    lines[at : at + 1] = list(changed(lines[at], kind))
    empty()
    with pytest.raises(InputError, match=f"Line {at + 1} "):
        load_record([json.dumps(line).encode() for line in lines])
    assert not models.Outlet.objects.exists()


def test_a_link_that_is_no_web_address_is_dropped() -> None:
    store_record(harbour())
    body = b"".join(whole_record()).replace(b"https://post.example/2021", b"javascript:alert//2021")
    empty()
    load_record(body.splitlines())
    assert models.Article.objects.get().url == ""


@pytest.mark.parametrize("body", [b"{}", b"[]", b"\xff", b'{"type": "row"}', b'{"type": "onrecord", "version": 99}'])
def test_what_is_no_export_is_told(body: bytes) -> None:
    with pytest.raises(InputError, match="onrecord export"):
        load_record([body])
