"""Accounts by e-mail: verification, sessions, and nothing that tells who has one."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("accounts")]
PASSWORD = "a long pass phrase of mine"


def sign_up(client: Client, email: str) -> Any:
    fields = {"email": email, "password1": PASSWORD, "password2": PASSWORD}
    return client.post("/accounts/signup/", fields)


def confirm(client: Client) -> None:
    link = re.search(r"http://\S+(/accounts/confirm-email/\S+)", str(mail.outbox[-1].body))
    assert link
    client.post(link.group(1))


def test_an_account_works_after_its_address_is_verified(client: Client) -> None:
    sign_up(client, "ada@example.org")
    fields = {"login": "ada@example.org", "password": PASSWORD}
    client.post("/accounts/login/", fields)
    assert "_auth_user_id" not in client.session
    confirm(client)
    before = client.session.session_key
    client.post("/accounts/login/", fields)
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)
    assert client.session.session_key != before


def test_signing_up_does_not_tell_whether_an_address_is_known(client: Client) -> None:
    first = sign_up(client, "ada@example.org")
    confirm(client)
    again = sign_up(Client(), "ada@example.org")
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])
    assert User.objects.count() == 1
    assert mail.outbox[-1].to == ["ada@example.org"]


def test_asking_for_a_new_password_does_not_tell_whether_an_address_is_known(client: Client) -> None:
    sign_up(client, "ada@example.org")
    confirm(client)
    known, unknown = (
        Client().post("/accounts/password/reset/", {"email": email}) for email in ("ada@example.org", "bo@example.org")
    )
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert {message.to[0] for message in mail.outbox[-2:]} == {"ada@example.org", "bo@example.org"}


def test_guessing_passwords_is_slowed_for_all_processes_together(client: Client) -> None:
    """The counter is in the cache that processes share; after a few wrong ones even the right one waits."""
    sign_up(client, "ada@example.org")
    confirm(client)
    for _ in range(12):
        Client().post("/accounts/login/", {"login": "ada@example.org", "password": "not the right one"})
    late = Client()
    late.post("/accounts/login/", {"login": "ada@example.org", "password": PASSWORD})
    assert "_auth_user_id" not in late.session


def test_signing_in_costs_the_same_for_known_and_unknown_addresses(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes the time is hashing the password; it is done once in both cases."""
    sign_up(client, "ada@example.org")
    confirm(client)
    hashed: list[str] = []
    hasher = type(hashers.get_hasher())
    real = hasher.encode

    def encode(self: Any, password: str, *given: Any, **named: Any) -> str:
        hashed.append(password)
        return str(real(self, password, *given, **named))

    monkeypatch.setattr(hasher, "encode", encode)
    counts, pages = [], []
    for address in ("ada@example.org", "nobody@example.org"):
        hashed.clear()
        page = Client().post("/accounts/login/", {"login": address, "password": "not the right one"}).content.decode()
        counts.append(len(hashed))
        pages.append(re.sub(r'value="[^"]*"', "", page))
    assert counts[0] == counts[1] > 0
    assert pages[0] == pages[1]


def test_a_session_planted_before_the_sign_in_is_not_the_readers(client: Client) -> None:
    sign_up(client, "ada@example.org")
    confirm(client)
    planted = Client()
    planted.get("/accounts/login/")
    session = planted.session
    session["planted"] = "yes"
    session.save()
    victim = Client()
    victim.cookies["sessionid"] = session.session_key  # type: ignore[assignment]
    victim.post("/accounts/login/", {"login": "ada@example.org", "password": PASSWORD})
    planted.cookies["sessionid"] = session.session_key  # type: ignore[assignment]
    assert "_auth_user_id" not in planted.session


def test_second_factors_and_passkeys_are_offered(client: Client) -> None:
    sign_up(client, "ada@example.org")
    confirm(client)
    client.post("/accounts/login/", {"login": "ada@example.org", "password": PASSWORD})
    page = client.get("/accounts/2fa/").content.decode()
    assert "/accounts/2fa/totp/activate/" in page
    assert "/accounts/2fa/webauthn/" in page
    assert "passkey" in Client().get("/accounts/login/").content.decode().casefold()


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_signing_in_leads_to_this_site_only(client: Client, onward: str) -> None:
    sign_up(client, "ada@example.org")
    confirm(client)
    fields = {"login": "ada@example.org", "password": PASSWORD, "next": onward}
    assert "evil" not in client.post("/accounts/login/", fields)["Location"]
