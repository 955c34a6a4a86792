"""A small site with one article to reply to, and a Chromium to look at it. People and places are made up.

Where ``ONRECORD_SCREENSHOTS`` names a folder, pictures of the pages go there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import clear_url_caches
from oidc_provider_mock import run_server_in_thread
from playwright.sync_api import Page

from factories import make_article
from onrecord.record.models import Article
from onrecord.replies import configure, learning, limits
from onrecord.replies.models import Policy, Reply
from onrecord.replies.signin import providers
from onrecord.replies.targets import open_thread, target_of
from onrecord.replies.urls import account_urls
from onrecord.settings import load
from onrecord.site.urls import urlpatterns
from web.browsing import RULES, picture


@pytest.fixture(autouse=True)
def _fresh(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing counted, nothing learnt, mail kept in memory."""
    shared = {"BACKEND": "onrecord.replies.shared_cache.SharedCache", "LOCATION": str(tmp_path / "cache.sqlite3")}
    settings.CACHES = {"default": shared}
    # Limits count within a minute; a test that ran over its end would count anew.
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: 1_900_000_000.0))
    monkeypatch.setattr(learning, "_site", learning.SiteFilter())
    settings.MAIL_WORKS = True
    settings.REPLY_RATE = 1_000
    settings.REPLY_FLOOD = 10_000


@pytest.fixture
def article(db: None) -> Article:
    return make_article(title="Harbour reopens")


@pytest.fixture
def open_site(db: None) -> Policy:
    return Policy.objects.create(mode=Policy.Mode.OPEN)


@pytest.fixture
def guest() -> Client:
    return Client(headers={"origin": "http://testserver"}, enforce_csrf_checks=True)


@pytest.fixture
def moderator(db: None) -> User:
    user = User.objects.create_user("mod", "mod@example.org", "a long pass phrase")
    user.groups.add(Group.objects.get_or_create(name="editor")[0])
    return user


@pytest.fixture
def desk(moderator: User) -> Client:
    """A moderator's browser."""
    client = Client(headers={"origin": "http://testserver"})
    client.force_login(moderator)
    return client


@pytest.fixture
def write(article: Article) -> Any:
    """``write(client, text=...)`` posts a reply under the article and returns the response."""

    def post(client: Client, /, button: str = "post", **fields: str) -> Any:
        form = {"name": "Ada Kestrel", "text": "The harbour was closed for nine days, not five.", **fields, button: "1"}
        return client.post(f"/replies/to/article/{article.public_id}/write/", form)

    return post


@pytest.fixture
def make_reply(article: Article) -> Any:
    def make(state: str = Reply.State.PUBLISHED, **fields: Any) -> Reply:
        thread = open_thread(target_of(article))
        fields = {"name": "Bo Marsh", "text": "Nine days, as the log shows.", **fields}
        return Reply.objects.create(thread=thread, state=state, **fields)

    return make


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def signing_in(issuer: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The site as it is with one provider configured."""
    given = {"ONRECORD_OIDC_PROVIDERS": f"Kestria ID|{issuer}|onrecord|secret"}
    yield from _configured(given, settings, monkeypatch)


@pytest.fixture
def accounts(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The site as it is with accounts by e-mail."""
    given = {"ONRECORD_SIGN_IN_EMAIL": "yes", "ONRECORD_MAIL": "smtp://localhost"}
    yield from _configured(given, settings, monkeypatch)


@pytest.fixture
def every_way(issuer: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The site as it is with accounts by e-mail and a provider."""
    given = {
        "ONRECORD_SIGN_IN_EMAIL": "yes",
        "ONRECORD_MAIL": "smtp://localhost",
        "ONRECORD_OIDC_PROVIDERS": f"Kestria ID|{issuer}|onrecord|secret",
    }
    yield from _configured(given, settings, monkeypatch)


def _configured(given: dict[str, str], settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    loaded = load(given)
    found = providers(loaded)
    settings.SIGN_IN_EMAIL = loaded.sign_in_email
    settings.SIGN_IN_PROVIDERS = found
    for name, value in configure.library_settings(loaded, found).items():
        if name.startswith(("SOCIALACCOUNT", "ACCOUNT", "MFA")):
            setattr(settings, name, value)
    urls = ModuleType("signing_in_urls")
    urls.urlpatterns = [*account_urls(by_email=loaded.sign_in_email), *urlpatterns]  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "signing_in_urls", urls)
    settings.ROOT_URLCONF = "signing_in_urls"
    clear_url_caches()
    yield
    clear_url_caches()


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    """Address of the running site."""
    settings.BASE_URL = live_server.url
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
    return str(live_server.url)


@pytest.fixture
def look() -> Callable[[Page, str], None]:
    """``look(page, name)``: axe finds nothing, nothing is wider than the screen; a picture where asked for.

    Axe needs scripts, so it leaves out pages named ``...-no-script``, which are seen with scripts elsewhere.
    """

    def look_at(page: Page, name: str) -> None:
        picture(page, f"replies-{name}")
        if not name.endswith("-no-script"):
            found = Axe().run(page, options=RULES)
            assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        width = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert page.evaluate(width), f"{name} is wider than the screen"

    return look_at
