"""An article's text as tokens that know their sentence, their paragraph and whether they are quoted."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

_TOKEN = re.compile(r"[^\W_]+(?:[.'’&‑-][^\W_]+)*|\n\s*\n|[^\s]")
_ENDING = re.compile(r"['’](?:[sS]|re|ve|ll|d|m)$")
"""Possessive and contracted endings, which are tokens of their own."""
_ENDS = frozenset(".?!…")
_OPENING, _CLOSING, _STRAIGHT = frozenset("“„«‟"), frozenset("”»"), frozenset('"＂')
_ABBREVIATIONS = frozenset(
    "mr mrs ms mx dr prof sen sens rep reps gov govs gen col capt cpt cmdr lt sgt maj adm rev fr hon st "
    "sr jr pres supt det messrs mme co corp inc ltd bros cos assn dept univ no vs etc calif fla mass conn "
    "ill mich minn pa va md wis wash ore ariz colo ky tenn tex ga la ala okla del neb nev jan feb aug "
    "sept oct nov dec e.g i.e a.m p.m u.s u.n u.k d.c n.y n.j n.c s.c n.h r.i n.m n.d s.d w.va d-n.y ph.d "
    "m.d insp".split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark of a text."""

    text: str
    lower: str
    start: int
    end: int
    sentence: int
    paragraph: int
    quoted: bool
    first: bool
    """Whether it opens its sentence (quotation marks aside)."""

    capital: bool
    """Whether it is written like a name: a capital at its start or after a small particle ("al-Assad")."""
    word: bool
    """Whether it is a word or number, not a mark."""


def _is_capital(text: str) -> bool:
    return text[0].isupper() or ("-" in text and any(c.isupper() for c in text))


class Tokens:
    """The tokens of one text, with look-up by offset."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.items = _tokenize(text)
        self._starts = [token.start for token in self.items]
        self._ends = [token.end for token in self.items]

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> Token:
        return self.items[index]

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Range ``[first, last)`` of the tokens that lie at least partly in ``[start, end)``."""
        return bisect_right(self._ends, start), bisect_left(self._starts, end)

    def at(self, offset: int) -> int:
        """Index of the token at or after an offset."""
        return min(bisect_right(self._ends, offset), len(self.items) - 1)

    def lower(self, index: int) -> str:
        """The word at an index in small letters; empty outside the text."""
        return self.items[index].lower if 0 <= index < len(self.items) else ""

    def words(self, start: int, end: int) -> str:
        """The text from the first to the last of some tokens."""
        return self.text[self.items[start].start : self.items[end - 1].end] if end > start else ""


def _tokenize(text: str) -> list[Token]:
    tokens: list[Token] = []
    sentence = paragraph = 0
    quoted, fresh = False, True
    for part, start, end in _pieces(text):
        if part[0] == "\n":
            paragraph, quoted = paragraph + 1, False
            if not fresh:
                sentence, fresh = sentence + 1, True
            continue
        if part in _STRAIGHT:
            quoted = not quoted
        elif part in _OPENING:
            quoted = True
        elif part in _CLOSING:
            quoted = False
        is_word = part[0].isalnum()
        tokens.append(
            Token(
                part,
                part.lower(),
                start,
                end,
                sentence,
                paragraph,
                quoted,
                fresh and is_word,
                _is_capital(part),
                is_word,
            )
        )
        if is_word:
            fresh = False
        elif part in _ENDS and not fresh and _breaks(text, end):
            sentence, fresh = sentence + 1, True
    return tokens


def _pieces(text: str) -> list[tuple[str, int, int]]:
    """Words (their abbreviating stop included, a possessive ending cut off), marks and paragraph breaks."""
    pieces: list[tuple[str, int, int]] = []
    taken = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        part = match.group()
        if start < taken:
            continue
        if part[0].isalnum():
            if text[end : end + 1] == "." and _abbreviates(part):
                part, end = part + ".", end + 1
            elif ending := _ENDING.search(part):
                cut = start + ending.start()
                pieces += [(text[start:cut], start, cut), (text[cut:end], cut, end)]
                taken = end
                continue
        elif part in "`'" and text[start : start + 2] in ("``", "''"):
            part, end = ("“" if part == "`" else "”"), start + 2
        pieces.append((part, start, end))
        taken = end
    return pieces


def _abbreviates(word: str) -> bool:
    return (len(word) == 1 and word.isupper()) or "." in word or word.lower() in _ABBREVIATIONS


def _breaks(text: str, end: int) -> bool:
    """Whether a stop that ends at ``end`` closes its sentence: what follows opens with a capital, digit or mark."""
    while end < len(text) and text[end] in "”\"’')]»*":
        end += 1
    if end >= len(text):
        return True
    if not text[end].isspace():
        return False
    while end < len(text) and text[end].isspace():
        end += 1
    return end >= len(text) or not text[end].islower()
