"""The label sets of the statement model, shared by training and reading.

Two conventions of the same task are kept apart: ``polnear`` (raw attribution spans, 19,834 of them to learn from) and
``gold`` (statements as the guidelines of this project define them).
"""

from __future__ import annotations

from typing import Literal

from onrecord.terms import ACTS, SPEAKER_TYPES

Convention = Literal["polnear", "gold"]
CONVENTIONS: tuple[Convention, ...] = ("polnear", "gold")


def bio(*names: str) -> tuple[str, ...]:
    """``O`` and, for each name, its beginning and its inside."""
    return ("O", *(f"{prefix}-{name}" for name in names for prefix in "BI"))


FLAT_TAGS = bio("source", "cue", "content")
"""One label a word, PolNeAR: what the published tables measure."""
CUE_TAGS = bio("cue")
"""Cues of gold statements; cues never overlap, so one layer holds them."""
ARGUMENT_TAGS = bio("source", "content", "addressee", "venue")
"""What each word is to one cue; a layer of its own for every cue, so that nested statements do not compete."""
ACT_TAGS = ACTS
TYPE_TAGS = SPEAKER_TYPES


def allowed(tags: tuple[str, ...]) -> list[list[bool]]:
    """``[before][after]``: an inside tag only follows the beginning or inside of the same name."""
    return [[not after.startswith("I-") or before[2:] == after[2:] for after in tags] for before in tags]
