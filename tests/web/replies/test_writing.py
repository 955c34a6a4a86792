"""Posting, previewing, editing and deleting replies, as a reader without JavaScript does it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from factories import make_article
from onrecord.record.models import Article
from onrecord.replies.models import Consent, ModerationLog, Policy, Reply
from onrecord.replies.targets import open_thread, target_of

pytestmark = pytest.mark.django_db


def test_an_article_without_replies_says_so_and_sets_no_cookie(client: Client, article: Article) -> None:
    response = client.get(article.get_absolute_url())
    assert "No comments yet" in response.content.decode()
    assert "Leave a reply" in response.content.decode()
    assert not response.cookies


def test_a_first_reply_waits_and_its_writer_reads_why(guest: Client, write: Any) -> None:
    response = guest.get(write(guest).url)
    page = response.content.decode()
    assert "waits for a moderator" in page
    assert "first reply" in page
    assert Reply.objects.get().state == "held"
    assert ModerationLog.objects.get().by_name == "the filter"
    assert Consent.objects.get().about == "posting"


def test_nobody_else_sees_a_held_reply(guest: Client, client: Client, write: Any, article: Article) -> None:
    write(guest)
    assert client.get(Reply.objects.get().get_absolute_url()).status_code == 404
    assert "nine days" not in client.get(article.get_absolute_url()).content.decode()


def test_an_open_site_shows_a_good_reply_at_once(
    guest: Client, write: Any, article: Article, open_site: Policy
) -> None:
    response = write(guest)
    assert response.url.startswith(article.get_absolute_url())
    page = guest.get(article.get_absolute_url()).content.decode()
    assert "nine days, not five" in page
    assert "1 reply" in page


def test_a_filled_trap_is_spam(guest: Client, write: Any, open_site: Policy) -> None:
    write(guest, subject_line="hello")
    assert Reply.objects.get().state == "spam"


def test_advertising_is_held_while_the_filter_learns(guest: Client, write: Any, open_site: Policy) -> None:
    write(guest, text="Earn money from home! Click here http://cheap.example.xyz and check out my channel")
    reply = Reply.objects.get()
    assert reply.state == "held"
    assert "It contains a link." in reply.reasons


def test_a_preview_stores_nothing(guest: Client, write: Any) -> None:
    response = write(guest, button="preview", text="This is **certain**.")
    assert "<strong>certain</strong>" in response.content.decode()
    assert not Reply.objects.exists()


def test_an_error_keeps_the_draft(guest: Client, write: Any) -> None:
    response = write(guest, name="", text="A long thought.")
    assert response.status_code == 422
    assert "A long thought." in response.content.decode()


def test_a_sign_in_keeps_the_draft(guest: Client, write: Any, article: Article) -> None:
    write(guest, button="sign_in", text="A thought worth keeping.")
    page = guest.get(f"/replies/to/article/{article.public_id}/write/").content.decode()
    assert "A thought worth keeping." in page


def test_answers_hang_under_what_they_answer(guest: Client, write: Any, make_reply: Any, open_site: Policy) -> None:
    first = make_reply()
    write(guest, to=first.public_id)
    assert Reply.objects.get(name="Ada Kestrel").parent == first


def test_an_answer_cannot_hang_under_a_reply_elsewhere(guest: Client, write: Any, article: Article) -> None:
    elsewhere = open_thread(target_of(make_article(title="Elsewhere")))
    other = Reply.objects.create(thread=elsewhere, name="X", text="x", state="published")
    write(guest, to=other.public_id)
    assert Reply.objects.get(name="Ada Kestrel").parent is None


def test_a_writer_edits_and_the_filter_looks_again(guest: Client, write: Any, open_site: Policy) -> None:
    write(guest)
    reply = Reply.objects.get()
    guest.post(
        f"/replies/{reply.public_id}/edit/", {"text": "Buy cheap viagra now http://pills.example.xyz call +15551234567"}
    )
    reply.refresh_from_db()
    assert reply.state == "held"
    assert reply.edited_at is not None


def test_editing_never_publishes_what_was_held(guest: Client, write: Any) -> None:
    write(guest)
    reply = Reply.objects.get()
    Policy.objects.create(mode=Policy.Mode.OPEN)
    guest.post(f"/replies/{reply.public_id}/edit/", {"text": "A calm and reasonable remark about the harbour."})
    reply.refresh_from_db()
    assert reply.state == "held"


def test_after_a_quarter_of_an_hour_editing_ends(guest: Client, write: Any, open_site: Policy) -> None:
    write(guest)
    Reply.objects.update(created_at=timezone.now() - timedelta(minutes=16))
    reply = Reply.objects.get()
    assert guest.post(f"/replies/{reply.public_id}/edit/", {"text": "Other words."}).status_code == 403
    reply.refresh_from_db()
    assert "nine days" in reply.text


def test_a_writer_deletes_and_everything_about_them_goes(guest: Client, write: Any, open_site: Policy) -> None:
    write(guest, email="ada@example.org")
    reply = Reply.objects.get()
    guest.post(f"/replies/{reply.public_id}/delete/")
    reply.refresh_from_db()
    assert (reply.text, reply.name, reply.email, reply.network, reply.vector) == ("", "", "", "", None)


def test_a_closed_thread_takes_no_replies(guest: Client, write: Any, desk: Client, article: Article) -> None:
    desk.post(f"/replies/moderation/close/article/{article.public_id}/")
    assert write(guest).status_code == 403
    assert not Reply.objects.exists()


def test_age_closes_a_thread(guest: Client, write: Any, article: Article) -> None:
    Policy.objects.create(mode="open", close_after_days=7)
    Article.objects.update(published_on=timezone.now().date() - timedelta(days=8))
    assert write(guest).status_code == 403


def test_slow_mode_asks_to_wait_and_keeps_the_draft(guest: Client, write: Any) -> None:
    Policy.objects.create(mode="open", slow_mode_seconds=60)
    write(guest)
    response = write(guest, text="Second thoughts already.")
    assert response.status_code == 429
    assert "Second thoughts already." in response.content.decode()
    assert Reply.objects.count() == 1


def test_a_network_that_floods_is_asked_to_wait(guest: Client, write: Any, settings: Any) -> None:
    settings.REPLY_RATE = 2
    assert [write(guest).status_code for _ in range(3)] == [302, 302, 429]
    assert Reply.objects.count() == 2


def test_only_part_of_the_address_is_kept(guest: Client, write: Any) -> None:
    write(guest)
    assert Reply.objects.get().network == "127.0.0.0/24"


def test_a_thread_has_a_feed(client: Client, article: Article, make_reply: Any) -> None:
    reply = make_reply(published_at=timezone.now())
    make_reply("held", text="Not yet.")
    feed = client.get(f"/replies/to/article/{article.public_id}/feed.atom").content.decode()
    assert reply.get_absolute_url() in feed
    assert "Not yet." not in feed


def test_three_reports_hold_a_reply_until_someone_looks(client: Client, make_reply: Any) -> None:
    reply = make_reply()
    for n in range(3):
        client.post(
            f"/replies/{reply.public_id}/report/",
            {"reason": "abuse"},
            REMOTE_ADDR=f"198.51.{100 + n}.1",
            HTTP_ORIGIN="http://testserver",
        )
    reply.refresh_from_db()
    assert reply.state == "held"


@pytest.mark.parametrize(
    ("language", "words", "direction"),
    [
        ("de", "Noch keine Kommentare", "ltr"),
        ("fr", "Aucun commentaire", "ltr"),
        ("fa", "هنوز دیدگاهی نیست", "rtl"),
    ],
)
def test_the_section_speaks_the_readers_language(
    client: Client, article: Article, language: str, words: str, direction: str
) -> None:
    page = client.get(article.get_absolute_url(), headers={"accept-language": language}).content.decode()
    assert words in page
    assert f'lang="{language}" dir="{direction}"' in page
