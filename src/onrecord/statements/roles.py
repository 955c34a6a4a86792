"""A role that the article gives a speaker once holds for all they say in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.terms import Statement


def share_roles(statements: Sequence[Statement]) -> list[Statement]:
    """Give statements of a named speaker without a role the first role that the article gives them."""
    roles: dict[str, str] = {}
    for statement in statements:
        speaker = statement.speaker
        if speaker.name and speaker.role:
            roles.setdefault(speaker.name, speaker.role)
    return [_with_role(statement, roles) for statement in statements]


def _with_role(statement: Statement, roles: dict[str, str]) -> Statement:
    speaker = statement.speaker
    if speaker.role or speaker.name not in roles:
        return statement
    return replace(statement, speaker=replace(speaker, role=roles[speaker.name]))
