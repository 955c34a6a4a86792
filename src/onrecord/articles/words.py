"""Small things that every reader of page fields needs: clean lines and comparable keys."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

# Controls and format characters that no reader sees. The bidirectional embeddings and overrides are dropped because
# they reorder what is shown; the joiners U+200C and U+200D stay, Persian and Hindi are spelt with them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]"
)
_LONGEST_VALUE = 10_000
_SPACES = re.compile(r"\s+")
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where on the page it was read."""

    value: str
    evidence: str


def unseen_removed(text: str) -> str:
    """``text`` without control and invisible format characters."""
    return _UNSEEN.sub("", text)


def one_line(text: str | None) -> str:
    """``text`` as a reader sees it in one line: composed, visible characters, single spaces."""
    if not text:
        return ""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", unseen_removed(text))).strip()


def attribute_line(text: str | None) -> str:
    """Like :func:`one_line` for attribute and JSON values, where character references are often escaped twice.

    Cut at a length that no title, name or list of keywords has, so that a broken page costs no more than a whole one.
    """
    if not text:
        return ""
    text = text[:_LONGEST_VALUE]
    return one_line(html.unescape(text) if "&" in text else text)


def squeezed(text: str | None) -> str:
    """Letters and digits only, lower case, without accents: for comparing names and titles."""
    if not text:
        return ""
    return _NOT_LETTERS.sub(
        "", unicodedata.normalize("NFKD", text).casefold()
    )  # accents are no letters once decomposed


def word_set(text: str | None) -> frozenset[str]:
    """The different words of ``text``, lower case."""
    return frozenset(re.findall(r"\w+", (text or "").casefold()))


def likeness(one: str | None, other: str | None) -> float:
    """Share of words that two lines have in common, 0 to 1 (Dice)."""
    a, b = word_set(one), word_set(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
