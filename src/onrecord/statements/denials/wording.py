"""What the words of a denial say of the claim: the clause after "reports that", whose it was, or a mere pointer."""

from __future__ import annotations

import re

from onrecord.terms import Span, Statement

CLAIM_NOUNS = (
    "accounts?|accusations?|allegations?|arguments?|assertions?|bids?|calls?|characterizations?|charges?|claims?|comments?|"
    "complaints?|conclusions?|contentions?|criticisms?|demands?|descriptions?|findings?|ideas?|insinuations?|invitations?|"
    "likelihood|news|notions?|offers?|orders?|pleas?|possibilit(?:y|ies)|proposals?|remarks?|reports?|requests?|"
    "rumou?rs?|speculations?|statements?|stor(?:y|ies)|suggestions?|talk|theor(?:y|ies)"
)
_DETERMINERS = (
    "a|all|an|any|both|each|every|her|his|its|many|most|my|our|recent|several|some|such|that|the|their|these|this|those|"
    "what"
)
_NOUN_OF_CLAIM = re.compile(rf"\b(?:{CLAIM_NOUNS})\b", re.I)
_POINTER = re.compile(
    rf"(?:as\s+\w+\s+)?(?:(?:all|any|both|each|every|some|most|many)\s+)?(?:of\s+)?(?:(?:{_DETERMINERS})\s+){{0,2}}"
    rf"(?:[\w’'.-]+\s+){{0,3}}(?:{CLAIM_NOUNS})(?P<rest>\W*$|\s+(?:in|from|by|against|made)\s.*)",
    re.I | re.S,
)
_PRONOUN = re.compile(r"(?:it|that|this|them|so|all of (?:it|that|this|them))\W*", re.I)
_CLAUSE = re.compile(
    r"\b(?:(?P<loose>that|alleging|claiming|saying|said|suggesting|to)|(?P<close>of|about))\s+(?=\w)", re.I
)
_POSSESSOR = re.compile(rf"(?P<who>[^,;]{{2,80}}?)[’']s?\s+(?:[\w’'-]+\s+){{0,2}}(?:{CLAIM_NOUNS})\b", re.I)
_AUTHOR = re.compile(
    r"\b(?:by|from|in|made by)\s+(?P<who>[^,;]{2,80}?)"
    r"(?=\s+(?:that|of|about|to|for|alleging|claiming|saying|who|which)\b|[,;]|$)",
    re.I,
)
_NAME_BEFORE = re.compile(
    rf"(?:^|\b(?:a|an|the)\s+)(?P<who>(?:[A-Z][\w.&-]*\s+){{1,4}})(?:\w+\s+){{0,1}}(?:{CLAIM_NOUNS})\b"
)
_OWN = re.compile(rf"^(?P<who>his|her|their|our|my|your)\s+(?:\w+\s+){{0,2}}(?:{CLAIM_NOUNS})\b", re.I)
_SPEAKS_FOR_ITSELF = re.compile(r"reports?|rumou?rs?|stor(?:y|ies)|allegations?", re.I)
_LONGEST_WAY = 60
"""Characters from the noun of a claim to the clause that words it."""
_DENYING_CUE = re.compile(
    r"den[iy]|reject|refut|rebut|dismiss|disput|ruled? out|ruling out|rebuff|spurn|refus|brush|play\w* down|"
    r"downplay|walk|contradict|debunk|disavow|repudiat|shot? down|push\w* back|knock\w* down|declin|plead|"
    r"backtrack|back\w* away|defend|says? no",
    re.I,
)


def names_denial(cue: str) -> bool:
    """Whether the cue itself says that something is denied, so that its content is what is denied."""
    return _DENYING_CUE.search(cue) is not None


def points_elsewhere(words: str) -> bool:
    """Whether the content only points at a claim made elsewhere: "those allegations", "the report’s findings", "it"."""
    pointer = _POINTER.match(words)
    return (pointer is not None and _clause(words, pointer.start("rest")) is None) or _PRONOUN.fullmatch(
        words
    ) is not None


def claim_in_own_words(content: Span, words: str) -> Span:
    """The claim inside the denial's own words: the clause after "reports that", else all of it."""
    noun = _NOUN_OF_CLAIM.search(words)
    clause = _clause(words, noun.end()) if noun else None
    if clause is None:
        return content
    keeps_word = clause.group().split()[0].casefold() in {"that", "to"}
    return Span(content.start + (clause.start() if keeps_word else clause.end()), content.end)


def _clause(words: str, start: int) -> re.Match[str] | None:
    """The clause that words the claim: "that ..." somewhat after the noun, "of ..." directly after it."""
    for found in _CLAUSE.finditer(words, start):
        way = found.start() - start
        if way > _LONGEST_WAY:
            return None
        if found["loose"] or way <= 1:
            return found
    return None


def author_of_claim(text: str, denial: Statement) -> Span | None:
    """Whose claim it is: by preposition, possessive or name before the noun; "reports" speak for themselves."""
    if not denial.content:
        return None
    content = denial.content[0]
    words = content.of(text)
    noun = _NOUN_OF_CLAIM.search(words)
    if noun is None:
        return None
    clause = _clause(words, noun.end())
    before = words[: clause.start()] if clause else words
    for pattern, start in ((_AUTHOR, noun.end()), (_OWN, 0), (_POSSESSOR, 0), (_NAME_BEFORE, 0)):
        found = pattern.search(before, start)
        if found:
            first, end = found.span("who")
            return Span(content.start + first, content.start + end - (len(found["who"]) - len(found["who"].rstrip())))
    if _SPEAKS_FOR_ITSELF.fullmatch(noun.group()):
        return Span(content.start, content.start + noun.end())
    return None
