"""The queue of statements that the program is least sure of, and the page that corrects one."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from onrecord.record import queries
from onrecord.record.actions import links
from onrecord.record.actions import statements as actions
from onrecord.record.models import Claim, Statement, StatementChange
from onrecord.record.readings import CORRECTABLE, current_value
from onrecord.site.links import safe_next
from onrecord.site.marking import pieces
from onrecord.site.roles import editors_only
from onrecord.site.templatetags.reading import FIELD_NAMES
from onrecord.site.views.staff.common import attempt, back, editor_of, page
from onrecord.terms import ACTS, KINDS, SPEAKER_TYPES

QUEUE = "/staff/"
UNDO_FOR = timedelta(minutes=30)
WITHDRAWAL_REASONS = (
    "Not a statement in the text",
    "The words are not what was said",
    "The page itself is no report",
)
CHOICES = {"act": ACTS, "kind": KINDS, "speaker_type": SPEAKER_TYPES}
_LONG = ("content", "denied_claim")


@editors_only
def queue(request: HttpRequest) -> HttpResponse:
    """The least certain statement first; one at a time, so that a key is enough."""
    skipped = request.GET.getlist("skip")[:100]
    waiting = queries.to_review(500)
    case = next((statement for statement in waiting if statement.address not in skipped), None)
    return page(
        request,
        "review",
        {
            "case": case,
            "passages": [pieces(passage) for passage in queries.passages_of(case)] if case else [],
            "waiting": len(waiting),
            "skip_query": "&".join(f"skip={address}" for address in [*skipped, case.address] if address.isalnum())
            if case
            else "",
            "last_change": last_change(request),
            "reasons": WITHDRAWAL_REASONS,
        },
    )


def last_change(request: HttpRequest) -> StatementChange | None:
    """What this editor did a moment ago, to take back with one key."""
    return (
        StatementChange.objects.filter(user=request.user.pk, undone_at=None, at__gte=timezone.now() - UNDO_FOR)
        .select_related("statement")
        .order_by("-at", "-id")
        .first()
    )


@editors_only
@require_POST
def confirm(request: HttpRequest, address: str) -> HttpResponse:
    statement = get_object_or_404(Statement, address=address)
    attempt(request, lambda: actions.confirm(statement, editor_of(request)), "Confirmed.")
    return back(safe_next(request.POST.get("next"), QUEUE))


@editors_only
@require_POST
def withdraw(request: HttpRequest, address: str) -> HttpResponse:
    statement = get_object_or_404(Statement, address=address)
    why = request.POST.get("why", "")
    attempt(request, lambda: actions.withdraw(statement, editor_of(request), why), "Withdrawn. Its page says so.")
    return back(safe_next(request.POST.get("next"), QUEUE))


@editors_only
@require_POST
def undo(request: HttpRequest, change: int) -> HttpResponse:
    found = get_object_or_404(StatementChange, pk=change)
    attempt(request, lambda: actions.undo(found, editor_of(request), request.POST.get("why", "")), "Taken back.")
    return back(safe_next(request.POST.get("next"), QUEUE))


@editors_only
@require_POST
def part_words(request: HttpRequest, address: str) -> HttpResponse:
    """These are not the same words as in the other articles."""
    statement = get_object_or_404(Statement, address=address)
    why = request.POST.get("why", "")
    attempt(request, lambda: links.part_words(statement, editor_of(request), why), "Taken out.")
    return back(statement.get_absolute_url())


@editors_only
@require_POST
def judge_claim(request: HttpRequest, address: str, slug: str) -> HttpResponse:
    """The statement does, or does not, affirm or deny the claim."""
    statement, claim = get_object_or_404(Statement, address=address), get_object_or_404(Claim, slug=slug)
    status, why = request.POST.get("status", ""), request.POST.get("why", "")
    attempt(request, lambda: links.judge(claim, statement, status, editor_of(request), why), "Noted.")
    return back(statement.get_absolute_url())


@editors_only
def correct(request: HttpRequest, address: str) -> HttpResponse:
    """Every field of a statement, each with its own form entry; only what was changed is logged."""
    statement = get_object_or_404(
        Statement.objects.select_related("article__outlet", "version", "person", "within"), address=address
    )
    if request.method == "POST" and _save(request, statement):
        return back(request.path)
    return page(
        request,
        "correct",
        {
            "statement": statement,
            "passages": [pieces(passage) for passage in queries.passages_of(statement)],
            "fields": [_field(statement, name, request) for name in CORRECTABLE],
            "changes": statement.changes.all(),
            "reasons": WITHDRAWAL_REASONS,
            "why": request.POST.get("why", ""),
        },
        status=400 if request.method == "POST" else 200,
    )


def _save(request: HttpRequest, statement: Statement) -> bool:
    changed = {
        name: request.POST[name]
        for name in CORRECTABLE
        if name in request.POST and _normal(request.POST[name]) != _normal(as_words(statement, name))
    }
    if not changed:
        messages.error(request, "Nothing was changed: every field has the value it had.")
        return False
    return all(
        attempt(request, partial(_correct, request, statement, name, value), f"{label(name).capitalize()} corrected.")
        for name, value in changed.items()
    )


def _correct(request: HttpRequest, statement: Statement, name: str, value: str) -> None:
    actions.correct(statement, name, value.strip() or None, editor_of(request), request.POST.get("why", ""))


def _field(statement: Statement, name: str, request: HttpRequest) -> dict[str, Any]:
    return {
        "name": name,
        "label": label(name),
        "value": request.POST.get(name, as_words(statement, name)),
        "choices": CHOICES.get(name, ()),
        "is_long": name in _LONG,
    }


def label(name: str) -> str:
    special = {
        "content": "words said",
        "speaker_words": "speaker as worded here",
        "person": "person (id in the record)",
    }
    return special.get(name) or FIELD_NAMES.get(name, name.replace("_", " "))


def as_words(statement: Statement, name: str) -> str:
    """A field's value as an editor sees and types it."""
    value = current_value(statement, name)
    if isinstance(value, dict):
        words = value.get("words") or ""
        return words if isinstance(words, str) else " … ".join(words)
    return "" if value is None else str(value)


def _normal(words: str) -> str:
    return " ".join(words.split())
