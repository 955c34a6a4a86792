"""In a real Chromium: accounts by e-mail, second factors, passkeys and the pages of a provider's sign-in."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import User
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from onrecord.record.models import Article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("every_way")]

DESKTOP, PHONE = (1280, 900), (390, 844)
EMAIL, PASSWORD = "dana@example.org", "a long pass phrase of mine"

Look = Callable[[Page, str], None]


@pytest.fixture
def reader(transactional_db: None) -> User:
    """A reader with a verified address."""
    user = User.objects.create_user("dana", EMAIL, PASSWORD)
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    return user


def profile(browser: Browser, size: tuple[int, int] = DESKTOP, **options: Any) -> Page:
    return browser.new_context(viewport={"width": size[0], "height": size[1]}, **options).new_page()


def link(words: str, part: str) -> str:
    found = re.search(rf"http\S+{part}\S+", words)
    assert found, words
    return found.group()


def send(page: Page) -> None:
    """Press the main button of the page's first form that has one."""
    page.locator("main form button[type=submit], main form button:not([type])").first.click()


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/accounts/login/")
    page.locator("input[name=login]").fill(EMAIL)
    page.locator("input[name=password]").fill(PASSWORD)
    send(page)


def open_guarded(page: Page, address: str) -> None:
    """Open a page that asks for the password once more."""
    page.goto(address)
    page.locator("input[name=password]").fill(PASSWORD)
    send(page)


@pytest.mark.parametrize(("size", "script"), [(DESKTOP, True), (PHONE, False)])
def test_an_account_from_draft_to_second_factor(
    browser: Browser, site: str, article: Article, look: Look, size: tuple[int, int], script: bool
) -> None:
    kind = f"{'phone' if size == PHONE else 'desktop'}{'' if script else '-no-script'}"
    page = profile(browser, size, java_script_enabled=script)
    page.goto(site + article.get_absolute_url())
    page.get_by_label("Your reply", exact=True).fill("A thought worth keeping.")
    page.get_by_role("button", name="Sign in first").click()
    look(page, f"sign-in-{kind}")
    page.get_by_role("link", name="Make an account").click()
    page.locator("input[name=email]").fill(EMAIL)
    page.locator("input[name=password1]").fill("short")
    page.locator("input[name=password2]").fill("short")
    send(page)
    expect(page.locator(".errorlist").first).to_be_visible()
    look(page, f"account-sign-up-refused-{kind}")
    page.locator("input[name=password1]").fill(PASSWORD)
    page.locator("input[name=password2]").fill(PASSWORD)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Verify"))
    look(page, f"account-verify-{kind}")
    page.goto(link(str(mail.outbox[-1].body), "/confirm-email/"))
    look(page, f"account-confirm-{kind}")
    send(page)
    sign_in(page, site)
    expect(page.get_by_label("Your reply", exact=True)).to_have_value("A thought worth keeping.")
    expect(page.get_by_text("You are signed in.")).to_be_visible()

    page.goto(f"{site}/accounts/2fa/totp/activate/")
    look(page, f"account-password-again-{kind}")
    open_guarded(page, f"{site}/accounts/2fa/totp/activate/")
    look(page, f"account-totp-{kind}")
    assert page.evaluate("document.querySelector('.code-picture').naturalWidth") > 0, "the code picture is not shown"
    secret = page.locator("#authenticator_secret").input_value()
    page.locator("input[name=code]").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    send(page)
    page.wait_for_url(re.compile("recovery-codes"))
    look(page, f"account-recovery-codes-{kind}")
    code = page.locator("textarea").input_value().split()[0]
    page.goto(f"{site}/accounts/logout/")
    look(page, f"account-sign-out-{kind}")
    send(page)
    sign_in(page, site)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Two-Factor"))
    look(page, f"account-second-factor-{kind}")
    page.locator("input[name=code]").fill(code)
    send(page)
    page.goto(f"{site}/replies/my-data/")
    expect(page.get_by_role("button", name="Erase everything and the account")).to_be_visible()


