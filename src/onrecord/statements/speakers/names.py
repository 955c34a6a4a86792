"""Proper names in a text: a small linear tagger over capitalised words, and rules that join its words to names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.statements.speakers import lexicon as lx
from onrecord.statements.speakers.tokens import Token, Tokens

LABELS = ("none", "person", "organization", "place", "other")
"""What a capitalised word can be part of. ``other``: nationalities, events, works."""

Weights = Mapping[str, Sequence[float]]
Tagger = Mapping[str, Weights]
"""Weights of the ``first`` and of the ``second`` reading."""

_BRIDGES = lx.ORG_CONNECTORS | lx.PARTICLES
_OF_PLACE = lx.ORG_NAME_HEADS | lx._set("republic church museum kingdom people cie. union parliament")
_VERBS = lx._set("said says told added wrote asked argued claimed insisted noted explained announced warned")


@dataclass(frozen=True, slots=True)
class Name:
    """One occurrence of a proper name: tokens ``[start, end)`` and what bears it."""

    start: int
    end: int
    label: str


class Evidence:
    """What the whole text says about each of its words, for the tagger."""

    def __init__(self, tokens: Tokens) -> None:
        self.small: set[str] = set()
        self.honoured: set[str] = set()
        self.surnames: set[str] = set()
        self.headlines: set[int] = set()
        given = lx.given_names()
        counts: dict[int, list[int]] = {}
        before: Token | None = None
        for token in tokens.items:
            if token.word and len(token.text) > 3:
                counts.setdefault(token.sentence, [0, 0])[token.capital] += 1
            if not token.capital:
                self.small.add(token.lower)
            elif before is not None and before.capital:
                if before.lower in lx.HONORIFICS:
                    self.honoured.add(token.lower)
                elif before.lower in given and before.lower not in lx.COMMON_CAPITALS:
                    self.surnames.add(token.lower)
            before = token
        self.headlines = {s for s, (small, capital) in counts.items() if capital >= 3 and capital > 3 * small}


def tag(tokens: Tokens, tagger: Tagger, evidence: Evidence | None = None) -> list[int]:
    """A label (index into ``LABELS``) for each token; 0 for all that is not capitalised.

    A first reading labels each word where it stands; a second one also sees how the first read the word elsewhere.
    """
    evidence = evidence or Evidence(tokens)
    first = read(tokens, tagger["first"], evidence)
    return read(tokens, tagger["second"], evidence, Habits(tokens, first, evidence))


def read(tokens: Tokens, weights: Weights, evidence: Evidence, habits: Habits | None = None) -> list[int]:
    """One reading of a text, from left to right."""
    labels = [0] * len(tokens)
    for index, token in enumerate(tokens.items):
        if token.capital:
            seen = features(tokens, index, labels, evidence, habits)
            rows = [row for f in seen if (row := weights.get(f)) is not None]
            scores = [sum(column) for column in zip(*rows, strict=True)]
            labels[index] = scores.index(max(scores)) if scores else 0
    return labels


class Habits:
    """How a first reading labelled each word over the whole text."""

    def __init__(self, tokens: Tokens, labels: Sequence[int], evidence: Evidence) -> None:
        self._votes: dict[str, Counter[int]] = {}
        self._longer: dict[str, Counter[int]] = {}
        self._labels = labels
        for index, token in enumerate(tokens.items):
            if not token.capital or token.sentence in evidence.headlines:
                continue
            self._votes.setdefault(token.lower, Counter())[labels[index]] += 1
            if labels[index] and labels[index] in (self._at(index - 1), self._at(index + 1)):
                self._longer.setdefault(token.lower, Counter())[labels[index]] += 1

    def _at(self, index: int) -> int:
        return self._labels[index] if 0 <= index < len(self._labels) else 0

    def of(self, word: str, here: int) -> tuple[str, str]:
        """The label most given to a word and how clearly; the label most given to it as part of a longer name."""
        votes = self._votes.get(word)
        if votes is None:
            return "-", "-"
        (most, count), *_ = votes.most_common(1)
        total = votes.total()
        clear = "lone" if total == 1 else "all" if count == total else "most" if 2 * count > total else "split"
        longer = self._longer.get(word)
        long = LABELS[longer.most_common(1)[0][0]] if longer else "-"
        return f"{LABELS[most]} {clear}", f"{long}|{LABELS[self._labels[here]]}"


def features(
    tokens: Tokens, index: int, labels: Sequence[int], evidence: Evidence, habits: Habits | None = None
) -> Iterator[str]:
    """What the tagger sees of a capitalised word; ``labels`` are those of the words before."""
    token = tokens[index]
    word, before, after = token.lower, tokens.lower(index - 1), tokens.lower(index + 1)
    given = lx.given_names()
    headline = "h" if token.sentence in evidence.headlines else ""
    previous = LABELS[labels[index - 1]] if index and tokens[index - 1].capital else "-"
    bridge = LABELS[labels[index - 2]] if index > 1 and before in _BRIDGES else "-"
    ahead = _run_ahead(tokens, index)
    last = ahead[-1] if ahead else word
    yield "bias"
    yield f"w={word}"
    yield f"s={word[-3:]}"
    yield f"sh={_shape(token.text)}{headline}"
    yield f"-1={before}"
    yield f"+1={after}"
    yield f"-2={tokens.lower(index - 2)}"
    yield f"p={previous}"
    yield f"p={previous}|{before in lx.TITLES}|{given.get(word, '')}"
    yield f"b={bridge}|{before}"
    around = given.get(before, "") if previous != "-" else "", given.get(ahead[0], "") if ahead else "-"
    yield f"g={around[0]}|{given.get(word, '')}|{around[1]}"
    yield f"run={min(len(ahead), 3)}{previous != '-'}{headline}"
    yield f"t={word in lx.TITLES}{before in lx.HONORIFICS}{before in lx.TITLES}"
    yield f"o={word in lx.ORG_NAME_HEADS}{last in lx.ORG_NAME_HEADS}{last in lx.MEDIA_NAME_WORDS}"
    yield f"n={word in lx.nationalities()}{bool(ahead)}"
    yield f"f={token.first}{word in evidence.small}{headline}"
    yield f"d={word in evidence.honoured}{word in evidence.surnames}{previous}"
    yield f"v={after in _VERBS}{before in _VERBS}"
    yield f"c={word in lx.COMMON_CAPITALS}{token.first}"
    if ahead:
        yield f"a={ahead[0]}"
        yield f"l={last}"
    if habits is not None:
        usual, long = habits.of(word, index)
        yield f"u={usual}"
        yield f"u={usual}|{long}"
        yield f"ul={long}|{headline}"
        yield f"u+={habits.of(ahead[0], index + 1)[0]}|{usual}" if ahead else f"u-={usual}|{previous}"


def names(tokens: Tokens, labels: Sequence[int]) -> list[Name]:
    """The names a labelling stands for, in order."""
    found: list[Name] = []
    index = 0
    while index < len(tokens):
        label = LABELS[labels[index]]
        if label == "none":
            index += 1
            continue
        end = _extend(tokens, labels, index)
        start = _skip_titles(tokens, index, end) if label == "person" else index
        if start < end:
            found.append(Name(start, end, label))
        index = end
    return found


def _extend(tokens: Tokens, labels: Sequence[int], start: int) -> int:
    """End of the name that starts at a token: same label, over particles, connectors and suffixes."""
    label = labels[start]
    person, organization = LABELS[label] == "person", LABELS[label] == "organization"
    end = start + 1
    while end < len(tokens):
        if labels[end] == label or (person and tokens[end].lower in lx.SUFFIXES):
            end += 1
        elif person:
            bridged = _over_particles(tokens, labels, end, label)
            if bridged == end:
                break
            end = bridged
        elif organization and (bridged := _over_connectors(tokens, labels, end, label)) > end:
            end = bridged
        else:
            break
    return end


def _over_particles(tokens: Tokens, labels: Sequence[int], at: int, label: int) -> int:
    """Past "bin", "de la", a comma before "Jr.": the token from which the person's name goes on, or ``at``."""
    if tokens[at].text == "," and tokens.lower(at + 1) in lx.SUFFIXES:
        return at + 2
    ahead = at
    while (
        ahead < len(tokens)
        and ahead < at + 3
        and tokens[ahead].lower in lx.PARTICLES
        and tokens[ahead].text[0].islower()
    ):
        ahead += 1
    goes_on = at < ahead < len(tokens) and (
        labels[ahead] == label or (tokens[ahead].capital and tokens.lower(ahead - 1) in ("bin", "ibn", "bint", "al"))
    )
    return ahead + 1 if goes_on else at


