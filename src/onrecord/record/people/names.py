"""Names folded for comparison. No Django."""

from __future__ import annotations

from onrecord.record.words import fold, tokens

TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady president premier chancellor minister secretary "
    "senator sen rep representative congressman congresswoman governor gov mayor judge justice general "
    "gen colonel col major maj captain capt lieutenant lt sergeant sgt admiral adm ambassador king queen "
    "prince princess pope sheikh ayatollah imam reverend rev father sister brother chief director "
    "chairman chairwoman spokesman spokeswoman spokesperson".split()
)
SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
GENERIC = frozenset(
    "the a an of and for in on national federal state foreign interior defence defense home public local "
    "city county central supreme high general united ministry department government police court army "
    "navy military force company firm bank committee commission council board party office agency "
    "authority union group team club school university hospital house senate parliament congress cabinet "
    "opposition administration service association organisation organization official statement report "
    "embassy prosecutor fire health justice finance education affair".split()
)
"""Words that any number of bodies have in their names: ``Foreign Ministry`` names one only in context."""


def name_parts(name: str) -> list[str]:
    """Folded words of a name without titles before it, initials in it and ``Jr`` after it."""
    parts = [fold(name[token.start : token.end]) for token in tokens(name)]
    while len(parts) > 1 and parts[0] in TITLES:
        parts = parts[1:]
    while len(parts) > 1 and parts[-1] in SUFFIXES:
        parts = parts[:-1]
    longer = [part for part in parts if len(part) > 1]
    return longer if len(longer) > 1 else parts


def name_key(name: str) -> str:
    """What two spellings of one person's name share: ``Dr. Ada B. Quill`` and ``ada quill`` are both ``ada quill``."""
    return " ".join(name_parts(name))


def body_key(name: str) -> str:
    """The same for an organization, group, document or medium: without a leading article."""
    parts = [fold(name[token.start : token.end]) for token in tokens(name)]
    return " ".join(parts[1:] if len(parts) > 1 and parts[0] in ("the", "a", "an") else parts)


def family_key(name: str) -> str:
    """Last part of a person's name, folded."""
    parts = name_parts(name)
    return parts[-1] if parts else ""


def role_words(role: str) -> frozenset[str]:
    """Words of a role that can tell one holder from another."""
    return frozenset(token.text for token in tokens(role)) - _ROLE_STOPWORDS


def tells_apart(words: frozenset[str]) -> bool:
    """Words of a role that few people share: ``transport``, not ``minister``."""
    return bool(words - TITLES - _RANKS)


def is_generic(name: str) -> bool:
    """The name alone does not tell which body it is."""
    return all(token.text in GENERIC for token in tokens(name))


_RANKS = frozenset(
    "head leader member officer official executive chair manager owner founder boss deputy vice senior assistant "
    "former adviser advisor lawyer attorney candidate author expert resident man woman".split()
)
_ROLE_STOPWORDS = frozenset(
    "the a an of and for in on at to from with by his her their its former then new late who is".split()
)
