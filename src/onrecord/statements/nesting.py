"""Which statement lies inside the content of which other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.terms import Span, Statement

_INSIDE = 0.9
"""Share of the inner statement's characters that the outer content holds."""


def nest(statements: Sequence[Statement]) -> list[Statement]:
    """Fill ``within``: the statement with the smallest content that holds both cue and content of the inner one."""
    return [replace(inner, within=_holder(inner, statements)) for inner in statements]


def _holder(inner: Statement, statements: Sequence[Statement]) -> int | None:
    if inner.cue is None or not inner.content:
        return None
    holders = [
        (sum(map(len, outer.content)), outer.n)
        for outer in statements
        if outer.n != inner.n and _holds(outer.content, inner.cue) and _share(outer.content, inner.content) >= _INSIDE
    ]
    return min(holders)[1] if holders else None


def _holds(content: Sequence[Span], part: Span) -> bool:
    return any(span.contains(part) for span in content)


def _share(content: Sequence[Span], parts: Sequence[Span]) -> float:
    held = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in content for b in parts)
    return held / max(1, sum(map(len, parts)))
