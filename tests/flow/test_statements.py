"""From a page to its statements: expected facts of a page, hand-written, with the model that ships."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

import onrecord
from onrecord.flow import extract_many, extract_sources
from onrecord.terms import Article, Record, Reject, Statement

pytestmark = pytest.mark.model

EXAMPLES = Path(__file__).parents[2] / "examples"
SHARED = Path(os.environ.get("ONRECORD_DATA", "../shared"))


@dataclass(frozen=True)
class Fact:
    """What a careful reader takes from a page: who said these words, as what act, and when."""

    words: str
    """Stand in the statement's content."""
    name: str | None
    said_on: str | None
    acts: tuple[str, ...]
    role: str = ""
    """Stands in the speaker's role."""
    missed: str = ""
    """Why the program does not get this yet; the test then fails when it does."""


def facts(*given: Fact) -> list[ParameterSet]:
    """Facts as parameters. One that is missed is expected to fail, strictly, so that its mending is noticed."""
    return [
        pytest.param(
            fact, id=fact.words[:30], marks=[pytest.mark.xfail(reason=fact.missed, strict=True)] if fact.missed else []
        )
        for fact in given
    ]


READ_AS_SAY = "the act is read as say: the cue is neutral, and the reports it answers are denied in another sentence"
UNDATED = "the day of its occasion, in another sentence, is not found"

SAMPLE = [
    Fact("engaged in no negotiations with Norvane", "Ilse Marant", "2024-03-05", ("deny",), "spokeswoman", READ_AS_SAY),
    Fact("any transfer of the harbor", "Adela Corvin", "2024-02-21", ("deny",), "President", "the denial is not found"),
    Fact("not for sale, not for rent", "Adela Corvin", "2024-02-21", ("say", "deny", "promise")),
    Fact(
        "rumors that a sale of the port was being prepared", "Henrik Sole", "2024-02-18", ("deny",), "Minister", UNDATED
    ),
    Fact("bait without a hook", "Oskar Brill", "2024-01", ("say", "accuse"), "Minister"),
]

EXAMPLE = [
    Fact("engaged in no negotiations with", "Abbas Mousavi", "2019-07-14", ("deny",), "spokesman", READ_AS_SAY),
    Fact("the possibility of talks", "Seyyed Ali Khamenei", "2019-05-29", ("deny",), "Leader"),
    Fact("will absolutely not sit for talks", "Seyyed Ali Khamenei", "2019-05-29", ("say", "promise", "deny")),
    Fact("claims about the beginning of negotiations", "Abbas Araqchi", "2019-05-26", ("deny",), "Deputy Foreign"),
    Fact("were “mere lies”", "Hassan Rouhani", "2019-04", ("say", "deny", "accuse"), "President"),
]  # fmt: skip


def extract_one(path: Path) -> Record:
    (record,) = extract_sources([str(path)])
    assert isinstance(record, Record)
    return record


def holds(record: Record, fact: Fact) -> list[Statement]:
    text = record.article.text
    return [s for s in record.statements if any(fact.words in span.of(text) for span in s.content)]


def check(record: Record, fact: Fact) -> None:
    found = holds(record, fact)
    assert found, f"no statement holds {fact.words!r}"
    assert any(agrees(statement, fact) for statement in found), [(s.speaker, s.said_on, s.act) for s in found]


def agrees(statement: Statement, fact: Fact) -> bool:
    speaker = statement.speaker
    same_voice = speaker.name == fact.name and fact.role in (speaker.role or "")
    return same_voice and statement.said_on == fact.said_on and statement.act in fact.acts


@pytest.fixture(scope="module")
def sample() -> Record:
    return extract_one(EXAMPLES / "lakeside-notebook-page.txt")


@pytest.mark.parametrize("fact", facts(*SAMPLE))
def test_sample_page(sample: Record, fact: Fact) -> None:
    check(sample, fact)


def test_the_denied_reports_lie_within_or_are_named(sample: Record) -> None:
    text = sample.article.text
    denial = next(s for s in sample.statements if s.act == "deny")
    assert denial.denies is not None
    assert denial.denies.claim is not None
    assert "harbor" in denial.denies.claim.of(text)


@pytest.mark.skipif(not (SHARED / "example").is_dir(), reason="the page this project began with is no part of it")
@pytest.mark.parametrize("fact", facts(*EXAMPLE))
def test_the_page_this_project_began_with(fact: Fact) -> None:
    (page,) = (SHARED / "example").glob("*.txt")
    record = extract_one(page)
    assert (record.article.outlet, record.article.credited_outlet) == ("Aletho News", "Press TV")
    assert (record.article.published or "")[:10] == "2019-07-14"
    check(record, fact)


def sample_articles() -> list[Article]:
    records = [extract_one(path) for path in sorted(EXAMPLES.glob("pages/*/*.html"))[:3]]
    return [record.article for record in records]


def test_company_and_order_change_nothing() -> None:
    articles = sample_articles()
    alone = {a.id: onrecord.extract(a).to_dict() for a in articles}
    for order in permutations(articles):
        for record in extract_many(order):
            assert isinstance(record, Record)
            assert record.to_dict() == alone[record.article.id]


def test_two_processes_give_what_one_gives() -> None:
    folder = str(EXAMPLES / "pages" / "orrel-press")
    one, two = ([r.to_dict() for r in extract_sources([folder], jobs=jobs)] for jobs in (1, 2))
    assert one == two


def test_spans_lie_in_the_text_and_numbers_run() -> None:
    for article in sample_articles():
        record = onrecord.extract(article)
        assert [s.n for s in record.statements] == list(range(1, len(record.statements) + 1))
        numbers = {s.n for s in record.statements}
        for statement in record.statements:
            assert statement.within is None or statement.within in numbers - {statement.n}
            assert statement.content or statement.act == "decline"
            assert all(span.of(article.text).strip() for span in statement.content)
            assert statement.confidence is not None
            assert 0.0 <= statement.confidence <= 1.0


def test_plain_text_is_enough() -> None:
    record = onrecord.extract("“The port is not for sale,” Ada Quill said on Monday.", published="2021-03-10")
    (statement,) = record.statements
    assert (statement.speaker.name, statement.said_on, statement.kind) == ("Ada Quill", "2021-03-08", "direct")


def test_a_text_too_long_is_set_aside_and_the_rest_goes_on() -> None:
    long = Article("long", "word " * 100_000)
    short = Article("short", "Ada Quill said the port would stay.")
    first, second = extract_many([long, short])
    assert isinstance(first, Reject)
    assert first.code == "too_long"
    assert isinstance(second, Record)


@pytest.mark.parametrize("text", ["", "\n\n", "…", "“", "\u202eabc said “x”", "a" * 5000, "said " * 2000, "“" * 3000])
def test_odd_texts_are_read(text: str) -> None:
    record = onrecord.extract(text)
    assert record.article.text == text
