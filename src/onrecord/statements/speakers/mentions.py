"""A source mention taken apart: pronoun, name or description; its head, number and class; the names inside it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from onrecord.statements.speakers import lexicon as lx
from onrecord.statements.speakers.names import Name
from onrecord.statements.speakers.tokens import Tokens

_BOUNDARIES = lx._set(
    "of for in at from with on to by about close familiar who that which including involved near under against after "
    "among "
    "opposed based within outside inside between over like"
) | {",", "—", "–", "--", "-", "(", ";", ":"}
_QUANTIFIERS = lx._set(
    "some many most several few all both those these one two three four five half much any no each every others"
)
_PRONOUN_KINDS = (
    ("he", lx.HE),
    ("she", lx.SHE),
    ("it", lx.IT),
    ("they", lx.THEY),
    ("i", lx.FIRST),
    ("we", lx.WE),
    ("you", lx.YOU),
    ("who", lx.RELATIVE),
)
_DETERMINERS = {
    "the": "the",
    "a": "a",
    "an": "a",
    "another": "a",
    "one": "one",
    "this": "this",
    "that": "this",
    "these": "this",
    "those": "this",
    "his": "his",
    "her": "his",
    "their": "his",
    "its": "his",
    "our": "his",
    "my": "his",
    "your": "his",
}
_IRREGULAR_PLURALS = lx._set("people men women children media authorities data kin folks")


@dataclass(frozen=True, slots=True)
class NamePlace:
    """A name inside a mention and where it stands there."""

    name: Name
    possessive: bool
    behind: bool
    """Whether a preposition or comma stands between the mention's start and the name."""
    link: str
    """What stands right before the name or its title: ``prep``, ``comma``, ``word``; ``start`` where nothing does."""
    last: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A source mention: tokens ``[start, end)``."""

    start: int
    end: int
    kind: str
    """``he``, ``she``, ``it``, ``they``, ``i``, ``we``, ``you``, ``who``, ``name``, ``noun``."""
    determiner: str
    head: str
    head_class: str
    """``person``, ``group``, ``organization``, ``document``, ``media``, ``other``."""
    plural: bool
    names: tuple[NamePlace, ...]
    words: frozenset[str]
    possessor: str
    """Possessive pronoun the mention opens with ("his spokesman"), or empty."""
    bearer: NamePlace | None = None
    """The one name whose bearer the mention must be: "Quill" in "Holt's aide Ada Quill", "the VFC"; else ``None``."""


def parse(tokens: Tokens, start: int, end: int, found: Sequence[Name]) -> Mention:
    """Take apart the mention of tokens ``[start, end)``; ``found`` are the names that overlap it."""
    while start < end and not tokens[start].word:
        start += 1
    while end > start and not tokens[end - 1].word and tokens[end - 1].text not in ("'s", "’s"):
        end -= 1
    first = tokens.lower(start)
    determiner = _DETERMINERS.get(first, "many" if first in _QUANTIFIERS or first[:1].isdigit() else "-")
    bracketed = {i for n in found for i in range(n.start, n.end) if not tokens[i].word}
    head_at = _head(tokens, start, end, bracketed)
    head = tokens.lower(head_at)
    places = _places(tokens, start, end, found)
    kind = _kind(tokens, start, end, head_at, places)
    plural = _plural(head, tokens[head_at].capital and bool(places))
    return Mention(
        start,
        end,
        kind,
        determiner,
        head,
        head_class(head, plural),
        plural,
        places,
        frozenset(t.lower for t in tokens.items[start:end] if t.word),
        first if determiner == "his" else "",
        _bearer(places, head_at, end) if kind == "name" else None,
    )


def _bearer(places: Sequence[NamePlace], head: int, end: int) -> NamePlace | None:
    people = [p for p in places if p.name.label == "person" and _is_head(p, head)]
    if len(people) == 1:
        return people[0]
    bodies = [p for p in places if p.name.label in ("organization", "person")]
    if not people and len(bodies) == 1 and bodies[0] is places[-1] and bodies[0].name.end >= end:
        return None if bodies[0].possessive or bodies[0].behind else bodies[0]
    return None


def head_class(head: str, plural: bool) -> str:
    """What kind of source a head noun stands for."""
    if head in lx.PEOPLE_ROLES:
        return "person"
    if head in lx.DOCUMENTS and head not in ("press", "paper", "reports"):
        return "document"
    if head in lx.MEDIA:
        return "media"
    if head in lx.GROUPS or head[:1].isdigit() or head == "%" or (plural and head.removesuffix("s") in lx.PEOPLE_ROLES):
        return "group"
    if head in lx.ORGANIZATIONS or head.removesuffix("s") in lx.ORGANIZATIONS:
        return "organization"
    if plural and head.endswith(
        ("ers", "ors", "ists", "ians", "ants", "ives", "ees", "men", "ans", "ents", "ats", "als")
    ):
        return "group"
    if head.endswith(("man", "woman", "ist", "ian", "person")):
        return "person"
    return "other"


def _kind(tokens: Tokens, start: int, end: int, head: int, places: Sequence[NamePlace]) -> str:
    first = tokens.lower(start)
    if end - start <= 2 and not places:
        for kind, words in _PRONOUN_KINDS:
            if (
                first in words
                and not (len(first) > 2 and tokens[start].text.isupper())
                and (end - start == 1 or tokens.lower(start + 1) in lx.PRONOUNS | {"all", "also", "'s", "both"})
            ):
                return kind
    return "name" if any(_is_head(place, head) for place in places) else "noun"


def _is_head(place: NamePlace, head: int) -> bool:
    """Whether the mention can be about the bearer of a name in it: it holds the head noun or stands in apposition."""
    if place.possessive:
        return False
    name = place.name
    apposed = place.link == "comma" or (place.link == "word" and place.behind and place.last and name.label == "person")
    return name.start <= head < name.end or apposed


def _head(tokens: Tokens, start: int, end: int, bracketed: Set[int] = frozenset()) -> int:
    """The head noun: last word before the first preposition, comma or relative; past "one of" to what is counted.

    ``bracketed`` are marks inside names, which end nothing.
    """
    at = start
    while at < end and (tokens.lower(at) not in _BOUNDARIES or at == start or at in bracketed):
        at += 1
    head = max(at - 1, start)
    if tokens.lower(start) == "those":
        return start
    counted = (
        tokens.lower(head) in _QUANTIFIERS | {"percent", "%", "third", "majority"} or tokens.lower(head)[:1].isdigit()
    )
    if counted and tokens.lower(at) in ("of", "in") and at + 1 < end:
        return _head(tokens, at + 1, end)
    while head > start and (not tokens[head].word or tokens.lower(head) in ("'s", "’s")):
        head -= 1
    return head


def _plural(head: str, named: bool) -> bool:
    if head in _IRREGULAR_PLURALS or head in lx.GROUPS or head[:1].isdigit() or head == "%":
        return True
    return (
        head.endswith("s") and not head.endswith(("ss", "us", "is", "'s")) and not named and head not in lx.PEOPLE_ROLES
    )


def _length(name: Name) -> int:
    return name.end - name.start


def _link(before: str) -> str:
    if before in (",", "—", "–", "--", "-", "("):
        return "comma"
    return "prep" if before in _BOUNDARIES else "word"


def _places(tokens: Tokens, start: int, end: int, found: Sequence[Name]) -> tuple[NamePlace, ...]:
    overlapping = [n for n in found if n.start < end and start < n.end]
    inside = [
        n
        for n in overlapping
        if not any(
            o is not n and o.start <= n.start and n.end <= o.end and _length(o) > _length(n) for o in overlapping
        )
    ]
    boundary = next((i for i in range(start + 1, end) if tokens.lower(i) in _BOUNDARIES), end)
    places = []
    for name in inside:
        after = tokens.lower(name.end)
        possessive = after in ("'s", "’s") or (after in ("'", "’") and tokens.lower(name.end - 1).endswith("s"))
        before = _before_title(tokens, start, name)
        places.append(
            NamePlace(
                name,
                possessive and name.end + 1 < end,
                name.start > boundary,
                _link(tokens.lower(before)) if before >= start else "start",
                name is inside[-1],
            )
        )
    return tuple(places)


def _before_title(tokens: Tokens, start: int, name: Name) -> int:
    """The last token before a name and its title: past "President", past "Secretary of State"."""
    before = name.start - 1
    while before > start:
        if tokens.lower(before) in lx.TITLES | {"the"}:
            before -= 1
        elif tokens.lower(before) == "of" and _is_office(tokens, before, name):
            before -= 2
        else:
            break
    return before


def _is_office(tokens: Tokens, of: int, name: Name) -> bool:
    """Whether a name is not what "of" governs but the holder of an office: "Secretary of State" before it."""
    governed = [tokens.lower(i) for i in range(of + 1, name.start)]
    office = bool(governed) and governed[0] in lx.TITLES and lx.PEOPLE_ROLES.isdisjoint(governed)
    return office and tokens.lower(of - 1) in lx.PEOPLE_ROLES
