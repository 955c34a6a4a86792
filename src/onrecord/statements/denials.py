"""What a denial denies, and who had claimed it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.terms import Denial, Span, Statement

_CLAIM_NOUNS = (
    "accounts?|accusations?|allegations?|arguments?|assertions?|characterizations?|charges?|claims?|comments?|complaints?|"
    "conclusions?|contentions?|criticisms?|findings?|ideas?|insinuations?|news|notions?|offers?|possibilit(?:y|ies)|"
    "proposals?|remarks?|reports?|requests?|rumou?rs?|speculations?|stor(?:y|ies)|suggestions?|talk|theor(?:y|ies)"
)
_DETERMINERS = (
    "a|all|an|any|both|her|his|its|many|most|my|our|recent|several|some|such|that|the|their|these|this|those|what"
)
_NOUN_OF_CLAIM = re.compile(rf"\b(?:{_CLAIM_NOUNS})\b", re.I)
_REFERENCE = re.compile(
    rf"(?:(?:{_DETERMINERS})\s+){{0,3}}(?:[\w’'-]+\s+){{0,2}}(?:{_CLAIM_NOUNS})\W*$|(?:it|that|this|them|so)\W*$", re.I
)
"""Content that only points at a claim made elsewhere: "those allegations", "the report’s findings", "it"."""
_CLAUSE = re.compile(r"\b(?:that|of|about|alleging|claiming|saying|suggesting|to)\s+(?=\w)", re.I)
_POSSESSOR = re.compile(rf"(?P<who>[^,;]{{2,80}}?)[’']s?\s+(?:\w+\s+){{0,2}}(?:{_CLAIM_NOUNS})\b", re.I)
_AUTHOR = re.compile(
    r"\b(?:by|from|in|made by)\s+(?P<who>[^,;]{2,80}?)(?=\s+(?:that|of|about|to|alleging|claiming|saying)\b|[,;]|$)",
    re.I,
)
_NEGATION = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|false|fake|untrue|baseless|unfounded|meritless|cannot)\b|n[’']t\b",
    re.I,
)
_CHARGING = frozenset({"claim", "accuse", "report"})


def deny(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """Fill ``denies`` of each statement whose act is ``deny``; the claim is taken from the article or left open."""
    return [
        replace(s, denies=_denied(text, s, statements)) if s.act == "deny" else replace(s, denies=None)
        for s in statements
    ]


def _denied(text: str, denial: Statement, statements: Sequence[Statement]) -> Denial:
    inner = next((s for s in statements if s.within == denial.n and s.content), None)
    if inner is not None:
        return Denial(inner.content[0], inner.speaker_span)
    if not denial.content:
        return Denial()
    content = denial.content[0]
    words = content.of(text)
    if _REFERENCE.match(words) or (_is_neutral(text, denial) and _NEGATION.search(words)):
        earlier = _charge_before(denial, statements)
        if earlier is not None:
            return Denial(earlier.content[0], earlier.speaker_span)
    return _worded(content, words)


def _worded(content: Span, words: str) -> Denial:
    """The claim inside the denial's own words: the clause after "reports that", else all of it."""
    noun = _NOUN_OF_CLAIM.search(words)
    if noun is None:
        return Denial(content)
    clause = _CLAUSE.search(words, noun.end())
    author = _author(words[: clause.start()] if clause else words, noun)
    by = Span(content.start + author[0], content.start + author[1]) if author else None
    if clause is None:
        return Denial(content, by)
    keep_word = clause.group().split()[0].casefold() in {"that", "to"}
    return Denial(Span(content.start + (clause.start() if keep_word else clause.end()), content.end), by)


def _author(words: str, noun: re.Match[str]) -> tuple[int, int] | None:
    """Whose claim it is, by possessive or preposition; reports themselves where they have no other author."""
    for pattern, start in ((_AUTHOR, noun.end()), (_POSSESSOR, 0)):
        found = pattern.search(words, start)
        if found:
            start, end = found.span("who")
            return start, end - (len(found["who"]) - len(found["who"].rstrip()))
    return (0, noun.end()) if re.fullmatch(r"reports?|rumou?rs?|stor(?:y|ies)", noun.group(), re.I) else None


def _is_neutral(text: str, denial: Statement) -> bool:
    """Whether the cue itself says nothing of denying."""
    cue = denial.cue.of(text) if denial.cue else ""
    return not re.search(
        r"den[iy]|reject|refut|dismiss|disput|ruled? out|rebuff|spurn|refus|brush|played down|downplay|walk", cue, re.I
    )


def _charge_before(denial: Statement, statements: Sequence[Statement]) -> Statement | None:
    """The latest statement before the denial, by someone else, that it can be an answer to."""
    earlier = [
        s
        for s in statements
        if s.content and s.act in _CHARGING and s.extent.start < denial.extent.start and not _same_voice(s, denial)
    ]
    return max(earlier, key=lambda s: s.extent.start, default=None)


def _same_voice(one: Statement, other: Statement) -> bool:
    return one.speaker.name is not None and one.speaker.name == other.speaker.name
