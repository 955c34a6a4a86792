"""What a denial denies, and who had claimed it."""

from __future__ import annotations

import pytest

from onrecord.statements.denials import deny
from onrecord.terms import Act, Span, Speaker, Statement


def statement(text: str, n: int, name: str, cue: str, content: str, act: Act, within: int | None = None) -> Statement:
    def find(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    return Statement(
        n=n,
        content=(find(content),),
        cue=find(cue),
        speaker_span=find(name),
        speaker=Speaker(name),
        act=act,
        within=within,
    )


@pytest.mark.parametrize(
    ("content", "claim", "claimed_by"),
    [
        ("that the port would be sold", "that the port would be sold", None),
        ("reports that the port had been sold", "that the port had been sold", "reports"),
        ("accusations made by rivals, that she had lied", "that she had lied", "rivals"),
        ("the paper’s claim of a secret sale", "a secret sale", "the paper"),
        ("suggestions by some owners that he resign", "that he resign", "some owners"),
    ],
)
def test_the_claim_in_the_denials_own_words(content: str, claim: str, claimed_by: str | None) -> None:
    text = f"Ada Quill denied {content}."
    (found,) = deny(text, [statement(text, 1, "Ada Quill", "denied", content, "deny")])
    assert found.denies is not None
    assert found.denies.claim is not None
    assert found.denies.claim.of(text) == claim
    assert (found.denies.claimed_by.of(text) if found.denies.claimed_by else None) == claimed_by


def test_a_pointer_leads_to_the_charge_made_before() -> None:
    text = "Tom Orr accused her of selling the port. Ada Quill rejected those accusations."
    charge = statement(text, 1, "Tom Orr", "accused", "of selling the port", "accuse")
    denial = statement(text, 2, "Ada Quill", "rejected", "those accusations", "deny")
    found = deny(text, [charge, denial])[1].denies
    assert found is not None
    assert (found.claim, found.claimed_by) == (charge.content[0], charge.speaker_span)


def test_a_statement_inside_the_denial_is_what_it_denies() -> None:
    text = "Ada Quill denied what Tom Orr had claimed: the port is sold."
    denial = statement(text, 1, "Ada Quill", "denied", "what Tom Orr had claimed: the port is sold", "deny")
    inner = statement(text, 2, "Tom Orr", "claimed", "the port is sold", "claim", within=1)
    found = deny(text, [denial, inner])[0].denies
    assert found is not None
    assert (found.claim, found.claimed_by) == (inner.content[0], inner.speaker_span)


def test_other_acts_deny_nothing() -> None:
    text = "Ada Quill said the port would stay."
    (found,) = deny(text, [statement(text, 1, "Ada Quill", "said", "the port would stay", "say")])
    assert found.denies is None


def test_nobody_answers_a_charge_of_their_own() -> None:
    text = "Ada Quill claimed the port was safe. Ada Quill rejected the claim."
    charge = statement(text, 1, "Ada Quill", "claimed", "the port was safe", "claim")
    denial = statement(text, 2, "Ada Quill", "rejected", "the claim", "deny")
    found = deny(text, [charge, denial])[1].denies
    assert found is not None
    assert found.claim == denial.content[0]


def test_an_offer_is_looked_for_among_promises_not_charges() -> None:
    text = "Tom Orr accused the mayor of sloth. Bo Lund offered to buy the port. Ada Quill rejected Lund’s offer."
    charge = statement(text, 1, "Tom Orr", "accused", "the mayor of sloth", "accuse")
    offer = statement(text, 2, "Bo Lund", "offered", "to buy the port", "promise")
    denial = statement(text, 3, "Ada Quill", "rejected", "Lund’s offer", "deny")
    found = deny(text, [charge, offer, denial])[2].denies
    assert found is not None
    assert (found.claim, found.claimed_by) == (offer.content[0], offer.speaker_span)


def test_a_plain_answer_finds_the_charge_that_shares_its_words() -> None:
    text = (
        "Tom Orr claimed the minister sold permits.\n\nBo Lund reported rain.\n\n"
        "Ada Quill said no permits were ever sold."
    )
    charge = statement(text, 1, "Tom Orr", "claimed", "the minister sold permits", "claim")
    weather = statement(text, 2, "Bo Lund", "reported", "rain", "report")
    denial = statement(text, 3, "Ada Quill", "said", "no permits were ever sold", "deny")
    found = deny(text, [charge, weather, denial])[2].denies
    assert found is not None
    assert (found.claim, found.claimed_by) == (charge.content[0], charge.speaker_span)


def test_without_evidence_the_denials_own_words_stand() -> None:
    text = "Bo Lund hoped for rain.\n\nAda Quill said the port was not for sale."
    wish = statement(text, 1, "Bo Lund", "hoped", "for rain", "think")
    denial = statement(text, 2, "Ada Quill", "said", "the port was not for sale", "deny")
    found = deny(text, [wish, denial])[1].denies
    assert found is not None
    assert (found.claim, found.claimed_by) == (denial.content[0], None)


def test_a_denial_that_goes_on_denies_the_same() -> None:
    text = (
        "Tom Orr accused Quill of selling permits. Ada Quill rejected those charges.\n\n"
        "“Nothing of the kind,” Quill added."
    )
    charge = statement(text, 1, "Tom Orr", "accused", "of selling permits", "accuse")
    first = statement(text, 2, "Ada Quill", "rejected", "those charges", "deny")
    second = statement(text, 3, "Ada Quill", "added", "“Nothing of the kind,”", "deny")
    assert [found.denies and found.denies.claim for found in deny(text, [charge, first, second])] == [
        None,
        charge.content[0],
        charge.content[0],
    ]


def test_who_takes_back_words_denies_their_own() -> None:
    text = "Ada Quill said the port was closed. Tom Orr said it was open. Later Quill walked back her comments."
    own = statement(text, 1, "Ada Quill", "said", "the port was closed", "say")
    other = statement(text, 2, "Tom Orr", "said it", "was open", "say")
    denial = statement(text, 3, "Ada Quill", "walked back", "her comments", "deny")
    found = deny(text, [own, other, denial])[2].denies
    assert found is not None
    assert found.claim == own.content[0]


def test_a_charge_far_behind_hundreds_of_statements_is_not_looked_for() -> None:
    charge = "Tom Orr accused Quill of selling permits."
    text = f"{charge} " + "Rain fell. " * 200 + "Ada Quill rejected those charges."
    start = text.index("Rain")
    between = [Statement(n + 2, (Span(start + 11 * n, start + 11 * n + 9),)) for n in range(200)]
    accusing = statement(text, 1, "Tom Orr", "accused", "of selling permits", "accuse")
    denial = statement(text, 202, "Ada Quill", "rejected", "those charges", "deny")
    found = deny(text, [accusing, *between, denial])[-1].denies
    assert found is not None
    assert found.claim == denial.content[0]
