"""Sign-in through an OpenID Connect provider that runs on loopback."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from django.test import Client

from onrecord.errors import SettingError
from onrecord.record.models import Article
from onrecord.replies.adapters import identity_of
from onrecord.replies.signin import providers
from onrecord.settings import load

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    return Client(headers={"origin": "http://testserver"})


def begin(reader: Client, onward: str = "/") -> str:
    """Press the button; returns the address of the provider's page."""
    response = reader.post(f"/accounts/oidc/kestria-id/login/?{urlencode({'next': onward})}")
    assert response.status_code == 302
    return str(response["Location"])


def agree(provider_page: str, subject: str = "ada") -> str:
    """Say yes at the provider; returns where it sends the browser."""
    return str(httpx.post(provider_page, data={"sub": subject}).headers["location"])


def come_back(reader: Client, address: str) -> Any:
    parts = urlsplit(address)
    return reader.get(f"{parts.path}?{parts.query}")


def test_a_reader_signs_in_and_is_known_by_issuer_and_subject(signing_in: None, reader: Client, issuer: str) -> None:
    response = come_back(reader, agree(begin(reader)))
    assert response.status_code == 302
    account = SocialAccount.objects.get()
    assert (account.provider, account.uid) == ("kestria-id", f"{issuer}#ada")
    assert reader.session["_auth_user_id"] == str(account.user_id)
    again = Client()
    come_back(again, agree(begin(again)))
    assert User.objects.count() == 1


def test_another_issuer_under_the_same_name_opens_no_account(signing_in: None, reader: Client, issuer: str) -> None:
    """A site that changes what "Kestria ID" means does not hand out the accounts of the old one."""
    come_back(reader, agree(begin(reader)))
    SocialAccount.objects.update(uid="https://old.example#ada")
    other = Client()
    come_back(other, agree(begin(other)))
    assert other.session["_auth_user_id"] != reader.session["_auth_user_id"]


def test_a_long_subject_fits_and_stays_its_own() -> None:
    one, other = (identity_of("https://id.example", "s" * 255 + end) for end in "12")
    assert len(one) <= 191
    assert one != other


def test_no_more_is_asked_for_than_a_name(signing_in: None, reader: Client) -> None:
    scope = parse_qs(urlsplit(begin(reader)).query)["scope"][0]
    assert set(scope.split()) == {"openid", "profile"}


def test_without_accounts_by_e_mail_their_pages_lead_to_the_sign_in(signing_in: None, reader: Client) -> None:
    for page in ("login/", "signup/", "password/reset/", "email/", "2fa/totp/activate/"):
        response = reader.get(f"/accounts/{page}?next=/about/")
        assert (response.status_code, response["Location"]) == (302, "/replies/sign-in/?next=/about/")


def test_two_subjects_are_two_people(signing_in: None) -> None:
    for subject in ("ada", "bo"):
        client = Client()
        come_back(client, agree(begin(client), subject))
    assert User.objects.count() == 2


def test_the_request_carries_state_and_a_proof_key(signing_in: None, reader: Client) -> None:
    query = parse_qs(urlsplit(begin(reader)).query)
    assert len(query["state"][0]) >= 10
    assert query["code_challenge_method"] == ["S256"]
    assert query["code_challenge"]


def test_the_address_a_provider_names_opens_no_existing_account(signing_in: None, reader: Client, issuer: str) -> None:
    editor = User.objects.create_user("editor", "mallory@example.org", "a long pass phrase")
    httpx.put(f"{issuer}/users/mallory", json={"email": "mallory@example.org", "email_verified": True})
    come_back(reader, agree(begin(reader), "mallory"))
    assert reader.session["_auth_user_id"] != str(editor.pk)
    assert User.objects.get(pk=reader.session["_auth_user_id"]).email == ""


def test_a_refusal_signs_nobody_in(signing_in: None, reader: Client) -> None:
    refused = str(httpx.post(begin(reader), data={"action": "deny"}).headers["location"])
    assert "access_denied" in refused
    assert come_back(reader, refused).status_code == 401
    assert "_auth_user_id" not in reader.session


def test_a_swapped_state_signs_nobody_in(signing_in: None, reader: Client) -> None:
    mine, theirs = agree(begin(reader)), agree(begin(Client()), "mallory")
    come_back(reader, theirs)
    assert "_auth_user_id" not in reader.session
    come_back(reader, re.sub(r"state=[^&]+", "state=made-up", mine))
    assert "_auth_user_id" not in reader.session


