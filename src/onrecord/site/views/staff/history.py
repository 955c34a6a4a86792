"""What editors did, newest first, each with its undo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice

from django.http import HttpRequest, HttpResponse

from onrecord.record.models import PersonChange, StatementChange
from onrecord.site.roles import editors_only
from onrecord.site.templatetags.reading import field_name, link_words, quoted, value_words
from onrecord.site.views.staff.common import page

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Done:
    """A change as the list shows it."""

    at: datetime
    by: str
    what: str
    about: str
    """Whom or what it changed."""
    path: str
    """Page of that."""
    why: str
    undo: str
    """Where its undo is sent to."""
    undone_by: str
    undone_at: datetime | None


@editors_only
def history(request: HttpRequest) -> HttpResponse:
    """Everybody's changes, or with ``?by=`` those of one editor."""
    by = request.GET.get("by", "")[:150]
    statements = StatementChange.objects.select_related("statement").order_by("-at", "-id")
    people = PersonChange.objects.select_related("source", "target").order_by("-at", "-id")
    if by:
        statements, people = statements.filter(by=by), people.filter(by=by)
    lists = ((_of_statement(c) for c in statements[:SHOWN]), (_of_person(c) for c in people[:SHOWN]))
    done = list(islice(merge(*lists, key=lambda one: one.at, reverse=True), SHOWN))
    return page(request, "history", {"done": done, "by": by, "names": sorted({one.by for one in done} | {by} - {""})})


def _of_statement(change: StatementChange) -> Done:
    what = change.get_kind_display().lower()
    if change.kind == StatementChange.Kind.LINK:
        what = link_words(change)
    elif change.field:
        what += f" of {field_name(change.field)}: {value_words(change.old)} → {value_words(change.new)}"
    return Done(
        change.at,
        change.by,
        what,
        quoted(change.statement),
        change.statement.get_absolute_url(),
        change.why,
        f"/staff/changes/{change.pk}/undo/",
        change.undone_by,
        change.undone_at,
    )


def _of_person(change: PersonChange) -> Done:
    return Done(
        change.at,
        change.by,
        change.get_kind_display().lower(),
        change.in_words,
        f"/staff/people/{change.target.slug}/",
        change.why,
        f"/staff/people/changes/{change.pk}/undo/",
        change.undone_by,
        change.undone_at,
    )
