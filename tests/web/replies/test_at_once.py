"""Several people at the same moment: nothing is lost, nothing is there twice, nobody sees an error."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from onrecord.record.models import Article
from onrecord.replies.actions import states, subscriptions
from onrecord.replies.learning import site_filter
from onrecord.replies.models import FilterDecision, ModerationLog, Policy, Reply, Subscription, Thread

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


@pytest.fixture
def _in_several_threads() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("threads shut each other out in SQLite's memory, where tests run; test_replies_postgres.py does it")


def together(work: Callable[[int], Any]) -> list[Any]:
    """Do something in several threads that all begin at the same moment."""
    ready = Barrier(AT_ONCE)

    def one(number: int) -> Any:
        ready.wait(30)
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


@pytest.mark.usefixtures("_in_several_threads")
def test_first_replies_under_one_article_share_one_thread(article: Article, open_site: Policy) -> None:
    def write(number: int) -> int:
        client = Client(headers={"origin": "http://testserver"})
        form = {"name": f"Reader {number}", "text": f"Remark number {number} on the harbour.", "post": "1"}
        return client.post(f"/replies/to/article/{article.public_id}/write/", form).status_code

    assert together(write) == [302] * AT_ONCE
    assert Thread.objects.count() == 1
    assert Reply.objects.count() == AT_ONCE


@pytest.mark.usefixtures("_in_several_threads")
def test_two_moderators_decide_about_one_reply(make_reply: Any, moderator: User) -> None:
    reply = make_reply("held", vector=b"\0" * 16)

    def decide(number: int) -> None:
        mine = Reply.objects.get(pk=reply.pk)
        states.moderate(mine, Reply.State.SPAM if number % 2 else Reply.State.PUBLISHED, moderator)

    together(decide)
    reply.refresh_from_db()
    assert FilterDecision.objects.get().spam == (reply.state == Reply.State.SPAM)
    rows = list(ModerationLog.objects.filter(reply=reply).order_by("id"))
    assert len(rows) == AT_ONCE
    assert rows[-1].after == reply.state
    assert [row.before for row in rows[1:]] == [row.after for row in rows[:-1]], "each change starts where one ended"


@pytest.mark.usefixtures("_in_several_threads")
def test_asking_for_mail_twice_asks_once(make_reply: Any) -> None:
    thread = make_reply().thread
    together(lambda _: subscriptions.subscribe(thread, "ada@example.org", Subscription.Scope.THREAD, "en"))
    assert Subscription.objects.count() == 1


@pytest.mark.usefixtures("_in_several_threads")
def test_every_process_learns_the_same(make_reply: Any, moderator: User) -> None:
    """The order in which decisions are committed does not matter for what is learnt from all of them."""
    for number in range(AT_ONCE):
        make_reply("held", text=f"Order watches now at http://shop{number}.example.top", vector=b"\0" * 16)
    replies = list(Reply.objects.all())
    together(lambda number: states.moderate(replies[number], Reply.State.SPAM, moderator))
    assert site_filter().decisions == AT_ONCE


@pytest.mark.parametrize(
    "address",
    [
        "/replies/to/article/%00/",
        "/replies/to/statement/a%00b/write/",
        "/replies/to/claim/%00/feed.atom",
        "/replies/subscriptions/end/%00/",
        "/replies/subscriptions/confirm/%00/",
        "/replies/moderation/policies/%00/",
        "/replies/moderation/?q=%00",
        "/replies/sign-in/?next=%00",
    ],
)
def test_a_nul_in_an_address_is_no_error(desk: Client, address: str) -> None:
    assert desk.get(address).status_code in {200, 403, 404}


def test_a_nul_in_a_form_is_no_error(guest: Client, write: Any) -> None:
    for field in ("name", "text", "email", "website", "to", "since"):
        assert write(guest, **{field: "a\x00b"}).status_code in {302, 422}
    assert guest.post("/replies/my-data/", {"email": "a\x00b@example.org"}).status_code in {200, 403}


def test_a_nul_among_the_ticked_ones_is_no_error(desk: Client) -> None:
    for fields in ({"one": "publish:\x00"}, {"bulk": "spam", "ids": ["\x00"]}, {"bulk": "\x00", "ids": ["a"]}):
        assert desk.post("/replies/moderation/act/", fields).status_code == 302


def test_this_is_the_database_that_was_asked_for() -> None:
    wanted = "postgresql" if os.environ.get("ONRECORD_DATABASE", "").startswith("postgres") else "sqlite"
    assert connection.vendor == wanted
