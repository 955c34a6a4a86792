"""Who is who: merge, split and rename people and organizations, and take each back."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from onrecord.record import queries
from onrecord.record.actions import people as actions
from onrecord.record.models import Person, PersonChange, PersonName, Statement
from onrecord.site.links import safe_next
from onrecord.site.paging import statements_page
from onrecord.site.roles import editors_only
from onrecord.site.views.staff.common import attempt, back, editor_of, page

PEOPLE = "/staff/people/"
MOST_NAMESAKES = 30
MOST_AT_ONCE = 500


@editors_only
def people(request: HttpRequest) -> HttpResponse:
    """Merge by address; namesakes are offered."""
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
    here = safe_next(request.POST.get("next"), PEOPLE)
    if source is None or target is None:
        messages.error(
            request, "Give the address or the end of the address (the part after /people/) of two people on record."
        )
        return back(here)
    why = request.POST.get("why", "")
    done = attempt(
        request, lambda: actions.merge(source, target, editor_of(request), why), f"{source.name} is now {target.name}."
    )
    return back(_page_of(target) if done and here != PEOPLE else here)


@editors_only
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything an editor can change about one person or organization."""
    found = get_object_or_404(Person.objects.select_related("merged_into"), slug=slug)
    return page(
        request,
        "person",
        {
            "person": found,
            "names": found.names.order_by("name"),
            "page": statements_page(request, queries.person_statements(found), 50),
            "changes": queries.person_changes(found).order_by("-at", "-id"),
        },
    )


@editors_only
@require_POST
def rename(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Person, slug=slug)
    name, why = request.POST.get("name", ""), request.POST.get("why", "")
    attempt(request, lambda: actions.rename(found, name, editor_of(request), why), "Renamed. The old name still finds.")
    return back(_page_of(found))


@editors_only
@require_POST
def split(request: HttpRequest, slug: str) -> HttpResponse:
    """Move the ticked statements to another person, or to a new one of the same name."""
    found = get_object_or_404(Person, slug=slug)
    addresses = request.POST.getlist("statement")[:MOST_AT_ONCE]
    wanted, why = request.POST.get("target", "").strip(), request.POST.get("why", "")
    target = _person(wanted)
    if wanted and target is None:
        messages.error(request, f"There is nobody at {wanted[:100]}. Give the address of a person, or leave it empty.")
        return back(_page_of(found))
    statements = list(Statement.objects.filter(address__in=addresses))
    attempt(
        request,
        lambda: actions.split(found, statements, editor_of(request), why, target),
        f"{len(statements)} statement{'s' if len(statements) > 1 else ''} moved.",
    )
    return back(_page_of(found))


@editors_only
@require_POST
def undo_person(request: HttpRequest, change: int) -> HttpResponse:
    found = get_object_or_404(PersonChange, pk=change)
    attempt(request, lambda: actions.undo(found, editor_of(request), request.POST.get("why", "")), "Taken back.")
    return back(safe_next(request.POST.get("next"), PEOPLE))


def _page_of(found: Person) -> str:
    return f"{PEOPLE}{found.slug}/"


def _person(words: str) -> Person | None:
    slug = words.strip().rstrip("/").rpartition("/")[2]
    return Person.objects.filter(slug=slug).first() if slug else None


def _namesakes() -> list[tuple[Person, Person]]:
    """Pairs that nobody has joined with a name in common, the first places to look: people of one family name, bodies
    whose one name goes on from the other ("Foreign Ministry", "Foreign Ministry of Kestria")."""
    names = PersonName.objects.filter(person__merged_into=None).select_related("person")
    families = names.exclude(family_key="").order_by("family_key", "person_id")
    bodies = names.filter(family_key="").exclude(key="").order_by("key", "person_id")
    pairs: dict[tuple[int, int], tuple[Person, Person]] = {}
    for one, other in (*_of_one_family(families), *_going_on(bodies)):
        if one != other:
            pairs.setdefault((one.pk, other.pk), (one, other))
    return list(islice(pairs.values(), MOST_NAMESAKES))


def _of_one_family(names: Iterable[PersonName]) -> Iterable[tuple[Person, Person]]:
    first: PersonName | None = None
    for name in names:
        if first and first.family_key == name.family_key:
            yield first.person, name.person
        else:
            first = name


def _going_on(names: Iterable[PersonName]) -> Iterable[tuple[Person, Person]]:
    """Ordered by key, a longer name follows the one that it begins with."""
    first: PersonName | None = None
    for name in names:
        if first and " " in first.key and f"{name.key} ".startswith(f"{first.key} "):
            yield first.person, name.person
        else:
            first = name
