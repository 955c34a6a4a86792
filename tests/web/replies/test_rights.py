"""Export, erasure, retention, and the page that says what is kept."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import Client
from django.utils import timezone

from onrecord.replies.models import Consent, FilterDecision, Reply, Subscription
from onrecord.replies.retention import enforce

pytestmark = pytest.mark.django_db


def link_for(client: Client, email: str) -> str:
    client.post("/replies/my-data/", {"email": email})
    body = mail.outbox[-1].body
    return next(line for line in body.splitlines() if "/replies/my-data/" in line).removeprefix("http://testserver")


def test_a_guest_exports_and_erases_by_the_link_in_a_mail(guest: Client, client: Client, write: Any) -> None:
    write(guest, email="ada@example.org")
    link = link_for(client, "ada@example.org")
    data = json.loads(client.post(link, {"export": "1"}).content)
    assert data["replies"][0]["text"].startswith("The harbour was closed")
    assert data["consents"][0]["about"] == "posting"
    client.post(link, {"erase": "1"})
    reply = Reply.objects.get()
    assert (reply.text, reply.email, reply.state) == ("", "", "removed")
    assert not Consent.objects.exists()


def test_a_link_for_one_address_opens_no_other(guest: Client, client: Client, write: Any) -> None:
    write(guest, email="ada@example.org")
    link = link_for(client, "mallory@example.org")
    assert json.loads(client.post(link, {"export": "1"}).content)["replies"] == []
    client.post(link, {"erase": "1"})
    assert Reply.objects.get().email == "ada@example.org"


def test_a_changed_or_old_link_opens_nothing(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    link = link_for(client, "ada@example.org")
    assert client.get(link[:-2] + "x/").status_code == 403
    monkeypatch.setattr("onrecord.replies.notices.RIGHTS_SECONDS", -1)
    assert client.get(link).status_code == 403


def test_known_and_unknown_addresses_get_the_same_answer(guest: Client, client: Client, write: Any) -> None:
    write(guest, email="ada@example.org")
    known = client.post("/replies/my-data/", {"email": "ada@example.org"}, follow=True).content
    unknown = client.post("/replies/my-data/", {"email": "nobody@example.org"}, follow=True).content
    token = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
    assert token.sub(b"", known) == token.sub(b"", unknown)
    assert len(mail.outbox) == 2


def test_an_account_is_erased_in_one_click(client: Client, make_reply: Any) -> None:
    user = User.objects.create_user("ada")
    reply = make_reply(user=user, name="Ada")
    client.force_login(user)
    assert json.loads(client.post("/replies/my-data/account/", {"export": "1"}).content)["account"]["username"] == "ada"
    client.post("/replies/my-data/account/", {"erase": "1"})
    reply.refresh_from_db()
    assert (reply.name, reply.user) == ("", None)
    assert not User.objects.exists()


def test_a_moderators_account_does_not_erase_itself(desk: Client, moderator: User) -> None:
    desk.post("/replies/my-data/account/", {"erase": "1"})
    assert User.objects.filter(pk=moderator.pk).exists()
    assert Group.objects.exists()


def test_retention_deletes_what_is_past_its_time(make_reply: Any, settings: Any) -> None:
    long_ago = timezone.now() - timedelta(days=100)
    old = make_reply(network="198.51.100.0/24", created_at=long_ago)
    spam = make_reply("spam", text="buy", created_at=long_ago, vector=b"12345678")
    FilterDecision.objects.create(reply=spam, vector=b"12345678", spam=True)
    fresh = make_reply(network="198.51.100.0/24")
    Subscription.objects.create(thread=old.thread, email="a@example.org", created_at=long_ago)
    Consent.objects.create(about="mail", words="yes", withdrawn_at=timezone.now() - timedelta(days=400))
    kept = enforce()
    for reply in (old, spam, fresh):
        reply.refresh_from_db()
    assert (old.network, spam.text, fresh.network) == ("", "", "198.51.100.0/24")
    assert (kept.networks, kept.spam, kept.subscriptions, kept.consents) == (1, 1, 1, 1)
    assert FilterDecision.objects.count() == 1, "what was learnt holds no text and stays"
    assert enforce().to_dict() == dict.fromkeys(kept.to_dict(), 0)


@pytest.mark.parametrize(("key", "words"), [("", "Nothing about your reply is sent"), ("abc123", "sent to Akismet")])
def test_the_privacy_page_follows_the_settings(client: Client, db: None, settings: Any, key: str, words: str) -> None:
    settings.AKISMET_KEY = key
    settings.REPLY_NETWORK_DAYS = 13
    page = client.get("/privacy/replies/").content.decode()
    assert words in page
    assert "13 days" in page
