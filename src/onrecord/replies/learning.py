"""The filter of this site: the shipped prior plus the moderators' decisions, read from the database as they come.

Every web process keeps its own copy. Before judging it reads decisions that are new; when one was undone it starts over
from those that remain.
"""

from __future__ import annotations

import threading
from typing import NamedTuple

import numpy as np
from django.db.models import Count, Max

from onrecord.replies.models import FilterDecision, Reply
from onrecord.spam import Decision, ReplyFilter, Vector

_lock = threading.Lock()
_POSITION = np.dtype("<i4")
_VALUE = np.dtype("<f4")


class _State(NamedTuple):
    number: int
    last: int


class SiteFilter:
    """Keeps a :class:`ReplyFilter` in step with the table of decisions."""

    def __init__(self) -> None:
        self._filter = ReplyFilter()
        self._state = _State(0, 0)

    def current(self) -> ReplyFilter:
        """The filter with every decision taken into account."""
        with _lock:
            state = _read_state()
            if state != self._state:
                self._catch_up(state)
            return self._filter

    def _catch_up(self, state: _State) -> None:
        new = list(FilterDecision.objects.filter(id__gt=self._state.last).order_by("id"))
        if state.number != self._state.number + len(new):
            self._filter = ReplyFilter()
            new = list(FilterDecision.objects.order_by("id"))
        for row in new:
            self._filter.learn(Decision(row.pk, unpack(row.vector), row.spam))
        self._state = state


def _read_state() -> _State:
    found = FilterDecision.objects.aggregate(number=Count("id"), last=Max("id"))
    return _State(found["number"], found["last"] or 0)


_site = SiteFilter()


def site_filter() -> ReplyFilter:
    """This process's copy of the site's filter, up to date."""
    return _site.current()


def pack(vector: Vector) -> bytes:
    """Positions, then values, little-endian: what :func:`unpack` reads."""
    return vector.positions.astype(_POSITION).tobytes() + vector.values.astype(_VALUE).tobytes()


def unpack(data: bytes | memoryview) -> Vector:
    raw = bytes(data)
    half = len(raw) // 2
    return Vector(
        np.frombuffer(raw[:half], _POSITION).astype(np.int32), np.frombuffer(raw[half:], _VALUE).astype(np.float32)
    )


def remember_decision(reply: Reply, *, spam: bool) -> None:
    """Let the filter learn a moderator's word on a reply, in place of any earlier one."""
    if not reply.vector:
        return
    FilterDecision.objects.filter(reply=reply).delete()
    FilterDecision.objects.create(reply=reply, vector=bytes(reply.vector), spam=spam)


def forget_decision(reply: Reply) -> None:
    """Let the filter unlearn it."""
    FilterDecision.objects.filter(reply=reply).delete()
