"""The statement that a denial answers, chosen by evidence among the others of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.terms import PARAGRAPH_BREAK, Act, Denial, Statement


@dataclass(frozen=True, slots=True)
class Denied:
    """A denial whose claim has been found already: another denial of the same speaker may go on denying it."""

    statement: Statement
    denial: Denial


_ACTS_OF_NOUN: Final[tuple[tuple[re.Pattern[str], frozenset[Act]], ...]] = (
    (re.compile(r"offer|bid|proposal|invitation|plan", re.I), frozenset(("promise", "demand", "say"))),
    (re.compile(r"request|plea|call|demand|order|suggestion", re.I), frozenset(("demand", "ask", "claim", "say"))),
    (re.compile(r"finding|report|conclusion|study|stor(?:y|ies)|news", re.I), frozenset(("report", "claim", "say"))),
    (re.compile(r"comment|remark|statement|description", re.I), frozenset(("say", "accuse", "claim"))),
    (
        re.compile(r"accus|alleg|charge|claim|complaint|criticis|notion|idea|suit|assertion|argument", re.I),
        frozenset(("accuse", "claim", "report", "say")),
    ),
)
"""Which acts a noun in the denial can point at."""
_CHARGES: Final = frozenset(("accuse", "claim", "report"))
_TAKES_BACK: Final = re.compile(r"walk|back(?:track|ed away|ing away)|retract|t(?:ook|ake|akes|aking) back", re.I)
_NEGATION: Final = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|false|falsely|fake|untrue|baseless|unfounded|meritless|"
    r"cannot|wrong|lie|lies|lied|disagree|ridiculous|absurd|nonsense)\b|n[’']t\b",
    re.I,
)
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_COMMON: Final = frozenset(
    "about after again against also another because been before being both could does doing done even every from have "
    "having here into itself just like made make more most much must only other over people said same says should "
    "some such than that their them then there these they thing think this those through time under upon very want "
    "well were what when where which while will with would your".split()
)
LEAST_EVIDENCE: Final = 3.5
"""Weight of evidence from which a statement counts as the one that is answered; found on the training articles."""


def antecedent(
    text: str, denial: Statement, statements: Sequence[Statement], resolved: Sequence[Denied]
) -> Denial | None:
    """Claim and claimant that the denial answers; ``None`` where no statement has enough evidence for it."""
    takes_back = denial.cue is not None and _TAKES_BACK.search(denial.cue.of(text)) is not None
    best, most = None, LEAST_EVIDENCE
    for other in _around(denial, statements):
        if not other.content or other.n == denial.n or denial.n == other.within or denial.within == other.n:
            continue
        if other.act in ("deny", "decline") or (_same_voice(other, denial) != takes_back):
            continue
        evidence = sum(_evidence(text, denial, other))
        if evidence >= most:
            best, most = Denial(other.content[0], other.speaker_span), evidence
    for earlier in resolved[-MOST_BEHIND:]:
        evidence = sum(_evidence_of_going_on(text, denial, earlier))
        if evidence > most:
            best, most = earlier.denial, evidence
    return best


MOST_BEFORE, MOST_BEHIND = 100, 20
"""So many statements on either side can be the one that is answered: a bound on the work in a text of thousands."""


def _around(denial: Statement, statements: Sequence[Statement]) -> Sequence[Statement]:
    at = next(i for i, statement in enumerate(statements) if statement.n == denial.n)
    return statements[max(0, at - MOST_BEFORE) : at + MOST_BEHIND]


def _evidence(text: str, denial: Statement, other: Statement) -> Iterator[float]:
    """What speaks for a statement as the one that is answered, in weights."""
    words = " ".join(span.of(text) for span in denial.content)
    noun = next(((pattern, acts) for pattern, acts in _ACTS_OF_NOUN if pattern.search(words)), None)
    if noun is not None and other.act in noun[1]:
        yield 1.5
        if other.cue is not None and noun[0].search(other.cue.of(text)):
            yield 1.5
    if other.act in _CHARGES:
        yield 2.0
    if _same_voice(other, denial):  # words taken back: they were said
        yield 1.0
    if _NEGATION.search(words):
        yield 0.5
    shared = _stems(words) & _stems(" ".join(span.of(text) for span in other.content))
    yield min(len(shared), 4) * 0.8
    if noun is not None and other.speaker_span is not None and _nouns(words) & _nouns(other.speaker_span.of(text)):
        yield 2.0
    if _mentions(words, other.speaker_span.of(text) if other.speaker_span else "", other.speaker.name):
        yield 2.0
    if (
        denial.speaker.name
        and _last_name(denial.speaker.name) in " ".join(s.of(text) for s in other.content).casefold()
    ):
        yield 1.0
    yield _nearness(text, denial, other)


def _evidence_of_going_on(text: str, denial: Statement, earlier: Denied) -> Iterator[float]:
    """What speaks for denying the same as an earlier denial."""
    if earlier.denial.claim is None:
        return
    near = text.count(PARAGRAPH_BREAK, earlier.statement.extent.start, denial.extent.start)
    if _same_voice(earlier.statement, denial):
        yield 2.5
    yield max(0.0, 2.0 - 0.5 * near)
    words = _stems(" ".join(span.of(text) for span in denial.content))
    yield min(len(words & _stems(earlier.denial.claim.of(text))), 4) * 0.8
    before = _stems(" ".join(span.of(text) for span in earlier.statement.content))
    yield min(len(words & before), 3) * 0.4


def _nearness(text: str, denial: Statement, other: Statement) -> float:
    """A claim stands beside its denial or shortly before it, or, where the denial stands in the headline, after it."""
    here, there = _place(denial), _place(other)
    paragraphs = text.count(PARAGRAPH_BREAK, min(here, there), max(here, there))
    if paragraphs == 0:
        return 1.5
    if there > here:
        return 0.5 if text.find(PARAGRAPH_BREAK, 0, here) < 0 else -1.0
    return max(-1.0, 2.0 - 0.5 * paragraphs)


def _place(statement: Statement) -> int:
    return statement.cue.start if statement.cue is not None else statement.extent.start


def _mentions(words: str, mention: str, name: str | None) -> bool:
    """Whether the denial names who made the statement."""
    known = {word for word in _WORD.findall(f"{mention} {name or ''}") if word[0].isupper()}
    return any(re.search(rf"\b{re.escape(word)}\b", words) for word in known)


_DOCUMENT: Final = re.compile(
    r"\b(?:law)?(?P<noun>suit|report|study|letter|story|article|poll|post|memo|tweet|order)s?\b", re.I
)


def _nouns(words: str) -> set[str]:
    return {found["noun"].casefold() for found in _DOCUMENT.finditer(words)}


def _stems(words: str) -> set[str]:
    """Beginnings of the telling words; names are none, for all of an article is about them."""
    return {word[:5] for word in _WORD.findall(words) if word.islower() and word not in _COMMON}


def _last_name(name: str) -> str:
    return name.split()[-1].casefold()


def _same_voice(one: Statement, other: Statement) -> bool:
    return one.speaker.name is not None and one.speaker.name == other.speaker.name
