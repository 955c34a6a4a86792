from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from onrecord.record.actions import statements as actions
from onrecord.record.actions.articles import store_record
from onrecord.record.actions.editor import Editor
from onrecord.record.models import Person, Statement, StatementChange
from onrecord.record.queries import shown_statements, surroundings, to_review
from onrecord.record.readings import CorrectionError
from onrecord.record.search import search
from onrecord.terms import Record
from unit.record.builders import HARBOUR, harbour, said

pytestmark = pytest.mark.django_db
EDITOR = Editor("Vera Holm")


@pytest.fixture
def denial() -> Statement:
    store_record(harbour())
    return Statement.objects.get(n=1)


def again(statement: Statement) -> Statement:
    return Statement.objects.get(pk=statement.pk)


def columns(statement: Statement) -> dict[str, Any]:
    row: dict[str, Any] = {**Statement.objects.filter(pk=statement.pk).values().get()}
    del row["changed_at"]
    return row


@pytest.mark.parametrize(
    ("field", "value", "attribute", "expected"),
    [
        ("act", "claim", "denies", False),
        ("kind", "mixed", "kind", "mixed"),
        ("said_on", "2021-03", "said_to", __import__("datetime").date(2021, 3, 31)),
        ("content", "would be sold", "words", "would be sold"),
        ("content", ["the port", "would be sold"], "words", "the port … would be sold"),
        ("cue", "telling", "cue_span", [HARBOUR.index("telling"), HARBOUR.index("telling") + 7]),
        ("addressee", "reporters", "addressee", "reporters"),
        ("denied_claim", None, "denied_claim", ""),
        ("speaker_role", "Minister of  Transport", "speaker_role", "Minister of Transport"),
    ],
)
def test_a_correction_and_its_undo(denial: Statement, field: str, value: Any, attribute: str, expected: Any) -> None:
    before = columns(denial)
    change = actions.correct(denial, field, value, EDITOR, "heard it")
    assert change is not None
    assert getattr(again(denial), attribute) == expected
    assert again(denial).status == "corrected"
    assert again(denial).address == denial.address
    assert (change.by, change.why, change.field) == ("Vera Holm", "heard it", field)
    actions.undo(change, EDITOR, "misheard")
    assert columns(denial) == before
    assert StatementChange.objects.get().undone_why == "misheard"


def test_correcting_the_speaker_joins_another_person(denial: Statement) -> None:
    ada = denial.person
    change = actions.correct(denial, "speaker_name", "Tomas Brandt", EDITOR, "it was him")
    assert again(denial).person == Person.objects.get(slug="tomas-brandt")
    assert search('person:"tomas brandt" port').total == 1
    assert change is not None
    actions.undo(change, EDITOR)
    assert again(denial).person == ada


def test_pointing_at_another_person_and_back(denial: Statement) -> None:
    ada, tomas = denial.person, Person.objects.get(slug="tomas-brandt")
    change = actions.correct(denial, "person", tomas.public_id, EDITOR, "it was him")
    assert again(denial).person == tomas
    store_record(replace(harbour(), model="hand-made-2"))
    assert again(denial).person == tomas, "reading again does not undo an editor"
    assert change is not None
    actions.undo(change, EDITOR)
    assert again(denial).person == ada


@pytest.mark.parametrize(
    ("field", "value", "cure"),
    [
        ("act", "shout", "say, claim"),
        ("said_on", "soon", "Write 2019"),
        ("content", "words that are nowhere", "Copy the words"),
        ("content", "", "Withdraw"),
        ("content", [[0, 5], [3, 9]], "overlap"),
        ("cue", [5, 999_999], "one paragraph"),
        ("cue", "sold\n\nNobody", "article|paragraph"),
        ("cue", ["x"], "span"),
        ("person", "nobody", "public id"),
        ("within", "nothing", "same article"),
        ("address", "mine", "Choose from"),
        ("speaker_name", "x" * 300, "at most"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(denial: Statement, field: str, value: Any, cure: str) -> None:
    before = columns(denial)
    with pytest.raises(CorrectionError, match=cure):
        actions.correct(denial, field, value, EDITOR, "x")
    assert columns(denial) == before
    assert not StatementChange.objects.exists()


def test_no_statement_lies_within_itself(denial: Statement) -> None:
    second = Statement.objects.get(n=2)
    actions.correct(second, "within", denial.address, EDITOR, "nested")
    for inner, outer in ((denial, denial), (denial, second)):
        with pytest.raises(CorrectionError):
            actions.correct(inner, "within", outer.address, EDITOR, "x")


def test_a_reason_is_needed(denial: Statement) -> None:
    with pytest.raises(CorrectionError, match="why"):
        actions.withdraw(denial, EDITOR, "  ")
    with pytest.raises(CorrectionError, match="why"):
        actions.correct(denial, "act", "say", EDITOR, "")


def test_withdrawn_is_off_every_list_and_comes_back(denial: Statement) -> None:
    change = actions.withdraw(denial, EDITOR, "never said")
    assert search("port").total == 0
    assert denial not in shown_statements()
    assert again(denial).status == "withdrawn"
    assert surroundings(again(denial)).changes[0].why == "never said"
    assert actions.withdraw(denial, EDITOR, "twice") == change
    actions.undo(change, EDITOR)
    assert search("port").total == 1


def test_confirmed_leaves_the_queue() -> None:
    store_record(harbour())
    weak = to_review().get()
    assert weak.confidence == 0.4
    change = actions.confirm(weak, EDITOR)
    assert not to_review()
    assert actions.confirm(weak, EDITOR) == change
    actions.undo(change, EDITOR)
    assert to_review().get() == weak


def test_corrections_survive_a_newer_model_and_a_changed_page(denial: Statement) -> None:
    actions.correct(denial, "content", "the port of Varrow would be sold", EDITOR, "without that")
    actions.correct(denial, "said_on", "2021-03-07", EDITOR, "a Sunday")
    store_record(replace(harbour(), model="hand-made-2"))
    assert (again(denial).words, again(denial).said_on) == ("the port of Varrow would be sold", "2021-03-07")
    moved = "Updated.\n\n" + HARBOUR
    store_record(harbour(text=moved))
    kept = again(denial)
    assert kept.version.number == 2
    assert kept.contents[0].of(moved) == "the port of Varrow would be sold"
    assert kept.said_on == "2021-03-07"
    assert kept.status == "corrected"


def test_an_editor_vouches_for_what_a_newer_model_misses(denial: Statement) -> None:
    actions.confirm(denial, EDITOR)
    other = Statement.objects.get(n=3)
    only = said(HARBOUR, ["“Nobody has made an offer,”", "“Nobody will.”"], "Ada Quill", 1, act="deny")
    store_record(Record(harbour().article, (only,), model="hand-made-2"))
    assert not again(denial).is_retired
    assert again(other).is_retired
