from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.record.actions import people
from onrecord.record.actions.articles import store_record
from onrecord.record.actions.editor import Editor
from onrecord.record.actions.people import PersonError
from onrecord.record.models import Person, PersonChange, Statement
from onrecord.record.people.names import body_key, family_key, is_generic, name_key
from onrecord.record.queries import outlets_quoting, roles_over_time
from onrecord.record.search import search
from onrecord.terms import Record, SpeakerType
from unit.record.builders import article, harbour, said

pytestmark = pytest.mark.django_db
EDITOR = Editor("Vera Holm")


def quote(
    number: int,
    name: str,
    role: str | None = None,
    outlet: str = "Varrow Post",
    others: tuple[str, ...] = (),
    kind: SpeakerType = "person",
) -> Person | None:
    """Store an article in which someone speaks, in the company of others; returns who the record takes them for."""
    text = f"Speech number {number} was long. " + " ".join(f"Words of {n}." for n in others)
    made = article(
        text, id=str(number), url=f"https://x.example/{number}", outlet=outlet, tags=(), title=f"Speech {number}"
    )
    statements = [said(text, f"Words of {n}.", n, 2 + i) for i, n in enumerate(others)]
    statements.append(said(text, f"Speech number {number} was long.", name, 1, role=role, kind=kind))
    store_record(Record(made, tuple(statements)))
    return Statement.objects.get(article__url=made.url, n=1).person


def test_names_are_folded() -> None:
    assert name_key("Dr. Ada B. Quill, Jr.") == name_key("ada quill") == "ada quill"
    assert body_key("The Gull Wire") == "gull wire"
    assert family_key("President Tomás Brandt") == "brandt"
    assert is_generic("Foreign Ministry")
    assert not is_generic("Varrow Foreign Ministry")


def test_a_full_name_is_one_person_across_articles() -> None:
    first = quote(1, "Ada Quill", "Transport Minister")
    assert quote(2, "Dr. Ada Quill", None, outlet="Gull Wire") == first
    assert quote(3, "Ada Quill", "transport minister of Varrow", outlet="Gull Wire") == first


def test_two_smiths_stay_two_until_something_joins_them() -> None:
    mayor = quote(1, "John Smith", "mayor of Varrow")
    analyst = quote(2, "John Smith", "analyst at Lund Bank", outlet="Gull Wire")
    assert mayor != analyst
    assert quote(3, "John Smith", "Varrow's mayor", outlet="Third Paper") == mayor
    assert quote(4, "John Smith", "bank analyst", outlet="Third Paper") == analyst


def test_where_two_fit_equally_well_neither_is_taken() -> None:
    mayor = quote(1, "John Smith", "mayor of Varrow")
    analyst = quote(2, "John Smith", "analyst at Lund Bank", outlet="Gull Wire")
    assert quote(3, "John Smith", None, outlet="Third Paper") not in (mayor, analyst)


def test_another_role_joins_in_the_same_story_and_not_in_another() -> None:
    def told(number: int, where: str, role: str, outlet: str) -> Person | None:
        text = f"Ada Quill spoke of {where} in spring. She said it was time."
        made = article(text, url=f"https://x.example/{number}", outlet=outlet, title=f"{number}", tags=())
        store_record(Record(made, (said(text, "it was time", "Ada Quill", role=role),)))
        return Statement.objects.get(article__url=made.url).person

    first = told(1, "the Varrow Harbour and the Lund Bank, with Tomas Brandt", "executive chair", "Varrow Post")
    assert told(2, "the Lund Bank and the Varrow Harbour, as Brandt did,", "head of the board", "Gull Wire") == first
    assert told(3, "the Gullmouth Ferry and its Island Line", "secretary of the union", "Third Paper") != first


def test_a_body_is_one_whatever_it_speaks_as() -> None:
    text = "The Supreme Court found that gulls may stay. The Supreme Court said so."
    found = said(text, "that gulls may stay", "Supreme Court", 1, kind="document")
    repeated = said(text, "so", "Supreme Court", 2, kind="organization")
    store_record(Record(article(text), (found, repeated)))
    assert Person.objects.count() == 1


def test_another_role_joins_in_the_same_company() -> None:
    first = quote(1, "Ada Quill", "Transport Minister", others=("Tomas Brandt",))
    assert quote(2, "Ada Quill", "head of the Liberals", outlet="Gull Wire", others=("Tomas Brandt",)) == first


def test_a_family_name_alone_joins_nobody_without_evidence() -> None:
    first = quote(1, "Ada Quill", "Transport Minister")
    assert quote(2, "Quill", None, outlet="Gull Wire") != first
    assert quote(3, "Quill", "Transport Minister", outlet="Third Paper") == first


def test_generic_bodies_need_evidence_and_named_ones_do_not() -> None:
    ministry = quote(1, "Foreign Ministry", kind="organization")
    assert quote(2, "Foreign Ministry", outlet="Gull Wire", kind="organization") != ministry
    bank = quote(3, "The Lund Bank", kind="organization")
    assert quote(4, "Lund Bank", outlet="Gull Wire", kind="organization") == bank


def test_a_person_and_a_body_of_one_name_are_two() -> None:
    assert quote(1, "Austin Reed") != quote(2, "Austin Reed", kind="organization")


