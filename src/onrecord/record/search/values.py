"""Whom and what the value of a filter names."""

from __future__ import annotations

from django.db.models import Q

from onrecord.record.models import Outlet, Person, PersonName, Tag
from onrecord.record.people.names import name_key

MOST = 100
"""So many that a filter's value may name; a name shared by more is no filter."""


def person_ids(value: str) -> list[int]:
    """People by public id, slug, full name, alias or family name."""
    key = name_key(value)
    # One look-up in each index: asked with OR, the database reads every name instead.
    found = set(Person.objects.filter(public_id=value).values_list("id", flat=True)[:MOST])
    found |= set(Person.objects.filter(slug=value.casefold()).values_list("id", flat=True)[:MOST])
    if key:
        found |= set(PersonName.objects.filter(key=key).values_list("person", flat=True)[:MOST])
        found |= set(PersonName.objects.filter(family_key=key).values_list("person", flat=True)[:MOST])
    return sorted(found)[:MOST]


def outlet_ids(value: str) -> list[int]:
    """Outlets by slug or name."""
    outlets = Outlet.objects.filter(Q(slug=value.casefold()) | Q(key=name_key(value)))
    return list(outlets.values_list("id", flat=True).order_by("id")[:MOST])


def tag_ids(value: str) -> list[int]:
    """Tags and categories by slug or name."""
    tags = Tag.objects.filter(Q(slug=value.casefold()) | Q(name__iexact=value))
    return list(tags.values_list("id", flat=True).order_by("id")[:MOST])
