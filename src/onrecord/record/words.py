"""Text as the record compares and searches it: folded tokens with their places.

One way for both databases, so that both find the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+(?:['’ʼ]s(?![^\W_]))?", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’ʼ]s$")
_MARKS = re.compile("[\u0300-\u036f]")
_MAX_TOKEN = 60


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word and where the word it stands for is."""

    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Folded words of a text, in order.

    No case, no accents, no possessive, singular for a plain English plural. A Chinese or Japanese character is a
    token of its own. A token holds letters and digits only, which is what makes every query built from tokens safe.
    """
    for match in _WORD.finditer(text):
        folded = fold(match.group())
        if folded:
            yield Token(singular(folded), match.start(), match.end())


def folded_text(text: str) -> str:
    """The tokens of a text, joined by blanks."""
    return " ".join(token.text for token in tokens(text))


def fold(word: str) -> str:
    """A word without case, accents and possessive."""
    plain = _POSSESSIVE.sub("", word.casefold())
    if plain.isascii():
        return plain[:_MAX_TOKEN]
    decomposed = _MARKS.sub("", unicodedata.normalize("NFKD", plain).casefold())
    return "".join(c for c in unicodedata.normalize("NFC", decomposed) if c.isalnum())[:_MAX_TOKEN]


def singular(word: str) -> str:
    """Harman's S stemmer: undoes a plain English plural and touches nothing else."""
    if len(word) < 4 or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return word if word.endswith(("eies", "aies")) else f"{word[:-3]}y"
    return word if word.endswith(("us", "ss", "aes", "ees", "oes")) else word[:-1]
