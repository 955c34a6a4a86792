"""The replies of a thread in the order in which they are read: two levels shown, deeper ones folded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord.replies.models import Reply


@dataclass(slots=True)
class Second:
    """An answer, and everything below it in one fold."""

    reply: Reply
    folded: list[Reply] = field(default_factory=list)


@dataclass(slots=True)
class First:
    """A reply, and the answers to it."""

    reply: Reply
    answers: list[Second] = field(default_factory=list)


def tree(replies: Iterable[Reply]) -> list[First]:
    """Arrange replies. What is not published stays as an empty place where published answers hang under it.

    Works without recursion, so that a chain of a thousand answers breaks nothing.
    """
    everything = {reply.pk: reply for reply in replies}
    children: dict[int | None, list[Reply]] = defaultdict(list)
    for reply in everything.values():
        children[reply.parent_id if reply.parent_id in everything else None].append(reply)
    needed = _needed(everything)
    return [
        First(reply, [Second(answer, _below(answer, children, needed)) for answer in _kept(children[reply.pk], needed)])
        for reply in _kept(children[None], needed)
    ]


def _needed(everything: dict[int, Reply]) -> set[int]:
    """Published replies and all they hang under."""
    needed: set[int] = set()
    for reply in everything.values():
        if not reply.is_published:
            continue
        place: Reply | None = reply
        while place is not None and place.pk not in needed:
            needed.add(place.pk)
            place = everything.get(place.parent_id) if place.parent_id is not None else None
    return needed


def _kept(replies: list[Reply], needed: set[int]) -> list[Reply]:
    return [reply for reply in replies if reply.pk in needed]


def _below(answer: Reply, children: dict[int | None, list[Reply]], needed: set[int]) -> list[Reply]:
    found, open_ = [], [answer]
    while open_:
        below = _kept(children[open_.pop().pk], needed)
        found += below
        open_ += reversed(below)
    return sorted(found, key=lambda reply: (reply.created_at, reply.pk))
