"""A small site with one article to reply to. People and places are made up."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.test import Client
from django.urls import clear_url_caches, include, path
from oidc_provider_mock import run_server_in_thread

from factories import make_article
from onrecord.record.models import Article
from onrecord.replies import configure, learning, limits
from onrecord.replies.models import Policy, Reply
from onrecord.replies.signin import providers
from onrecord.replies.targets import open_thread, target_of
from onrecord.settings import load
from onrecord.site.urls import urlpatterns

ORIGIN = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture(autouse=True)
def _fresh(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing counted, nothing learnt, mail kept in memory."""
    cache.clear()
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
    given = load({"ONRECORD_OIDC_PROVIDERS": f"Kestria ID|{issuer}|onrecord|secret"})
    found = providers(given)
    settings.SIGN_IN_PROVIDERS = found
    for name, value in configure.library_settings(given, found).items():
        if name.startswith(("SOCIALACCOUNT", "ACCOUNT")):
            setattr(settings, name, value)
    urls = ModuleType("signing_in_urls")
    urls.urlpatterns = [path("accounts/", include("allauth.urls")), *urlpatterns]  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "signing_in_urls", urls)
    settings.ROOT_URLCONF = "signing_in_urls"
    clear_url_caches()
    yield
    clear_url_caches()
