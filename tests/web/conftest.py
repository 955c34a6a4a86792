"""The site under test: plain static files, no database of anyone's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from web.browsing import CHROMIUM, FLAGS


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Any, tmp_path: Path) -> None:
    """Without a manifest, which only a started server has collected."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # Not the file that processes share: tests run in several of them.
    own = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    settings.CACHES = {"default": own}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STATIC_ROOT = tmp_path
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.BASE_URL = "http://testserver"
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}; set ONRECORD_CHROMIUM")
    # Playwright runs an event loop in this thread, which Django takes for asynchronous code calling the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def story(db: None) -> None:
    """The invented story of :func:`factories.make_story`."""
    from factories import make_story

    make_story()


@pytest.fixture
def editor(db: None) -> Any:
    """An account with the role of an editor."""
    return _account("ada", "editor")


@pytest.fixture
def owner(db: None) -> Any:
    return _account("olga", "owner")


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Rate limits of one test are not the next one's."""
    from django.core.cache import cache

    cache.clear()


def _account(name: str, role: str) -> Any:
    from django.contrib.auth.models import User

    from onrecord.site.roles import give_role

    user = User.objects.create_user(name, password="correct horse battery")
    give_role(user, role)
    return user
