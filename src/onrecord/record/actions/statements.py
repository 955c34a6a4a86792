"""What an editor does to a statement: correct, confirm, withdraw, and undo each."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from onrecord.record.actions import links
from onrecord.record.actions.editor import Editor
from onrecord.record.claims import tie_claims
from onrecord.record.locks import writing
from onrecord.record.models import Person, Statement, StatementChange
from onrecord.record.people.join import add_role
from onrecord.record.readings import CorrectionError, checked_value, current_value, refresh
from onrecord.record.search.entries import index
from onrecord.record.wordings import link_wordings


def correct(statement: Statement, field: str, value: Any, by: Editor, why: str) -> StatementChange | None:
    """Correct one field.

    Args:
        statement: what is wrong.
        field: one of ``readings.CORRECTABLE``.
        value: the right value; for ``content`` and other words of the article the words themselves or their spans.
        by: who says so.
        why: on what grounds; shown in the history.

    Returns:
        The change; ``None`` where the field has that value already.

    Raises:
        CorrectionError: the field cannot have the value, or no reason is given.
    """
    _need_reason(why)
    with writing():
        statement = _fresh(statement)
        old, new = current_value(statement, field) if field else None, checked_value(statement, field, value)
        if old == new:
            return None
        return _log(statement, StatementChange.Kind.CORRECTION, by, why, field=field, old=old, new=new)


def confirm(statement: Statement, by: Editor, why: str = "") -> StatementChange:
    """Say that a statement is right as it stands. Confirming twice changes nothing."""
    with writing():
        statement = _fresh(statement)
        known = statement.changes.filter(kind=StatementChange.Kind.CONFIRMATION, undone_at__isnull=True).first()
        return known or _log(statement, StatementChange.Kind.CONFIRMATION, by, why)


def withdraw(statement: Statement, by: Editor, why: str) -> StatementChange:
    """Take a statement off every list. Its page stays and says who withdrew it, when and why.

    Raises:
        CorrectionError: no reason is given.
    """
    _need_reason(why)
    with writing():
        statement = _fresh(statement)
        known = statement.changes.filter(kind=StatementChange.Kind.WITHDRAWAL, undone_at__isnull=True).first()
        return known or _log(statement, StatementChange.Kind.WITHDRAWAL, by, why)


def undo(change: StatementChange, by: Editor, why: str = "") -> StatementChange:
    """Take a change back: the statement is what it would be without it. The change stays in the history, marked undone.

    Raises:
        CorrectionError: it is undone already.
    """
    with writing():
        change = StatementChange.objects.select_for_update().get(pk=change.pk)
        if change.undone_at:
            raise CorrectionError("This change is undone already.")
        change.undone_at, change.undone_by, change.undone_why = timezone.now(), by.name, why
        change.save()
        statement = _fresh(change.statement)
        if change.kind == StatementChange.Kind.LINK:
            links.undo(change, by, why)
            return change
        if change.field == "person":
            statement.person = Person.objects.filter(public_id=change.old).first() if change.old else None
        elif change.field == "within":
            statement.within = Statement.objects.filter(address=change.old).first() if change.old else None
        _refresh(statement)
        return change


def _fresh(statement: Statement) -> Statement:
    """The statement as it is now, locked until the transaction ends."""
    return Statement.objects.select_for_update(of=("self",)).select_related("article", "version").get(pk=statement.pk)


def _log(
    statement: Statement,
    kind: StatementChange.Kind,
    by: Editor,
    why: str,
    field: str = "",
    old: Any = None,
    new: Any = None,
) -> StatementChange:
    change = StatementChange.objects.create(
        statement=statement, kind=kind, field=field, old=old, new=new, by=by.name, user=by.user, why=why.strip()
    )
    _refresh(statement)
    return change


def _refresh(statement: Statement) -> None:
    statement.changed_at = timezone.now()
    refresh(statement)
    if statement.person and statement.speaker_role:
        add_role(statement.person, statement.speaker_role, statement.article, statement.said_from)
    index([statement.pk])
    tie_claims(statement.article)
    link_wordings(statement.article)


def _need_reason(why: str) -> None:
    if not why.strip():
        raise CorrectionError("Say why: readers see the reason in the statement's history.")
