"""The filter: verdicts with reasons, learning and unlearning, a cold start that holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import ModelError
from onrecord.spam import Decision, Limits, ReplyFilter, Submission, Vector, vector_of
from onrecord.spam.evidence import FEATURES, evidence_of
from onrecord.spam.evidence import Submission as Given
from onrecord.spam.filter import STILL_LEARNING
from onrecord.spam.prior import load_prior, read_prior, write_prior
from onrecord.spam.vector import SIZE

GOOD = [
    "I disagree: the harbour was closed for nine days, as the port's own log shows.",
    "Thank you for this report. Does anyone know what the minister said in May?",
    "هیچ گزارشی از آسیب نرسیده است، اما بندر بسته بود.",
    "Das stimmt nicht, der Hafen war schon am Montag wieder offen.",
    "The ministry always says that. Nobody in Port Aldane believes it because nothing was shown.",
]
SPAM = [
    "Earn $5000 a week from home! Click here http://easy-cash.example.xyz and sign up now!!!",
    "Check out my channel and subscribe please, I make the best music videos",
    "Buy cheap viagra online without prescription http://pills.example.top",
    "My name is Mrs Grace, contact me on WhatsApp +15551234567 for a loan at 2%",
    "Great post! Thanks for sharing, I have bookmarked your blog. Visit my site http://seo-links.example.club",
]


def decision(key: int, text: str, spam: bool) -> Decision:
    return Decision(key, vector_of(Submission(text))[0], spam)


def test_ordinary_remarks_are_published_and_advertising_is_not() -> None:
    reply_filter = ReplyFilter()
    assert [reply_filter.judge(Submission(text)).action for text in GOOD] == ["publish"] * len(GOOD)
    assert [reply_filter.judge(Submission(text)).action for text in SPAM] == ["hold"] * len(SPAM)


def test_a_cold_filter_holds_what_a_warm_one_blocks() -> None:
    reply_filter = ReplyFilter(limits=Limits(warm_after=6, warm_each=3))
    assert STILL_LEARNING in reply_filter.judge(Submission(SPAM[0])).reasons
    for key, (text, spam) in enumerate([(text, False) for text in GOOD[:3]] + [(text, True) for text in SPAM[:3]]):
        reply_filter.learn(decision(key, text, spam))
    assert reply_filter.judge(Submission(SPAM[0])).action == "spam"


def test_nothing_is_blocked_that_looks_no_worse_than_a_good_reply_did() -> None:
    """A site where good replies look like advertising, a market for instance, is held for and never blocked."""
    reply_filter = ReplyFilter(limits=Limits(warm_after=6, warm_each=3))
    reply_filter.learn(decision(0, SPAM[0], False))
    for key, text in enumerate(GOOD[:2], 1):
        reply_filter.learn(decision(key, text, False))
    for key, text in enumerate(SPAM[1:4], 3):
        reply_filter.learn(decision(key, text, True))
    assert reply_filter.is_warm
    assert reply_filter.judge(Submission(SPAM[0])).action == "hold"
    reply_filter.unlearn(0)
    reply_filter.learn(decision(9, GOOD[2], False))
    assert reply_filter.judge(Submission(SPAM[0])).action == "spam"


def test_no_good_reply_can_be_blocked_before_fifty_decisions() -> None:
    reply_filter = ReplyFilter()
    for key in range(49):
        reply_filter.learn(decision(key, (GOOD + SPAM)[key % 10], key % 10 >= 5))
        assert reply_filter.action_for(1.0) == "hold"
    reply_filter.learn(decision(49, SPAM[4], True))
    assert reply_filter.action_for(1.0) == "spam"


def test_one_sided_decisions_do_not_make_it_warm() -> None:
    reply_filter = ReplyFilter(limits=Limits(warm_after=3, warm_each=1))
    for key in range(5):
        reply_filter.learn(decision(key, SPAM[key], True))
    assert not reply_filter.is_warm


def test_a_filled_trap_is_spam_from_the_first_day() -> None:
    assert ReplyFilter().judge(Submission(GOOD[0], honeypot=True)).action == "spam"


def test_a_verdict_says_why_in_plain_words() -> None:
    verdict = ReplyFilter().judge(Submission(SPAM[2]))
    assert "It advertises medicine or a miracle cure." in verdict.reasons
    assert "pills" in verdict.evidence


def test_it_learns_a_new_kind_of_spam() -> None:
    reply_filter = ReplyFilter()
    before = reply_filter.margin(Submission("Zorblax lamps glow in every kitchen of Kestria"))
    for key in range(4):
        reply_filter.learn(decision(key, f"Zorblax lamps, the lamps of model {key}, glow for Kestria", True))
    assert reply_filter.margin(Submission("Zorblax lamps glow in every kitchen of Kestria")) > before + 1


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(GOOD + SPAM), st.booleans()), min_size=1, max_size=12), st.data())
def test_unlearning_leaves_no_trace(made: list[tuple[str, bool]], data: st.DataObject) -> None:
    """Undone decisions leave the filter as it would be without them, to the last bit."""
    gone = data.draw(st.sets(st.integers(0, len(made) - 1)))
    undone, never = ReplyFilter(), ReplyFilter()
    for key, (text, spam) in enumerate(made):
        undone.learn(decision(key, text, spam))
        if key not in gone:
            never.learn(decision(key, text, spam))
    for key in gone:
        undone.unlearn(key)
    for text in GOOD + SPAM:
        assert undone.margin(Submission(text)) == never.margin(Submission(text))
    assert undone.decisions == never.decisions


def test_learning_twice_counts_once() -> None:
    once, twice = ReplyFilter(), ReplyFilter()
    once.learn(decision(1, SPAM[0], True))
    twice.learn(decision(1, SPAM[0], True))
    twice.learn(decision(1, SPAM[0], True))
    twice.unlearn(99)
    assert once.margin(Submission(GOOD[0])) == twice.margin(Submission(GOOD[0]))


def test_a_vector_does_not_hold_the_text() -> None:
    vector, _ = vector_of(Submission("A secret word: xylophone"))
    assert vector.positions.dtype == np.int32
    assert (np.diff(vector.positions) > 0).all()
    assert vector.positions.max() < SIZE


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.text(max_size=80), st.text(max_size=80))
def test_any_text_gets_a_verdict(text: str, name: str, website: str) -> None:
    verdict = ReplyFilter().judge(Submission(text, name=name, website=website, article_text="The harbour was closed."))
    assert 0 <= verdict.probability <= 1
    assert verdict.action in ("publish", "hold")


@pytest.mark.parametrize(
    ("submission", "name"),
    [
        (
            Given(
                "ein Wort von mir zu diesem Bericht, der nicht richtig ist und das auch nicht sagt",
                article_text="The harbour.",
                article_language="en",
            ),
            "other_language",
        ),
        (Given("Это неправда", article_text="The harbour was closed."), "other_script"),
        (Given("The harbour was closed", article_text="The harbour was closed."), "on_topic"),
        (Given("x " * 200, form_seconds=1.0), "too_fast"),
        (Given("hello", published_before=3), "known_author"),
        (Given("hello", spam_before=1), "spam_author"),
        (Given("hello", from_network=20), "busy_network"),
        (Given("hello", same_elsewhere=2), "same_elsewhere"),
        (Given("see http://bad.example/x", spam_hosts=frozenset({"bad.example"})), "spam_host"),
        (Given("hello", name="Cheap Viagra Online"), "name_advert"),
        (Given("hello", website="https://casino-bonus.example"), "website_spam"),
        (Given("see https://www.reuters.com/world/x"), "known_domain"),
    ],
)
def test_circumstances_are_evidence(submission: Submission, name: str) -> None:
    assert evidence_of(submission)[name] > 0


def test_links_to_the_site_itself_are_none() -> None:
    assert "links" not in evidence_of(Submission("see https://news.example/1", own_hosts=("news.example",)))


def test_every_reason_ends_as_a_sentence() -> None:
    assert all(feature.reason.endswith(".") for feature in FEATURES if feature.reason)


def test_the_prior_survives_being_written(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    write_prior(load_prior(), folder)
    assert np.allclose(read_prior(folder), load_prior(), atol=0.01)


def test_a_damaged_prior_is_refused_with_the_cure(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    write_prior(load_prior(), folder)
    (folder / "hashed.bin").write_bytes(bytes(len((folder / "hashed.bin").read_bytes())))
    with pytest.raises(ModelError, match="Reinstall"):
        read_prior(folder)


def test_an_empty_vector_can_be_judged() -> None:
    empty = Vector(np.empty(0, np.int32), np.empty(0, np.float32))
    reply_filter = ReplyFilter()
    reply_filter.learn(Decision(1, empty, True))
    assert reply_filter.decisions == 1
