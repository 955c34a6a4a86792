"""Roles given once hold for the article."""

from __future__ import annotations

from onrecord.statements.roles import share_roles
from onrecord.terms import Span, Speaker, Statement


def test_the_first_role_holds_for_all_a_named_speaker_says() -> None:
    speakers = [
        Speaker("Ada Quill"),
        Speaker("Ada Quill", role="Transport Minister"),
        Speaker("Ada Quill", role="the minister"),
        Speaker(None),
        Speaker("Tom Orr"),
    ]
    statements = [Statement(n=n, content=(Span(0, 1),), speaker=speaker) for n, speaker in enumerate(speakers, start=1)]
    roles = [statement.speaker.role for statement in share_roles(statements)]
    assert roles == ["Transport Minister", "Transport Minister", "the minister", None, None]
