"""How well a statement fits the words of a query. One way for both databases, so that both rank alike."""

from __future__ import annotations

from onrecord.record.search.language import Query, Term

WEIGHTS = (4.0, 2.0, 1.0)
"""Of a word found in what was said, in the speaker's name and role, in the headline."""
_SATURATION = 1.2
_LENGTH = 0.75
_USUAL = (120, 40, 50)
"""Usual length of the three texts in characters: a word counts less in a longer one."""


def score(query: Query, texts: tuple[str, str, str]) -> float:
    """BM25 without the rarity of words: every match has all of them, so rarity would tell little between matches.

    Args:
        query: what was asked.
        texts: folded words of content, speaker and headline.
    """
    padded = [f" {text} " for text in texts]
    return sum(_term_score(term, padded) for term in query.terms)


def _term_score(term: Term, padded: list[str]) -> float:
    wanted = f" {' '.join(term.tokens)}{'' if term.is_prefix else ' '}"
    found = 0.0
    for text, weight, usual in zip(padded, WEIGHTS, _USUAL, strict=True):
        count = text.count(wanted)
        if count:
            found += weight * count / (count + _SATURATION * (1 - _LENGTH + _LENGTH * len(text) / usual))
    return found
