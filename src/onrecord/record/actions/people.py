"""Who is who, by an editor's word: merge, split, rename, and undo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from onrecord.errors import InputError
from onrecord.record.actions.editor import Editor
from onrecord.record.locks import writing
from onrecord.record.models import Person, PersonChange, PersonName, PersonRole, Statement
from onrecord.record.people.join import add_name, create_person
from onrecord.record.search.entries import chunks, index


class PersonError(InputError):
    """People that cannot be merged or split so; the message says why."""

    code = "person"


def merge(source: Person, target: Person, by: Editor, why: str) -> PersonChange:
    """Two people are one: everything of ``source`` becomes ``target``'s, and the page of ``source`` leads there.

    Raises:
        PersonError: they are the same already, or no reason is given.
    """
    _need_reason(why)
    with writing():
        source, target = _fresh(source), _fresh(target)
        if source.pk == target.pk:
            raise PersonError(f"{source.name} cannot be merged into themselves. Choose two people.")
        if source.merged_into_id or target.merged_into_id:
            raise PersonError("One of the two is merged already. Merge the people they were merged into.")
        addresses = list(source.statements.order_by("pk").values_list("address", flat=True))
        moved = {"statements": addresses, "names": _move_names(source, target), "roles": _move_roles(source, target)}
        source.statements.update(person=target)
        source.merged_into = target
        source.save(update_fields=["merged_into"])
        change = _log(PersonChange.Kind.MERGE, source, target, moved, by, why)
        index(_ids(addresses))
        return change


def split(
    person: Person, statements: Sequence[Statement], by: Editor, why: str, target: Person | None = None
) -> PersonChange:
    """Some statements are not this person's: they become ``target``'s, or those of a new person of the same name.

    Raises:
        PersonError: there is nothing to move, a statement is not theirs, or no reason is given.
    """
    _need_reason(why)
    with writing():
        person = _fresh(person)
        moving = list(Statement.objects.filter(pk__in=[s.pk for s in statements]).select_related("article"))
        if not moving or any(statement.person_id != person.pk for statement in moving):
            raise PersonError(f"Choose statements of {person.name} to split off.")
        if target is None:
            target = create_person(moving[0].speaker_name or person.name, person.type)
        elif _fresh(target).merged_into_id or target.pk == person.pk:
            raise PersonError("Choose another person, not merged into anyone, to move the statements to.")
        ids = [statement.pk for statement in moving]
        Statement.objects.filter(pk__in=ids).update(person=target)
        for statement in moving:
            add_name(target, statement.speaker_name or target.name)
        moved = {
            "statements": [statement.address for statement in moving],
            "names": [],
            "roles": _move_roles(person, target, moving),
        }
        change = _log(PersonChange.Kind.SPLIT, person, target, moved, by, why)
        index(ids)
        return change


def undo(change: PersonChange, by: Editor, why: str = "") -> PersonChange:
    """Take a change back: exactly what it moved moves back, what came later stays where it is.

    Raises:
        PersonError: it is undone already, or a later change stands on it.
    """
    with writing():
        change = PersonChange.objects.select_for_update().get(pk=change.pk)
        if change.undone_at:
            raise PersonError("This change is undone already.")
        _UNDO[PersonChange.Kind(change.kind)](change)
        change.undone_at, change.undone_by, change.undone_why = timezone.now(), by.name, why
        change.save()
        return change


def _undo_move(change: PersonChange) -> None:
    later = PersonChange.objects.filter(undone_at__isnull=True, pk__gt=change.pk, kind=PersonChange.Kind.MERGE)
    if later.filter(source=change.target).exists():
        raise PersonError(f"{change.target.name} was merged into someone else since. Undo that first.")
    ids = _ids(change.moved["statements"])
    for some in chunks(ids):
        Statement.objects.filter(pk__in=some, person=change.target).update(person=change.source)
    for name in change.moved["names"]:
        PersonName.objects.filter(name=name, person=change.target).update(person=change.source)
    for article, key in change.moved["roles"]:
        PersonRole.objects.filter(article__public_id=article, key=key, person=change.target).update(
            person=change.source
        )
    if change.kind == PersonChange.Kind.MERGE:
        change.source.merged_into = None
        change.source.save(update_fields=["merged_into"])
    index(ids)


def _undo_rename(change: PersonChange) -> None:
    person = _fresh(change.target)
    if person.name != change.moved["new"]:
        raise PersonError(f"They are called {person.name} since. Undo that renaming first.")
    person.name = change.moved["old"]
    person.save(update_fields=["name"])
    person.names.filter(name__in=change.moved["names"]).delete()


_UNDO = {
    PersonChange.Kind.MERGE: _undo_move,
    PersonChange.Kind.SPLIT: _undo_move,
    PersonChange.Kind.RENAME: _undo_rename,
}


def rename(person: Person, name: str, by: Editor, why: str) -> PersonChange | None:
    """Show a person or organization under another name. The address stays, and the old name still finds them.

    Returns:
        The change; ``None`` where they have that name already.

    Raises:
        PersonError: there is no name, it is too long, or no reason is given.
    """
    _need_reason(why)
    name = " ".join(name.split())
    if not 0 < len(name) <= 200 or "\x00" in name:
        raise PersonError("A name has 1 to 200 characters.")
    with writing():
        person = _fresh(person)
        if person.merged_into_id:
            raise PersonError(f"{person.name} is merged into someone else. Rename them instead.")
        if person.name == name:
            return None
        is_new = not person.names.filter(name=name).exists()
        moved = {"old": person.name, "new": name, "statements": [], "names": [name] if is_new else [], "roles": []}
        person.name = name
        person.save(update_fields=["name"])
        add_name(person, name)
        return _log(PersonChange.Kind.RENAME, person, person, moved, by, why)


def _fresh(person: Person) -> Person:
    return Person.objects.select_for_update(of=("self",)).get(pk=person.pk)


def _ids(addresses: Iterable[str]) -> list[int]:
    return [
        pk
        for some in chunks(addresses)
        for pk in Statement.objects.filter(address__in=some).values_list("pk", flat=True)
    ]


def _move_names(source: Person, target: Person) -> list[str]:
    """Names that the target has not; the rest stay with the source, for an undo to find."""
    moving = source.names.exclude(name__in=target.names.values("name"))
    names = sorted(moving.values_list("name", flat=True))
    source.names.filter(name__in=names).update(person=target)
    return names


def _move_roles(source: Person, target: Person, moved: Sequence[Statement] | None = None) -> list[list[str]]:
    """All roles, or those of articles whose statements all moved; what the target has already stays behind."""
    roles = source.roles.select_related("article").order_by("pk")
    if moved is not None:
        left = Statement.objects.filter(person=source).values("article")
        roles = roles.filter(article__in={statement.article_id for statement in moved}).exclude(article__in=left)
    known = set(target.roles.values_list("article", "key"))
    moving = [role for role in roles if (role.article_id, role.key) not in known]
    for some in chunks([role.pk for role in moving]):
        PersonRole.objects.filter(pk__in=some).update(person=target)
    return [[role.article.public_id, role.key] for role in moving]


def _log(
    kind: PersonChange.Kind, source: Person, target: Person, moved: dict[str, Any], by: Editor, why: str
) -> PersonChange:
    return PersonChange.objects.create(
        kind=kind, source=source, target=target, moved=moved, by=by.name, user=by.user, why=why.strip()
    )


def _need_reason(why: str) -> None:
    if not why.strip():
        raise PersonError("Say why: the reason is kept with the change.")
