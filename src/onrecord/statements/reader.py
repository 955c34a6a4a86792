"""The whole way from an article to its statements, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from onrecord.errors import InputError
from onrecord.statements.confidence import Calibration, calibrate, load_calibration
from onrecord.statements.dates import date_statements
from onrecord.statements.denials import deny
from onrecord.statements.frames import FrameReader
from onrecord.statements.labels import Convention
from onrecord.statements.roles import share_roles
from onrecord.statements.skeletons import attributions, skeletons
from onrecord.statements.speakers import resolve_speakers
from onrecord.statements.weights import MODEL_FOLDER, Model, load_model
from onrecord.terms import Article, Record, Statement

MAX_CHARACTERS = 300_000
"""Longest text that is read: ten times the longest article of the corpora, some seconds of work."""


@dataclass(frozen=True, slots=True)
class StatementReader:
    """Reads articles with one model. Keeps nothing between articles, so order and company change no answer."""

    model: Model
    calibration: Calibration | None
    """``None``: certainties stay as the steps give them, which is what calibration is fitted on."""
    cue_bias: float = 0.0
    inner_bias: float = 0.0
    """Of the :class:`FrameReader` where there is no calibration to name them."""

    def read(self, article: Article, *, raw: bool = False) -> Record:
        """An article's statements, complete as far as its text tells.

        Args:
            article: what to read.
            raw: give the raw attributions too, which costs a tenth more time.

        Raises:
            InputError: the text is longer than ``MAX_CHARACTERS``.
        """
        if len(article.text) > MAX_CHARACTERS:
            raise InputError(
                f"the text has {len(article.text):,} characters, more than {MAX_CHARACTERS:,}; split it into articles",
                code="too_long",
            )
        given = self.calibration or self
        conventions: tuple[Convention, ...] = ("gold", "polnear") if raw else ("gold",)
        frames, *spans = FrameReader(self.model, given.cue_bias, given.inner_bias).read_both(article.text, conventions)
        statements = complete(article, skeletons(article.text, frames))
        if self.calibration is not None:
            statements = calibrate(statements, self.calibration)
        return Record(article, tuple(statements), tuple(attributions(spans[0] if raw else ())), self.model.version)


def complete(article: Article, statements: list[Statement]) -> list[Statement]:
    """Who, when and what is denied, for statements whose spans, kind and act are known."""
    named = share_roles(resolve_speakers(article, statements))
    dated = date_statements(article, named)
    return deny(article.text, dated)


@lru_cache(maxsize=2)
def default_reader(threads: int = 1, folder: Path = MODEL_FOLDER) -> StatementReader:
    """Reader with the model of the package, loaded at the first call.

    Raises:
        ModelError: the model is missing, damaged or of another version.
    """
    return StatementReader(load_model(folder, threads), load_calibration(folder))
