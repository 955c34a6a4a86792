"""Akismet as a second opinion, and this site's filter as one for other blogs."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import pytest
from django.test import Client
from django.urls import clear_url_caches, path

from onrecord.errors import FetchError
from onrecord.replies import checks, second_opinion
from onrecord.replies.models import Policy, Reply
from onrecord.replies.retention import enforce
from onrecord.replies.views import akismet
from onrecord.spam.akismet import Answer

pytestmark = pytest.mark.django_db


class Service:
    def __init__(self, text: str, headers: dict[str, str] | None = None, error: Exception | None = None) -> None:
        self.answer, self.error = Answer(200, headers or {}, text), error
        self.forms: list[Mapping[str, str]] = []

    def __call__(self, url: str, form: Mapping[str, str]) -> Answer:
        self.forms.append(form)
        if self.error:
            raise self.error
        return self.answer


@pytest.fixture
def asked(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    def use(service: Service) -> Service:
        settings.AKISMET_KEY = "abc123"
        monkeypatch.setattr(second_opinion, "_post", service)
        return service

    return use


def test_nothing_is_asked_without_a_key(guest: Client, write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    service = Service("true")
    monkeypatch.setattr(second_opinion, "_post", service)
    write(guest)
    assert service.forms == []


def test_a_second_opinion_holds_and_is_told_no_address(
    guest: Client, write: Any, asked: Any, open_site: Policy
) -> None:
    service = asked(Service("true"))
    write(guest, email="ada@example.org")
    reply = Reply.objects.get()
    assert reply.state == "held"
    assert "A second filter took it for spam." in reply.reasons
    assert service.forms[0]["user_ip"] == "127.0.0.0"
    assert "ada@example.org" not in service.forms[0].values()


def test_plain_spam_is_discarded(guest: Client, write: Any, asked: Any, open_site: Policy) -> None:
    asked(Service("true", {"x-akismet-pro-tip": "discard"}))
    write(guest)
    assert Reply.objects.get().state == "spam"


def test_a_service_that_is_down_stops_nothing(guest: Client, write: Any, asked: Any, open_site: Policy) -> None:
    asked(Service("", error=FetchError("no connection")))
    write(guest)
    assert Reply.objects.get().state == "published"


def test_it_is_asked_again_when_it_wants_to_be(guest: Client, write: Any, asked: Any, open_site: Policy) -> None:
    asked(Service("false", {"x-akismet-recheck-after": "1"}))
    write(guest)
    reply = Reply.objects.get()
    assert reply.state == "held"
    Reply.objects.update(recheck_at=reply.created_at)
    asked(Service("true", {"x-akismet-pro-tip": "discard"}))
    assert enforce().rechecked == 1
    assert Reply.objects.get().state == "spam"


def test_it_is_told_when_a_moderator_decides_against_it(
    guest: Client, desk: Client, write: Any, asked: Any, django_capture_on_commit_callbacks: Any
) -> None:
    service = asked(Service("false"))
    write(guest)
    reply = Reply.objects.get()
    service.answer = Answer(200, {}, "Thanks for making the web a better place.")
    with django_capture_on_commit_callbacks(execute=True):
        desk.post("/replies/moderation/act/", {"one": f"spam:{reply.public_id}"})
    assert [form["comment_content"] for form in service.forms] == [reply.text, reply.text]


@pytest.fixture
def other_blog(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    settings.AKISMET_KEYS_OF_OTHERS = ("key1",)
    urls = ModuleType("filter_urls")
    urls.urlpatterns = [  # type: ignore[attr-defined]
        path("verify-key", akismet.verify_key),
        path("comment-check", akismet.comment_check),
        path("submit-spam", akismet.submit),
    ]
    monkeypatch.setitem(sys.modules, "filter_urls", urls)
    settings.ROOT_URLCONF = "filter_urls"
    clear_url_caches()
    client = Client(enforce_csrf_checks=True)
    yield lambda method, **form: client.post(f"/{method}", form)
    clear_url_caches()


def test_other_blogs_may_ask_this_filter(other_blog: Any) -> None:
    assert other_blog("verify-key", key="key1").content == b"valid"
    assert other_blog("verify-key", key="key2").content == b"invalid"
    good = "I disagree: the harbour was closed for nine days, as the log shows."
    spam = "Earn money from home! Click here http://cash.example.xyz and sign up now"
    assert other_blog("comment-check", api_key="key1", comment_content=good).content == b"false"
    assert other_blog("comment-check", api_key="key1", comment_content=spam).content == b"true"
    assert other_blog("comment-check", api_key="wrong", comment_content=spam).content == b"invalid"
    assert other_blog("comment-check", api_key="key1").headers["X-akismet-debug-help"]
    assert other_blog("submit-spam", api_key="key1", comment_content=good).content.startswith(b"Thanks")
    assert other_blog("comment-check", api_key="key1", comment_content=good).content == b"false", "not learnt"


def test_check_says_what_is_missing(settings: Any) -> None:
    settings.MAIL_WORKS = False
    settings.SIGN_IN_EMAIL = True
    settings.AKISMET_KEY = "not a key"
    found = {message.id for message in checks.replies_are_configured(None)}
    assert {"replies.I001", "replies.W001", "replies.W003"} <= found
    assert all(message.hint or "Copy it" in message.msg for message in checks.replies_are_configured(None))
