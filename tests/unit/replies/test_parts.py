"""Parts of the reply section that need no database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import SettingError
from onrecord.replies.identity import text_key, truncate
from onrecord.replies.learning import pack, unpack
from onrecord.replies.mailbox import mail_settings
from onrecord.replies.markup import to_html, to_plain
from onrecord.replies.models import Reply
from onrecord.replies.tree import tree
from onrecord.spam import Submission, vector_of

START = datetime(2031, 7, 14, tzinfo=UTC)


def reply(number: int, parent: int | None = None, state: str = "published") -> Reply:
    return Reply(pk=number, parent_id=parent, state=state, created_at=START + timedelta(minutes=number))


def test_two_levels_are_shown_and_deeper_ones_folded() -> None:
    nodes = tree([reply(1), reply(2, 1), reply(3, 2), reply(4, 3), reply(5, 2), reply(6)])
    assert [node.reply.pk for node in nodes] == [1, 6]
    assert [answer.reply.pk for answer in nodes[0].answers] == [2]
    assert [deep.pk for deep in nodes[0].answers[0].folded] == [3, 4, 5]


def test_a_removed_reply_keeps_its_place_only_where_answers_hang_under_it() -> None:
    nodes = tree([reply(1, state="removed"), reply(2, 1), reply(3, state="removed"), reply(4, 3, "held")])
    assert [node.reply.pk for node in nodes] == [1]


def test_a_thousand_answers_deep_is_no_recursion() -> None:
    nodes = tree([reply(n, n - 1 if n > 1 else None) for n in range(1, 3_000)])
    assert len(nodes[0].answers[0].folded) == 2_997


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("not an address", ""),
        ("", ""),
    ],
)
def test_only_networks_are_kept(address: str, network: str) -> None:
    assert truncate(address) == network


def test_the_same_words_are_the_same_text() -> None:
    assert text_key("Buy  Cheap watches now") == text_key("buy cheap watches\nnow")
    assert text_key("Thanks!") == ""


def test_a_vector_survives_the_database() -> None:
    vector, _ = vector_of(Submission("A remark on the harbour."))
    back = unpack(pack(vector))
    assert np.array_equal(back.positions, vector.positions)
    assert np.array_equal(back.values, vector.values)


@given(st.text(max_size=300))
def test_no_text_makes_a_tag_we_do_not_allow(text: str) -> None:
    html = str(to_html(text))
    for bad in ("<script", "<img", "<iframe", "<svg", "javascript:", " on"):
        assert f"<{bad}" not in html
    assert "<script" not in html


def test_links_do_not_vouch_for_what_they_lead_to() -> None:
    assert 'rel="nofollow ugc noopener noreferrer"' in str(to_html("https://a.example"))


def test_plain_text_has_no_markup_and_an_end() -> None:
    assert to_plain("**a** <b>" + "x" * 300, 20).endswith("…")


@pytest.mark.parametrize(
    ("mail", "expected"),
    [
        ("smtp://u%40x:p@mail.example:2525", ("mail.example", 2525, "u@x", False, True)),
        ("smtps://mail.example", ("mail.example", 465, "", True, False)),
        ("smtp://localhost:25", ("localhost", 25, "", False, False)),
    ],
)
def test_a_mail_server_is_read_from_one_address(mail: str, expected: tuple[str, int, str, bool, bool]) -> None:
    found = mail_settings(mail, "a@example.org", False)
    names = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_USE_SSL", "EMAIL_USE_TLS")
    assert tuple(found[name] for name in names) == expected


@pytest.mark.parametrize("mail", ["mail.example", "http://mail.example", "smtp://", "smtp://h:port", "file://"])
def test_an_address_that_is_none_is_refused_with_the_cure(mail: str) -> None:
    with pytest.raises(SettingError, match="ONRECORD_MAIL"):
        mail_settings(mail, "a@example.org", False)
