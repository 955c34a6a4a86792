from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.actions import links, statements
from onrecord.record.actions.articles import store_record
from onrecord.record.actions.editor import Editor
from onrecord.record.actions.links import LinkError
from onrecord.record.exports.lines import whole_record
from onrecord.record.models import Statement, StatementChange, Wording, WordingMark, WordingUse
from onrecord.record.queries import surroundings
from onrecord.record.wordings import LONG_RUN, are_same, marks
from onrecord.terms import Kind, Record
from unit.record.builders import article, said

EDITOR = Editor("Vera Holm")
FULL = (
    "Nobody in this harbour was asked, nobody was warned, and nobody will be forgotten when the cranes stand still, "
    "because we keep lists"
)
CUT = "nobody was warned, and nobody will be forgotten when the cranes stop"


def quote(number: int, words: str, published: str = "2031-03-10", kind: Kind = "direct") -> Statement:
    """Store an article with one quotation; what surrounds it is its own."""
    text = f"Piece {number} of outlet {number}. “{words},” Magda Rell said."
    made = article(text, url=f"https://x.example/{number}", outlet=f"Outlet {number}", published=published, tags=())
    content = f"“{words},”"
    store_record(Record(made, (said(text, content, "Magda Rell", source="Magda Rell", cue="said", kind="person"),)))
    statement = Statement.objects.get(article__url=made.url)
    if statement.kind != kind:
        store_record(
            Record(
                made,
                (replace(said(text, content, "Magda Rell", source="Magda Rell", cue="said"), kind=kind),),
                model="again",
            )
        )
        statement.refresh_from_db()
    return statement


def same_as(statement: Statement) -> set[str]:
    return {use.statement.article.url[-1] for use in surroundings(statement).same_words}


@given(
    st.lists(st.integers(0, 9).map(str), min_size=LONG_RUN, max_size=20),
    st.lists(st.integers(0, 9).map(str), max_size=12),
    st.lists(st.integers(0, 9).map(str), max_size=12),
)
def test_what_shares_a_long_run_always_shares_a_mark(run: list[str], before: list[str], after: list[str]) -> None:
    assert marks(run) & marks([*before, *run, *after])
    assert are_same(run, [*before, *run, *after])


@pytest.mark.django_db
def test_a_quotation_that_another_outlet_cut_is_tied_to_the_fuller_one() -> None:
    full = quote(1, FULL, "2031-03-11", "direct")
    cut = quote(2, CUT, "2031-03-10", "direct")
    other = quote(3, "Nobody in this harbour was told anything at all about the price of the cranes", kind="direct")
    assert same_as(full) == {"2"}
    assert same_as(cut) == {"1"}
    assert same_as(other) == set()
    wording = Wording.objects.get()
    assert wording.words == full.words, "the fullest form"
    assert wording.first == cut.article, "the earliest article"
    use = WordingUse.objects.get(statement=cut)
    assert 0.4 < use.similarity < 0.7
    assert "without “Nobody in this harbour was" in use.difference
    assert "“stop” for “stand still" in use.difference


@pytest.mark.django_db
def test_short_or_indirect_or_much_later_words_are_not_tied() -> None:
    quote(1, "We will never sell", kind="direct")
    assert same_as(quote(2, "We will never sell", kind="direct")) == set()
    quote(3, FULL, kind="direct")
    assert same_as(quote(4, FULL, kind="indirect")) == set()
    assert same_as(quote(5, FULL, "2032-03-10", "direct")) == set()


@pytest.mark.django_db
def test_two_wordings_become_one_when_a_quotation_joins_them() -> None:
    first, second = FULL[: len(FULL) // 2], FULL[len(FULL) // 2 + 3 :]
    for number, words in ((1, first), (2, first), (3, second), (4, second)):
        quote(number, words, kind="direct")
    assert Wording.objects.count() == 2
    assert same_as(quote(5, FULL, kind="direct")) == {"1", "2", "3", "4"}
    assert Wording.objects.count() == 1


@pytest.mark.django_db
def test_a_withdrawn_statement_leaves_its_wording_and_undoing_brings_it_back() -> None:
    full, cut = quote(1, FULL, kind="direct"), quote(2, CUT, kind="direct")
    change = statements.withdraw(cut, EDITOR, "no quotation")
    assert same_as(full) == set()
    assert not Wording.objects.exists()
    statements.undo(change, EDITOR)
    assert same_as(full) == {"2"}


@pytest.mark.django_db
def test_an_editor_takes_a_statement_out_and_the_program_does_not_put_it_back() -> None:
    full, cut = quote(1, FULL, kind="direct"), quote(2, CUT, kind="direct")
    with pytest.raises(LinkError, match="why"):
        links.part_words(cut, EDITOR, "")
    change = links.part_words(cut, EDITOR, "said a year before")
    assert same_as(full) == same_as(cut) == set()
    statements.confirm(cut, EDITOR)
    assert same_as(full) == set(), "looked at again, and left apart"
    with pytest.raises(LinkError, match="tied to no others"):
        links.part_words(cut, EDITOR, "again")
    statements.undo(change, EDITOR, "it was the same day")
    assert same_as(full) == {"2"}
    logged = StatementChange.objects.get(kind="link")
    assert (logged.field, logged.why, logged.undone_why) == ("wording", "said a year before", "it was the same day")
    cut.refresh_from_db()
    assert cut.status == "confirmed", "a tie says nothing of the statement itself"


@pytest.mark.django_db
def test_an_import_brings_wordings_along_and_finds_new_ones() -> None:
    from onrecord.record import models
    from onrecord.record.exports.loading import load_record

    quote(1, FULL, kind="direct")
    quote(2, CUT, kind="direct")
    body, kept = list(whole_record()), sorted(WordingMark.objects.values_list("statement__address", "mark"))
    models.Article.objects.update(current=None)
    for model in (
        models.Wording,
        models.Statement,
        models.ArticleVersion,
        models.Article,
        models.Person,
        models.Outlet,
        models.Tag,
    ):
        model._default_manager.all().delete()
    load_record(body)
    assert sorted(WordingMark.objects.values_list("statement__address", "mark")) == kept
    assert list(whole_record()) == body
    assert same_as(quote(3, FULL, kind="direct")) == {"1", "2"}
