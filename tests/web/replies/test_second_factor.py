"""The staff's own sign-in asks for the second factor of an account that has one."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.models import User
from django.test import Client

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
ACCOUNT = {"username": "ada", "password": "a long pass phrase of mine"}


@pytest.fixture
def editor() -> User:
    user = User.objects.create_user(**ACCOUNT)
    TOTP.activate(user, SECRET)
    return user


@pytest.mark.usefixtures("accounts")
def test_the_password_alone_does_not_open_the_staffs_pages(client: Client, editor: User) -> None:
    answer = client.post("/staff/login/?next=/staff/history/", ACCOUNT)
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert "_auth_user_id" not in client.session
    assert client.get("/staff/")["Location"].startswith("/staff/login/")
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in client.session
    counter = next(iter(yield_hotp_counters_from_time()))
    answer = client.post("/accounts/2fa/authenticate/", {"code": format_hotp_value(hotp_value(SECRET, counter))})
    assert answer["Location"] == "/staff/history/"
    assert client.session["_auth_user_id"] == str(editor.pk)


def test_where_its_page_is_closed_the_account_stays_shut_and_the_way_out_is_named(client: Client, editor: User) -> None:
    answer = client.post("/staff/login/", ACCOUNT)
    assert "ONRECORD_SIGN_IN_EMAIL" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_an_account_without_one_signs_in_as_before(client: Client) -> None:
    user = User.objects.create_user(**ACCOUNT)
    client.post("/staff/login/", ACCOUNT)
    assert client.session["_auth_user_id"] == str(user.pk)
