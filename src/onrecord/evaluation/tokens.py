"""Where the tokens of a labelled corpus stand in the article they were cut from.

Tokens in the manner of the Penn Treebank are not the article's letters: quotation marks became two accents, brackets
became names, dashes became hyphens. Both sides are folded to the same plain characters and walked side by side.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.terms import Span

_ESCAPES = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}", "--": "-"}
_PLAIN = str.maketrans(
    {
        **dict.fromkeys('“”"', "''"),
        **dict.fromkeys("‘’`", "'"),
        **dict.fromkeys("—–―", "-"),
        **dict.fromkeys("\u00ad\u200b", ""),
        "…": "...",
    }
)
_NEAR = 12
"""Longest run of marks between two tokens that may be skipped: list bullets, what the tokenizer dropped."""
_ANCHOR = 6
"""Tokens that must follow each other before the walk jumps to another place of the text."""


def place(tokens: Sequence[str], text: str) -> list[Span | None]:
    """The span of each token in ``text``; ``None`` where the text has none, as for a second period after ``U.S.``."""
    letters, offsets = _fold(text)
    folded = [_fold_token(token) for token in tokens]
    spans: list[Span | None] = []
    position = 0
    for index, token in enumerate(folded):
        start = _near(letters, token, position)
        if start < 0:
            start = _after_gap(letters, folded[index : index + _ANCHOR], position)
        if start < 0:
            spans.append(None)
            continue
        position = start + len(token)
        spans.append(Span(offsets[start], offsets[position - 1] + 1))
    return spans


def _fold(text: str) -> tuple[str, list[int]]:
    """The text without white space in plain characters, and for each of them its offset in the text."""
    letters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        if not character.isspace():
            plain = character.translate(_PLAIN)
            letters.append(plain)
            offsets.extend([offset] * len(plain))
    return "".join(letters), offsets


def _fold_token(token: str) -> str:
    return "".join(_ESCAPES.get(token, token).translate(_PLAIN).split()) or token


def _near(letters: str, token: str, position: int) -> int:
    """Where the token stands, with nothing but a few marks before it; -1 where it does not."""
    start = letters.find(token, position, position + len(token) + _NEAR)
    skipped = letters[position:start] if start >= 0 else ""
    return -1 if any(character.isalnum() for character in skipped) else start


def _after_gap(letters: str, following: Sequence[str], position: int) -> int:
    """Where the next tokens go on, further down or, if they were put in another order, from the top; -1 for nowhere.

    Too few tokens are no evidence: nothing is found for them.
    """
    if len(following) < _ANCHOR:
        return -1
    anchor = "".join(following)
    further = letters.find(anchor, position)
    return further if further >= 0 else letters.find(anchor)