def test_a_forgotten_password_is_set_anew(browser: Browser, site: str, reader: User, look: Look) -> None:
    page = profile(browser, PHONE)
    sign = profile(browser)
    sign.goto(f"{site}/accounts/login/")
    sign.locator("input[name=login]").fill(EMAIL)
    sign.locator("input[name=password]").fill("not the right one")
    send(sign)
    expect(sign.locator(".errorlist")).to_be_visible()
    look(sign, "account-login-refused")
    page.goto(f"{site}/accounts/password/reset/")
    look(page, "account-reset")
    page.locator("input[name=email]").fill(EMAIL)
    send(page)
    look(page, "account-reset-sent")
    page.goto(link(str(mail.outbox[-1].body), "/password/reset/key/"))
    look(page, "account-reset-key")
    page.locator("input[name=password1]").fill("another long pass phrase")
    page.locator("input[name=password2]").fill("another long pass phrase")
    send(page)
    look(page, "account-reset-done")
    page.goto(f"{site}/accounts/password/reset/key/1-bad-token/")
    look(page, "account-reset-bad")
    reader.refresh_from_db()
    assert reader.check_password("another long pass phrase")


def test_a_passkey_is_added_and_signs_in(browser: Browser, site: str, reader: User, look: Look, settings: Any) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    page = profile(browser)
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    able = {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, **able}})
    sign_in(page, site)
    open_guarded(page, f"{site}/accounts/2fa/webauthn/add/")
    look(page, "account-passkey-add")
    page.locator("input[name=name]").fill("My phone")
    page.locator("input[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(re.compile("recovery-codes|webauthn/$"))
    page.goto(f"{site}/accounts/2fa/webauthn/")
    expect(page.get_by_text("My phone")).to_be_visible()
    look(page, "account-passkeys")
    page.goto(f"{site}/accounts/logout/")
    send(page)
    page.goto(f"{site}/accounts/login/")
    look(page, "account-login-passkey")
    page.get_by_role("button", name=re.compile("passkey", re.IGNORECASE)).click()
    page.wait_for_url(re.compile("/replies/my-data/"))
    expect(page.get_by_role("button", name="Erase everything and the account")).to_be_visible()


def test_without_javascript_passkeys_say_what_they_need(browser: Browser, site: str, reader: User) -> None:
    page = profile(browser, PHONE, java_script_enabled=False)
    page.goto(f"{site}/accounts/login/")
    note = page.locator("noscript")
    expect(note).to_be_visible()
    assert note.text_content() == "This functionality requires JavaScript."


OUTSIDE = ("login/", "signup/", "password/reset/", "confirm-email/gone/", "oidc/kestria-id/login/")
PROVIDERS = ("3rdparty/login/cancelled/", "3rdparty/login/error/", "inactive/")
WITHIN = ("email/", "password/change/", "3rdparty/", "2fa/", "2fa/webauthn/", "2fa/webauthn/add/", "logout/")
GUARDED = ("2fa/recovery-codes/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/", "reauthenticate/")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("locale", "size"), [("en-GB", DESKTOP), ("de-DE", PHONE), ("fr-FR", PHONE), ("fa-IR", PHONE), ("fa-IR", DESKTOP)]
)
def test_every_account_page_is_accessible_in_every_language(
    browser: Browser, site: str, reader: User, look: Look, locale: str, size: tuple[int, int]
) -> None:
    page = profile(browser, size, locale=locale)
    kind = f"{locale[:2]}-{'phone' if size == PHONE else 'desktop'}"
    for where in OUTSIDE + PROVIDERS:
        page.goto(f"{site}/accounts/{where}")
        assert page.locator(".masthead").count() == 1, f"{where} is not a page of the site"
        look(page, f"account-{where.strip('/').replace('/', '-')}-{kind}")
    TOTP.activate(reader, "JBSWY3DPEHPK3PXP")
    codes = RecoveryCodes.activate(reader)
    sign_in(page, site)
    page.locator("input[name=code]").fill(codes.get_unused_codes()[0])
    send(page)
    page.wait_for_url(re.compile("/replies/my-data/"))
    open_guarded(page, f"{site}/accounts/2fa/recovery-codes/")
    for where in WITHIN + GUARDED:
        page.goto(f"{site}/accounts/{where}")
        look(page, f"account-{where.strip('/').replace('/', '-')}-{kind}")
    assert Authenticator.objects.count() == 2
