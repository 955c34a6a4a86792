"""The whole way from an article to its statements, step by step."""

from __future__ import annotations

from functools import lru_cache

from onrecord.errors import InputError
from onrecord.statements.frames import FrameReader
from onrecord.statements.weights import Model, load_model
from onrecord.statements.skeletons import attributions, skeletons
from onrecord.terms import Article, Record

MAX_CHARACTERS = 300_000
"""Longest text that is read: ten times the longest article of the corpora, some seconds of work."""


class StatementReader:
    """Reads articles with one model. Keeps nothing between articles, so order and company change no answer."""

    def __init__(self, model: Model) -> None:
        self._frames = FrameReader(model)
        self.version = model.version

    def read(self, article: Article) -> Record:
        """An article's statements, complete as far as its text tells.

        Raises:
            InputError: the text is longer than ``MAX_CHARACTERS``.
        """
        if len(article.text) > MAX_CHARACTERS:
            raise InputError(
                f"the text has {len(article.text):,} characters, more than {MAX_CHARACTERS:,}; split it into articles",
                code="too_long",
            )
        raw, frames = self._frames.read_both(article.text, ("polnear", "gold"))
        statements = skeletons(article.text, frames)
        return Record(article, tuple(statements), tuple(attributions(raw)), self.version)


@lru_cache(maxsize=2)
def default_reader(threads: int = 1) -> StatementReader:
    """Reader with the model of the package, loaded at the first call.

    Raises:
        ModelError: the model is missing, damaged or of another version.
    """
    return StatementReader(load_model(threads=threads))
