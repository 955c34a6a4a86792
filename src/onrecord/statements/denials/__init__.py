"""What a denial denies, and who had claimed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.statements.denials.antecedents import Denied, antecedent
from onrecord.statements.denials.wording import author_of_claim, claim_in_own_words, names_denial, points_elsewhere
from onrecord.terms import Denial, Span, Statement

__all__ = ["deny"]


def deny(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """Fill ``denies`` of each statement whose act is ``deny``; claim and claimant are words of the article.

    The claim is taken, in this order, from a statement inside the denial, from the denial's own words where they have
    it, and from another statement or an earlier denial where they only point at it ("those allegations") or answer it
    ("Nothing of the kind was said"). Where nothing speaks for another statement, the denial's own words stand.
    """
    resolved: list[Denied] = []
    for denial in statements:
        if denial.act == "deny":
            resolved.append(Denied(denial, _denied(text, denial, statements, resolved)))
    denials = {found.statement.n: found.denial for found in resolved}
    return [replace(statement, denies=denials.get(statement.n)) for statement in statements]


def _denied(text: str, denial: Statement, statements: Sequence[Statement], resolved: Sequence[Denied]) -> Denial:
    inner = _inner(denial, statements)
    if inner is not None:
        return Denial(inner.content[0], inner.speaker_span or author_of_claim(text, denial))
    if not denial.content:
        return Denial()
    words = denial.content[0].of(text)
    if points_elsewhere(words) or not names_denial(denial.cue.of(text) if denial.cue else ""):
        other = antecedent(text, denial, statements, resolved)
        if other is not None:
            return other
    claim = claim_in_own_words(denial.content[0], words)
    return Denial(claim, author_of_claim(text, denial) or _who_says(claim, denial, statements))


def _inner(denial: Statement, statements: Sequence[Statement]) -> Statement | None:
    """The first statement inside the denial that somebody else makes."""
    inner = (s for s in statements if s.within == denial.n and s.content and not same_speaker(s, denial))
    return next(inner, None)


def _who_says(claim: Span, denial: Statement, statements: Sequence[Statement]) -> Span | None:
    """Who is reported to have said the very words that are denied."""
    for other in statements:
        says_it = other.n != denial.n and any(span.contains(claim) for span in other.content)
        if says_it and other.speaker_span is not None and not same_speaker(other, denial):
            return other.speaker_span
    return None


def same_speaker(one: Statement, other: Statement) -> bool:
    return one.speaker.name is not None and one.speaker.name == other.speaker.name
