"""The site under test: plain static files, no database of anyone's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Any, tmp_path: Path) -> None:
    """Without a manifest, which only a started server has collected."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.BASE_URL = "http://testserver"
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]


@pytest.fixture
def story(db: None) -> None:
    """The invented story of :func:`factories.make_story`."""
    from factories import make_story

    make_story()
