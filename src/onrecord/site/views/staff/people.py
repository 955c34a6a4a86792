"""Who is who: merge two entries that are one person, and take it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from onrecord.record.actions import people as actions
from onrecord.record.models import Person, PersonChange, PersonName
from onrecord.site.roles import editors_only
from onrecord.site.views.staff.common import attempt, back, editor_of, page

PEOPLE = "/staff/people/"
MOST_NAMESAKES = 30


@editors_only
def people(request: HttpRequest) -> HttpResponse:
    """Merge by slug; namesakes are offered."""
    if request.method == "POST":
        return _merge(request)
    return page(
        request,
        "people",
        {
            "namesakes": _namesakes(),
            "changes": PersonChange.objects.select_related("source", "target").order_by("-at")[:20],
            "source": request.GET.get("source", ""),
            "target": request.GET.get("target", ""),
        },
    )


def _merge(request: HttpRequest) -> HttpResponse:
    source, target = (_person(request.POST.get(name, "")) for name in ("source", "target"))
    if source is None or target is None:
        messages.error(
            request, "Give the address or the end of the address (the part after /people/) of two people on record."
        )
        return back(PEOPLE)
    why = request.POST.get("why", "")
    attempt(
        request, lambda: actions.merge(source, target, editor_of(request), why), f"{source.name} is now {target.name}."
    )
    return back(PEOPLE)


@editors_only
@require_POST
def undo_person(request: HttpRequest, change: int) -> HttpResponse:
    found = get_object_or_404(PersonChange, pk=change)
    attempt(request, lambda: actions.undo(found, editor_of(request)), "Taken back.")
    return back(PEOPLE)


def _person(words: str) -> Person | None:
    slug = words.strip().rstrip("/").rpartition("/")[2]
    return Person.objects.filter(slug=slug).first() if slug else None


def _namesakes() -> list[tuple[Person, Person]]:
    """Pairs with one name in common that nobody has joined: the first places to look."""
    by_key: dict[str, list[Person]] = {}
    names = PersonName.objects.filter(person__merged_into=None).exclude(family_key="").select_related("person")
    for name in names.order_by("family_key", "person_id"):
        known = by_key.setdefault(name.family_key, [])
        if name.person not in known:
            known.append(name.person)
    pairs = [(people[0], other) for people in by_key.values() for other in people[1:]]
    return pairs[:MOST_NAMESAKES]
