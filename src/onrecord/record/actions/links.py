"""What an editor says of the program's suggestions: that words are not the same, that a claim is or is not meant."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from onrecord.errors import InputError
from onrecord.record.actions.editor import Editor
from onrecord.record.locks import writing
from onrecord.record.models import Claim, Stance, Statement, StatementChange, WordingUse
from onrecord.record.wordings import describe


class LinkError(InputError):
    """A tie that cannot be judged so; the message says why."""

    code = "link"


def part_words(statement: Statement, by: Editor, why: str) -> StatementChange:
    """The statement does not carry the same words as the others of its wording; the program will not tie it again.

    Raises:
        LinkError: it is in no wording, or no reason is given.
    """
    _need_reason(why)
    with writing():
        use = WordingUse.objects.filter(statement=statement, is_apart=False).first()
        if use is None:
            raise LinkError("This statement is tied to no others by its words.")
        _set_apart(use, True)
        return _log(statement, "wording", {"tie": "same words"}, {"tie": "other words"}, by, why)


def judge(claim: Claim, statement: Statement, status: str, by: Editor, why: str) -> StatementChange | None:
    """Confirm or refuse that a statement affirms or denies a claim.

    Returns:
        The change; ``None`` where it was judged so already.

    Raises:
        LinkError: they are not tied, there is no such status, or no reason is given.
    """
    _need_reason(why)
    if status not in (Stance.Status.CONFIRMED, Stance.Status.REFUSED):
        raise LinkError(f"{status!r} is no judgement. Choose confirmed or refused.")
    with writing():
        stance = Stance.objects.select_for_update().filter(claim=claim, statement=statement).first()
        if stance is None:
            raise LinkError("This statement is not tied to that claim.")
        if stance.status == status:
            return None
        old = {"claim": claim.slug, "status": stance.status}
        _set_status(stance, status, by, why)
        return _log(statement, "claim", old, {"claim": claim.slug, "status": status}, by, why)


def undo(change: StatementChange, by: Editor, why: str) -> None:
    """What :func:`onrecord.record.actions.statements.undo` does for a link, within its transaction."""
    if change.field == "wording":
        use = WordingUse.objects.filter(statement=change.statement, is_apart=True).first()
        if use:
            _set_apart(use, False)
        return
    old: dict[str, str] = change.old or {}
    new: dict[str, str] = change.new or {}
    stance = Stance.objects.filter(claim__slug=old["claim"], statement=change.statement).first()
    if stance is None or stance.status != new["status"]:
        raise LinkError("The tie was judged again since. Undo that first.")
    _set_status(stance, old["status"], by, why)


def _set_apart(use: WordingUse, is_apart: bool) -> None:
    use.is_apart = is_apart
    use.save(update_fields=["is_apart"])
    describe(use.wording)


def _set_status(stance: Stance, status: str, by: Editor, why: str) -> None:
    stance.status, stance.by, stance.why, stance.at = status, by.name, why.strip(), timezone.now()
    stance.save(update_fields=["status", "by", "why", "at"])


def _log(
    statement: Statement, field: str, old: dict[str, Any], new: dict[str, Any], by: Editor, why: str
) -> StatementChange:
    return StatementChange.objects.create(
        statement=statement,
        kind=StatementChange.Kind.LINK,
        field=field,
        old=old,
        new=new,
        by=by.name,
        user=by.user,
        why=why.strip(),
    )


def _need_reason(why: str) -> None:
    if not why.strip():
        raise LinkError("Say why: readers see the reason in the statement's history.")
