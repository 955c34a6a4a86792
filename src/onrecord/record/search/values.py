"""Whom and what the value of a filter names."""

from __future__ import annotations

from django.db.models import Q

from onrecord.record.models import Outlet, Person, Tag
from onrecord.record.people.names import name_key

MOST = 100
"""So many that a filter's value may name; a name shared by more is no filter."""


def person_ids(value: str) -> list[int]:
    """People by public id, slug, full name, alias or family name."""
    key = name_key(value)
    people = Person.objects.filter(
        Q(public_id=value) | Q(slug=value.casefold()) | Q(names__key=key) | Q(names__family_key=key)
    )
    return list(people.values_list("id", flat=True).distinct().order_by("id")[:MOST]) if key or value else []


def outlet_ids(value: str) -> list[int]:
    """Outlets by slug or name."""
    outlets = Outlet.objects.filter(Q(slug=value.casefold()) | Q(key=name_key(value)))
    return list(outlets.values_list("id", flat=True).order_by("id")[:MOST])


def tag_ids(value: str) -> list[int]:
    """Tags and categories by slug or name."""
    tags = Tag.objects.filter(Q(slug=value.casefold()) | Q(name__iexact=value))
    return list(tags.values_list("id", flat=True).order_by("id")[:MOST])
