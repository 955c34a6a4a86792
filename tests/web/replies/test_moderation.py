"""The moderators' queue: actions, bulk, undo, what the filter learns from them, policies."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from onrecord.record.models import Article
from onrecord.replies.learning import site_filter
from onrecord.replies.models import FilterDecision, ModerationLog, Policy, Reply, Subscription
from onrecord.spam import Submission

pytestmark = pytest.mark.django_db
SPAMMY = "Cheap watches! http://watches.example.top order now"


def act(desk: Client, one: str, **fields: str) -> None:
    desk.post("/replies/moderation/act/", {"one": one, **fields})


def test_a_reader_is_sent_to_sign_in(client: Client) -> None:
    assert client.get("/replies/moderation/").status_code == 302


def test_an_account_without_the_role_is_refused(client: Client, db: None) -> None:
    client.force_login(User.objects.create_user("reader"))
    assert client.get("/replies/moderation/").status_code == 403
    assert client.post("/replies/moderation/act/", {"one": "publish:x"}).status_code == 403


def test_the_queue_shows_held_replies_with_reasons(guest: Client, desk: Client, write: Any) -> None:
    write(guest)
    page = desk.get("/replies/moderation/").content.decode()
    assert "nine days" in page
    assert "first reply" in page


def test_publishing_is_logged_with_who_when_and_why(guest: Client, desk: Client, write: Any, article: Article) -> None:
    write(guest)
    reply = Reply.objects.get()
    act(desk, f"publish:{reply.public_id}", why="well said")
    row = ModerationLog.objects.first()
    assert row is not None
    assert (row.before, row.after, row.by_name, row.why) == ("held", "published", "mod", "well said")
    assert "nine days" in desk.get(article.get_absolute_url()).content.decode()


def test_the_filter_learns_and_unlearns_exactly(guest: Client, desk: Client, write: Any) -> None:
    before = site_filter().margin(Submission(SPAMMY))
    write(guest, text=SPAMMY)
    reply = Reply.objects.get()
    act(desk, f"spam:{reply.public_id}")
    assert site_filter().margin(Submission(SPAMMY)) > before
    row = ModerationLog.objects.filter(by__isnull=False).get()
    desk.post(f"/replies/moderation/undo/{row.pk}/")
    assert site_filter().margin(Submission(SPAMMY)) == before
    reply.refresh_from_db()
    assert reply.state == "held"


def test_undoing_the_second_of_two_decisions_restores_the_first(guest: Client, desk: Client, write: Any) -> None:
    write(guest, text=SPAMMY)
    reply = Reply.objects.get()
    act(desk, f"publish:{reply.public_id}")
    act(desk, f"spam:{reply.public_id}")
    row = ModerationLog.objects.first()
    assert row is not None
    desk.post(f"/replies/moderation/undo/{row.pk}/")
    assert FilterDecision.objects.get().spam is False
    reply.refresh_from_db()
    assert reply.state == "published"


def test_an_address_that_was_spam_here_is_remembered(guest: Client, desk: Client, write: Any) -> None:
    write(guest, text=SPAMMY)
    act(desk, f"spam:{Reply.objects.get().public_id}")
    write(guest, text="I read about it on http://watches.example.top yesterday evening.")
    assert "It links to an address that was spam here before." in Reply.objects.get(state="held").reasons


def test_an_older_decision_cannot_be_undone_over_a_newer_one(guest: Client, desk: Client, write: Any) -> None:
    write(guest)
    reply = Reply.objects.get()
    act(desk, f"publish:{reply.public_id}")
    first = ModerationLog.objects.first()
    assert first is not None
    act(desk, f"remove:{reply.public_id}")
    desk.post(f"/replies/moderation/undo/{first.pk}/")
    reply.refresh_from_db()
    assert reply.state == "removed"


def test_bulk_does_one_thing_to_all_ticked(desk: Client, make_reply: Any) -> None:
    replies = [make_reply("held") for _ in range(3)]
    desk.post("/replies/moderation/act/", {"bulk": "remove", "ids": [reply.public_id for reply in replies[:2]]})
    assert Reply.objects.filter(state="removed").count() == 2
    assert Reply.objects.filter(state="held").count() == 1


def test_the_queue_finds_by_state_and_words(desk: Client, make_reply: Any) -> None:
    make_reply("spam", text="the needle is here")
    make_reply("spam", text="only hay")
    page = desk.get("/replies/moderation/?state=spam&q=needle").content.decode()
    assert "the needle is here" in page
    assert "only hay" not in page


def test_a_writers_history_is_in_one_place(guest: Client, desk: Client, write: Any) -> None:
    write(guest, text="The first of two remarks.")
    write(guest, text="The second of two remarks.")
    page = desk.get(f"/replies/moderation/author/{Reply.objects.first().public_id}/").content.decode()  # type: ignore[union-attr]
    assert "The first of two" in page
    assert "The second of two" in page


def test_rules_hold_for_one_outlet_only(guest: Client, desk: Client, write: Any, article: Article) -> None:
    assert article.outlet is not None
    fields = {"mode": "hold_all", "close_after_days": "", "slow_mode_seconds": "0"}
    desk.post(f"/replies/moderation/policies/{article.outlet.slug}/", fields)
    Policy.objects.create(mode="open")
    write(guest)
    assert "Every reply here waits for a moderator." in Reply.objects.get().reasons


def test_an_answer_is_mailed_to_who_confirmed_it(
    guest: Client, desk: Client, write: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        write(guest, email="ada@example.org", notify="answers")
    assert [message.to for message in mail.outbox] == [["ada@example.org"]]
    subscription = Subscription.objects.get()
    reply = Reply.objects.get()
    act(desk, f"publish:{reply.public_id}")
    confirm = f"/replies/subscriptions/confirm/{subscription.token}/"
    guest.get(confirm)
    subscription.refresh_from_db()
    assert subscription.confirmed_at is None, "a look must not confirm"
    Client().post(confirm)
    answer = Client(headers={"origin": "http://testserver"})
    write(answer, name="Bo", text="I was there and I counted ten days in all.", to=reply.public_id)
    with django_capture_on_commit_callbacks(execute=True):
        act(desk, f"publish:{Reply.objects.get(name='Bo').public_id}")
    sent = mail.outbox[-1]
    assert sent.to == ["ada@example.org"]
    assert "ten days" in sent.body
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    end = sent.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    Client(enforce_csrf_checks=True).post(end, {"List-Unsubscribe": "One-Click"})
    assert not Subscription.objects.exists()


def test_nothing_is_mailed_without_confirmation(
    guest: Client, desk: Client, write: Any, make_reply: Any, django_capture_on_commit_callbacks: Any
) -> None:
    first = make_reply()
    Subscription.objects.create(thread=first.thread, reply=first, email="ada@example.org")
    write(guest, to=first.public_id)
    with django_capture_on_commit_callbacks(execute=True):
        act(desk, f"publish:{Reply.objects.get(name='Ada Kestrel').public_id}")
    assert not mail.outbox
