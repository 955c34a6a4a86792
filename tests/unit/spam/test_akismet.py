"""The Akismet client against answers in the words of its documentation."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from onrecord.errors import SettingError
from onrecord.spam.akismet import Akismet, AkismetError, Answer, Comment

COMMENT = Comment(ip="192.0.2.0", content="hello", author="Ada")


class Service:
    """Answers everything with one answer, and remembers what it was asked."""

    def __init__(self, text: str, headers: Mapping[str, str] | None = None, status: int = 200) -> None:
        self.answer = Answer(status, headers or {}, text)
        self.asked: list[tuple[str, Mapping[str, str]]] = []

    def __call__(self, url: str, form: Mapping[str, str]) -> Answer:
        self.asked.append((url, form))
        return self.answer


def client(service: Service) -> Akismet:
    return Akismet("abc123", "https://site.example", service)


@pytest.mark.parametrize(("text", "valid"), [("valid", True), ("invalid", False)])
def test_a_key_is_verified(text: str, valid: bool) -> None:
    service = Service(text)
    assert client(service).verify_key() is valid
    url, form = service.asked[0]
    assert url.endswith("/1.1/verify-key")
    assert form["blog"] == "https://site.example"


def test_an_opinion_is_asked_without_the_email_address() -> None:
    service = Service("true", {"x-akismet-pro-tip": "discard"})
    opinion = client(service).check(COMMENT)
    assert (opinion.spam, opinion.discard, opinion.recheck_after) == (True, True, None)
    assert "comment_author_email" not in service.asked[0][1]


def test_it_may_want_to_be_asked_again() -> None:
    assert client(Service("false", {"x-akismet-recheck-after": "300"})).check(COMMENT).recheck_after == 300


@pytest.mark.parametrize(("text", "status"), [("invalid", 200), ("<html>", 502), ("", 200)])
def test_no_opinion_is_an_error_that_explains_itself(text: str, status: int) -> None:
    with pytest.raises(AkismetError, match="We were unable"):
        client(Service(text, {"x-akismet-debug-help": "We were unable to parse your blog URI"}, status)).check(COMMENT)


def test_decisions_are_submitted() -> None:
    service = Service("Thanks for making the web a better place.")
    client(service).submit_spam(COMMENT)
    client(service).submit_ham(COMMENT)
    assert [url.rsplit("/", 1)[-1] for url, _ in service.asked] == ["submit-spam", "submit-ham"]


@pytest.mark.parametrize("key", ["", "a b", "abc\r\nX: y", "../x"])
def test_a_key_that_cannot_be_one_is_refused(key: str) -> None:
    with pytest.raises(SettingError):
        Akismet(key, "https://site.example", Service("valid"))