def _over_connectors(tokens: Tokens, labels: Sequence[int], at: int, label: int) -> int:
    """Past "of", "for the", "&": the token from which the body's name goes on, or ``at``."""
    ahead = at
    while ahead < len(tokens) and ahead < at + 2 and tokens[ahead].lower in lx.ORG_CONNECTORS:
        ahead += 1
    if ahead == at or ahead >= len(tokens):
        return at
    connector = tokens[at].lower
    if connector in ("of", "for", "on") and LABELS[labels[ahead]] == "place" and tokens.lower(at - 1) in _OF_PLACE:
        while ahead < len(tokens) and LABELS[labels[ahead]] == "place":
            ahead += 1
        return ahead
    if connector in ("of", "for", "on") and labels[ahead] == label:
        return ahead
    if labels[ahead] != label:
        return at
    if connector == "and":
        tail = _run_ahead(tokens, ahead) or [tokens[ahead].lower]
        if tokens.lower(at - 2) in ("for", "of", "on") or tokens.lower(at - 3) in ("for", "of", "on"):
            return (
                ahead if ahead == at + 1 and tail[-1] not in lx.LEGAL_FORMS and not tokens[ahead].text.isupper() else at
            )
        lone = labels[at - 2] != label and not tokens[at - 1].text.isupper()
        closes = tail[-1] in lx.ORG_NAME_HEADS - lx.LEGAL_FORMS and (
            lone or tokens[at - 1].lower not in lx.ORG_NAME_HEADS
        )
        return ahead if closes and ahead == at + 1 else at
    return at if connector in ("the", "to", "in", "from") else ahead


def _skip_titles(tokens: Tokens, start: int, end: int) -> int:
    given = lx.given_names()
    while start < end - 1 and tokens[start].lower in lx.TITLES:
        if tokens[start].lower in given and not (end - start > 2 and tokens[start + 1].lower in given):
            break
        start += 1
    return start


def _run_ahead(tokens: Tokens, index: int) -> list[str]:
    """The capitalised words right after a word, four at most."""
    ahead: list[str] = []
    for token in tokens.items[index + 1 : index + 5]:
        if not token.capital or not token.word:
            break
        ahead.append(token.lower)
    return ahead


def _shape(text: str) -> str:
    if len(text) == 1:
        return "X"
    if text.endswith(".") and len(text) <= 3:
        return "X."
    if "." in text:
        return "X.X"
    if text.isupper():
        return "XX" if len(text) < 6 else "XXX"
    if "-" in text:
        return "X-x" if text.split("-")[-1].islower() else "X-X"
    if text[0].islower():
        return "x-X"
    return "Xx" if text[1:].islower() else "XxX"