def test_a_slipped_in_code_is_sent_with_the_readers_own_proof_key(
    signing_in: None, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A provider compares it with the challenge that came with the code, and refuses another browser's code."""
    sent: list[str] = []
    real = requests.Session.request

    def request(self: requests.Session, method: str, url: str, **given: Any) -> requests.Response:
        sent.append((given.get("data") or {}).get("code_verifier", ""))
        return real(self, method, url, **given)

    page = begin(reader)
    mine, theirs = agree(page), agree(begin(Client()), "mallory")
    monkeypatch.setattr(requests.Session, "request", request)
    code, state = (parse_qs(urlsplit(a).query)[k][0] for a, k in ((theirs, "code"), (mine, "state")))
    come_back(reader, f"{urlsplit(mine).path}?{urlencode({'code': code, 'state': state})}")
    challenge = parse_qs(urlsplit(page).query)["code_challenge"][0]
    verifier = next(filter(None, sent))
    assert base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=") == challenge


def test_a_code_works_once(signing_in: None, reader: Client) -> None:
    address = agree(begin(reader))
    come_back(reader, address)
    second = Client()
    come_back(second, address)
    assert "_auth_user_id" not in second.session
    reader.logout()
    come_back(reader, address)
    assert "_auth_user_id" not in reader.session


def test_a_provider_that_is_down_signs_nobody_in(signing_in: None, reader: Client, issuer: str) -> None:
    address = agree(begin(reader))
    expired = re.sub(r"code=[^&]+", "code=expired", address)
    assert come_back(reader, expired).status_code == 401
    assert "_auth_user_id" not in reader.session


def test_the_session_changes_with_the_sign_in(signing_in: None, reader: Client) -> None:
    address = agree(begin(reader))
    before = reader.session.session_key
    come_back(reader, address)
    assert reader.session.session_key != before


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_a_sign_in_leads_to_this_site_only(signing_in: None, reader: Client, onward: str) -> None:
    page = reader.get("/replies/sign-in/", {"next": onward}).content.decode()
    assert "evil.example" not in page.partition("<main")[2]
    assert "javascript:" not in page.partition("<main")[2]
    response = come_back(reader, agree(begin(reader, onward)))
    assert "evil" not in response["Location"]
    assert not response["Location"].startswith("javascript")


def test_a_draft_outlives_the_sign_in(signing_in: None, reader: Client, write: Any, article: Article) -> None:
    response = write(reader, button="sign_in", text="A thought worth keeping.")
    onward = parse_qs(urlsplit(response["Location"]).query)["next"][0]
    done = come_back(reader, agree(begin(reader, onward)))
    assert "A thought worth keeping." in reader.get(done["Location"]).content.decode()


def test_forms_may_lead_to_the_configured_provider_only(signing_in: None, reader: Client, issuer: str) -> None:
    policy = reader.get("/replies/sign-in/").headers["Content-Security-Policy"]
    form_action = next(part for part in policy.split(";") if "form-action" in part)
    assert form_action.split() == ["form-action", "'self'", issuer]


def test_nothing_to_sign_in_with_is_no_page(client: Client, db: None) -> None:
    assert client.get("/replies/sign-in/").status_code == 404
    assert client.get("/accounts/login/").status_code == 404


@pytest.mark.parametrize(
    "given",
    [
        {"ONRECORD_SIGN_IN_GOOGLE": "only-an-id"},
        {"ONRECORD_OIDC_PROVIDERS": "Name|https://id.example"},
        {"ONRECORD_OIDC_PROVIDERS": "Name|http://id.example|client|secret"},
        {"ONRECORD_OIDC_PROVIDERS": "A|https://a.example|c|s,a|https://b.example|c|s"},
    ],
)
def test_a_provider_that_cannot_work_is_refused_with_the_cure(given: dict[str, str]) -> None:
    with pytest.raises(SettingError, match=r"ONRECORD_|https"):
        providers(load(given))


def test_the_four_services_of_the_first_page_are_offered() -> None:
    given = {f"ONRECORD_SIGN_IN_{name}": "client:secret" for name in ("GOOGLE", "FACEBOOK", "X", "WORDPRESS")}
    assert [provider.name for provider in providers(load(given))] == ["Google", "Facebook", "X", "WordPress.com"]