def test_merge_and_undo() -> None:
    ada = quote(1, "Ada Quill", "Transport Minister")
    a_quill = quote(2, "A. Quill-Lund", "minister", outlet="Gull Wire")
    assert ada
    assert a_quill
    assert ada != a_quill
    change = people.merge(a_quill, ada, EDITOR, "one passport")
    assert Person.objects.get(pk=a_quill.pk).merged_into == ada
    assert search(f"person:{ada.public_id}").total == 2
    assert {name.name for name in ada.names.all()} == {"Ada Quill", "A. Quill-Lund"}
    assert len(roles_over_time(ada)) == 2
    assert [count.outlet.name for count in outlets_quoting(ada)] == ["Varrow Post", "Gull Wire"]
    assert quote(3, "A. Quill-Lund", "minister", outlet="Gull Wire") == ada, "later articles go where it was merged to"
    people.undo(change, EDITOR, "two passports")
    assert Person.objects.get(pk=a_quill.pk).merged_into is None
    assert search(f"person:{a_quill.public_id}").total == 1
    assert search(f"person:{ada.public_id}").total == 2, "what came after the merge stays"
    with pytest.raises(PersonError, match="undone already"):
        people.undo(change, EDITOR)
    logged = PersonChange.objects.get()
    assert (logged.by, logged.why, logged.undone_by) == ("Vera Holm", "one passport", "Vera Holm")


def test_split_and_undo() -> None:
    first = quote(1, "Ada Quill", "Transport Minister")
    assert first
    quote(2, "Ada Quill", "Transport Minister", outlet="Gull Wire")
    wrong = Statement.objects.filter(article__url="https://x.example/2")
    change = people.split(first, list(wrong), EDITOR, "a namesake")
    namesake = change.target
    assert (namesake.slug, namesake.name) == ("ada-quill-2", "Ada Quill")
    assert search(f"person:{namesake.public_id}").total == 1
    assert [role.articles for role in roles_over_time(first)] == [1]
    people.undo(change, EDITOR)
    assert search(f"person:{first.public_id}").total == 2
    assert [role.articles for role in roles_over_time(first)] == [2]


def test_renaming_keeps_the_old_name_as_an_alias_and_is_undone() -> None:
    ada = quote(1, "Ada Quill")
    assert ada
    change = people.rename(ada, " Ada  Quill-Lund ", EDITOR, "married")
    assert change
    ada.refresh_from_db()
    assert ada.name == "Ada Quill-Lund"
    assert search('person:"Ada Quill"').total == search('person:"Ada Quill-Lund"').total == 1
    assert quote(2, "Ada Quill", outlet="Gull Wire") == ada, "articles that use the old name still find her"
    people.undo(change, EDITOR, "not yet")
    ada.refresh_from_db()
    assert ada.name == "Ada Quill"
    assert [name.name for name in ada.names.all()] == ["Ada Quill"]


def test_an_organization_is_renamed_merged_and_split_like_a_person() -> None:
    ministry = quote(1, "Varrow Foreign Ministry", kind="organization")
    office = quote(2, "Foreign Office of Varrow", kind="organization")
    assert ministry
    assert office
    assert ministry != office
    merged = people.merge(office, ministry, EDITOR, "one body")
    assert people.rename(ministry, "Foreign Ministry of Varrow", EDITOR, "as it signs")
    people.undo(merged, EDITOR)
    parted = people.split(ministry, list(ministry.statements.all()), EDITOR, "its press office", office)
    assert office.statements.count() == 2
    people.undo(parted, EDITOR)
    assert office.statements.count() == 1


def test_renamings_are_undone_in_their_order() -> None:
    ada = quote(1, "Ada Quill")
    assert ada
    first, second = people.rename(ada, "A. Quill", EDITOR, "x"), people.rename(ada, "Ada Q.", EDITOR, "x")
    assert first
    assert second
    assert people.rename(ada, "Ada Q.", EDITOR, "x") is None
    with pytest.raises(PersonError, match="Undo that renaming first"):
        people.undo(first, EDITOR)
    people.undo(second, EDITOR)
    people.undo(first, EDITOR)
    ada.refresh_from_db()
    assert ada.name == "Ada Quill"


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "Ada\x00"])
def test_a_name_that_cannot_be_is_refused(name: str) -> None:
    ada = quote(1, "Ada Quill")
    assert ada
    with pytest.raises(PersonError, match="200 characters"):
        people.rename(ada, name, EDITOR, "x")
    assert not PersonChange.objects.exists()


def test_merging_needs_two_people_and_a_reason() -> None:
    ada, tomas = quote(1, "Ada Quill"), quote(2, "Tomas Brandt")
    assert ada
    assert tomas
    with pytest.raises(PersonError, match="why"):
        people.merge(ada, tomas, EDITOR, " ")
    with pytest.raises(PersonError, match="themselves"):
        people.merge(ada, ada, EDITOR, "x")
    people.merge(ada, tomas, EDITOR, "x")
    with pytest.raises(PersonError, match="merged already"):
        people.merge(tomas, ada, EDITOR, "x")


def test_rereading_keeps_a_merge() -> None:
    record = harbour()
    store_record(record)
    ada, tomas = Person.objects.get(slug="ada-quill"), Person.objects.get(slug="tomas-brandt")
    people.merge(tomas, ada, EDITOR, "one person")
    store_record(replace(record, model="hand-made-2"))
    assert ada.statements.count() == 4
    assert tomas.statements.count() == 0
