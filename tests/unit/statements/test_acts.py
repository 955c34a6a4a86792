"""Acts that cues name."""

from __future__ import annotations

import pytest

from onrecord.statements.acts import act_of


@pytest.mark.parametrize(
    ("cue", "act"),
    [
        ("denied", "deny"),
        ("has ruled out", "deny"),
        ("Urged", "demand"),
        ("called for", "demand"),
        ("declined to comment", "decline"),
        ("did not respond", "decline"),
        ("wouldn’t say", "decline"),
        ("vowed", "promise"),
        ("admitted", "confirm"),
    ],
)
def test_the_cue_decides_first(cue: str, act: str) -> None:
    assert act_of(cue, "say", 0.6)[0] == act


@pytest.mark.parametrize("cue", ["said", "told", "did not deny", "denied and condemned", ":"])
def test_a_neutral_negated_or_double_cue_is_left_to_the_model(cue: str) -> None:
    assert act_of(cue, "claim", 0.6) == ("claim", 0.6)


def test_agreement_makes_surer() -> None:
    assert act_of("denied", "deny", 0.6)[1] > 0.6
    assert act_of("denied", "deny", 0.99)[1] == 0.99
