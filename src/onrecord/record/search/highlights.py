"""Where a query's words stand in a text, as pieces: the page marks them, nobody glues HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.record.search.language import Query, Term
from onrecord.record.words import Token, fold, tokens

EXCERPT = 320
"""Characters of a long text that an excerpt shows."""
_LEAD = 80


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a text; ``is_match`` where it is what was searched for."""

    text: str
    is_match: bool = False


def highlighted(text: str, query: Query, length: int | None = EXCERPT) -> tuple[Fragment, ...]:
    """A text in fragments, or an excerpt of it around the first match, cut at blanks, with … where it was cut."""
    found = _merged(sorted(_matches(text, query)))
    start, end = _window(text, found[0][0] if found else 0, length)
    pieces = [Fragment("… ")] if start else []
    position = start
    for first, last in found:
        if first >= start and last <= end:
            pieces += [Fragment(text[position:first]), Fragment(text[first:last], is_match=True)]
            position = last
    pieces.append(Fragment(text[position:end]))
    pieces += [Fragment(" …")] if end < len(text) else []
    return tuple(piece for piece in pieces if piece.text)


def _matches(text: str, query: Query) -> Iterator[tuple[int, int]]:
    if not query.terms:
        return
    found = list(tokens(text))
    for term in query.terms:
        size = len(term.tokens)
        for first in range(len(found) - size + 1):
            if _fits(text, found[first : first + size], term):
                yield found[first].start, found[first + size - 1].end


def _fits(text: str, found: list[Token], term: Term) -> bool:
    if term.is_prefix:
        last = found[-1]
        is_last = last.text.startswith(term.tokens[-1]) or fold(text[last.start : last.end]).startswith(term.tokens[-1])
        return is_last and all(token.text == wanted for token, wanted in zip(found, term.tokens[:-1], strict=False))
    return all(token.text == wanted for token, wanted in zip(found, term.tokens, strict=True))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _window(text: str, first: int, length: int | None) -> tuple[int, int]:
    if length is None or len(text) <= length:
        return 0, len(text)
    start = max(0, min(first - _LEAD, len(text) - length))
    start = text.find(" ", start, first) + 1 if start else 0
    end = min(len(text), start + length)
    blank = text.rfind(" ", max(start, first), end) if end < len(text) else -1
    return start, blank if blank > start else end
