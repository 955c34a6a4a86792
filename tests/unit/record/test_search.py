"""The same answers on SQLite and PostgreSQL: these tests run on both."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.record.actions.articles import store_record
from onrecord.record.models import SearchEntry, Statement
from onrecord.record.search import LAST_PAGE, QueryError, matching, search
from onrecord.record.search.backends import backend
from onrecord.record.search.entries import rebuild
from onrecord.terms import Record
from unit.record.builders import article, harbour, numbered, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def record() -> None:
    store_record(harbour())
    for number in range(1, 13):
        store_record(numbered(number))
    text = "Le ministre Élodie Ñandú a dit que l'accord était conclu. Nobody objected."
    made = article(
        text, id="fr", url="https://gull.example/fr", outlet="Gull Wire", title="Accord sur les tankers",
        published="2019-05-02", tags=("accord",),
    )  # fmt: skip
    wide = said(text, "que l'accord était conclu", "Élodie Ñandú", role="ministre", said_on="2018-12/2019-02")
    store_record(Record(made, (wide,)))


def found(query: str, order: str = "newest") -> list[str]:
    """First words of what a search finds."""
    return [hit.statement.words[:24] for hit in search(query, order, size=200).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 17),
        ("pier", 12),
        ("piers", 12),
        ("PIER", 12),
        ("pier 7", 1),
        ("tankers", 1),
        ("tanker accord", 1),
        ("sur", 0),
        ("quill", 2),
        ("minister port", 1),
        ('"made an offer"', 1),
        ('"offer made"', 0),
        ('"offer Nobody"', 1),
        ("nobody*", 1),
        ("accord* élodie", 1),
        ("nandu", 1),
        ("ÑANDÚ", 1),
        ("pier -spring", 0),
        ("pier -7 -8", 10),
        ("-pier", 5),
        ('-"made an offer" act:deny', 1),
        ("act:deny", 2),
        ("act:deny act:accuse", 3),
        ("act:deny kind:direct", 0),
        ("denies:yes", 2),
        ("denies:no", 15),
        ("-act:say", 3),
        ("person:quill", 2),
        ('person:"Ada Quill" person:brandt', 4),
        ("person:nobody", 0),
        ("-person:lund", 5),
        ('role:"opposition leader"', 2),
        ("role:leader role:master", 14),
        ('outlet:"gull wire"', 1),
        ("outlet:varrow-post denies:yes", 2),
        ("outlet:none", 0),
        ("tag:accord", 1),
        ("tag:politics act:deny", 2),
        ("said:2021-03-08", 2),
        ("said:2021-03-09", 0),
        ("said:2021", 2),
        ("said:2019-01-15", 1),
        ("said:2018", 1),
        ("said:..2018-12-31", 1),
        ("said:2020..", 2),
        ("published:2019", 1),
        ("published:2021-03-10", 4),
        ("published:2021-01..2021-03", 7),
        ("published:..2020", 1),
        ("quill said:2021-03-08 act:deny outlet:varrow-post -offer", 1),
    ],
)
@pytest.mark.usefixtures("record")
def test_answers(query: str, count: int) -> None:
    assert len(found(query)) == count
    assert sorted(found(query)) == sorted(found(query, "best"))
    assert search(query).total == matching(query).count() == count


@pytest.mark.usefixtures("record")
def test_newest_and_oldest() -> None:
    days = [hit.statement.published_on for hit in search("pier").hits]
    assert days == sorted(days, reverse=True)  # type: ignore[type-var]
    assert [hit.statement.pk for hit in search("", "oldest").hits] == [
        hit.statement.pk for hit in reversed(search("", "newest").hits)
    ]


@pytest.mark.usefixtures("record")
def test_best_puts_the_statement_before_the_speaker() -> None:
    text = "Cato Port said that gulls came. He said that the port is shut."
    made = article(text, id="b", url="https://x.example/b", title="Gulls", published="2022-01-01")
    gulls = said(text, "gulls came", "Cato Port", 1)
    port = said(text, "the port is shut", "Cato Port", 2)
    store_record(Record(made, (gulls, port)))
    assert found("port", "best")[0] == "the port is shut"


@pytest.mark.usefixtures("record")
def test_pages() -> None:
    first, second = search("pier", page=1, size=5), search("pier", page=3, size=5)
    assert (first.has_next, first.has_previous, len(first.hits)) == (True, False, 5)
    assert (second.has_next, second.has_previous, len(second.hits)) == (False, True, 2)
    assert search("pier", page=-3).page == 1
    assert search("pier", page=10**9).page == LAST_PAGE


@pytest.mark.usefixtures("record")
def test_the_best_and_then_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.record.search.BEST_OF", 7)
    pages = [search("pier spring", "best", page, size=3).hits for page in range(1, 6)]
    keys = [hit.statement.pk for hits in pages for hit in hits]
    assert len(keys) == len(set(keys)) == 12
    newest = [hit.statement.pk for hit in search("pier spring").hits]
    assert set(keys[:7]) == set(newest[:7])
    assert keys[7:] == newest[7:]


@pytest.mark.usefixtures("record")
def test_highlights_are_pieces_of_the_words() -> None:
    (hit,) = search('"made an offer"').hits
    assert "".join(piece.text for piece in hit.fragments) == hit.statement.words
    assert [piece.text for piece in hit.fragments if piece.is_match] == ["made an offer"]


def test_a_long_statement_is_excerpted_around_the_match() -> None:
    text = "The port " + "and the quay " * 200 + "and one <b>lighthouse</b> " + "and a crane " * 100
    store_record(Record(article(text), (said(text, text.strip(), "Ada Quill"),)))
    (hit,) = search("lighthouse").hits
    shown = "".join(piece.text for piece in hit.fragments)
    assert len(shown) < 340
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert [piece.text for piece in hit.fragments if piece.is_match] == ["lighthouse"]


ATTACKS = (
    "'; DROP TABLE record_statement; --",
    '" OR words MATCH "*',
    'words : "x" OR filters : any_1',
    "filters:any_1",
    "any_1",
    "NEAR(a b, 2)",
    "^start",
    "a AND NOT b OR (c",
    "{words} : x",
    'person:"\' OR 1=1 --"',
    "role:\"x' :A | 'any_1\"",
    "tag:%s",
    "a:*B & !c <-> (d | e)",
    "\\",
    "''",
    '"',
    "*",
    "-",
    "%",
    "\x00port\x00",
    "port\ud800",
)


@pytest.mark.parametrize("text", ATTACKS)
@pytest.mark.usefixtures("record")
def test_no_query_reaches_the_database_as_more_than_words(text: str) -> None:
    count = Statement.objects.count()
    for order in ("newest", "best", "oldest"):
        assert search(text, order).total <= count
    assert Statement.objects.count() == count
    assert search("any_1").total == 0, "a filter's token is no word"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(alphabet=st.sampled_from("ab \"'-:*()^{}&|!<>\\%_,.\u00e9\u6771role:person:said:act:denies:2019.."))
    | st.text()
)
@pytest.mark.usefixtures("record")
def test_any_text_is_answered(text: str) -> None:
    try:
        results = search(text)
    except QueryError:
        return
    assert results.total == matching(text).count()


@pytest.mark.usefixtures("record")
def test_the_index_is_told_in_step_or_not_and_mended() -> None:
    assert backend().problem() is None
    before = list(SearchEntry.objects.order_by("key").values_list("key", "words", "who", "context", "filters"))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO record_search(record_search) VALUES ('delete-all')")
    else:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE record_searchentry SET document = NULL")
    assert search("pier").total == 0
    assert backend().problem()
    assert rebuild() == len(before)
    assert backend().problem() is None
    assert search("pier").total == 12
    assert list(SearchEntry.objects.order_by("key").values_list("key", "words", "who", "context", "filters")) == before
