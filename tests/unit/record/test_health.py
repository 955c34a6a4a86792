from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from onrecord.errors import SettingError
from onrecord.record import jobs
from onrecord.record.actions.articles import store_record
from onrecord.record.database import database_config
from onrecord.record.health import check_record, mend
from onrecord.record.models import Article, SearchEntry, Statement
from onrecord.record.snapshots import SnapshotStore
from unit.record.builders import harbour, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path: Path, snapshots: SnapshotStore) -> Path:
    record = harbour()
    store_record(record, page(record), snapshots)
    return tmp_path


def wrong(home: Path) -> dict[str, str]:
    return {one.name: one.message for one in check_record(home, thorough=True) if not one.is_healthy}


def test_all_is_well(home: Path) -> None:
    assert wrong(home) == {}


def test_each_trouble_is_told_with_its_cure(home: Path) -> None:
    SearchEntry.objects.first().delete()  # type: ignore[union-attr]
    Statement.objects.filter(n=2).update(words="something else")
    for path in (home / "snapshots").glob("*"):
        path.unlink()
    found = wrong(home)
    assert set(found) == {"search", "statements", "snapshots"}
    assert "--mend" in found["search"]
    assert "backup" in found["snapshots"]
    mend()
    assert "search" not in wrong(home)


def test_reading_again_is_queued_once_for_each_article() -> None:
    store_record(harbour())
    assert jobs.queue_reading_again("hand-made-1") == 0
    assert jobs.queue_reading_again("hand-made-2") == 1
    assert jobs.queue_reading_again("hand-made-2") == 0
    assert jobs.queue().waiting == 1


def test_a_job_whose_worker_was_killed_is_put_back() -> None:
    article = store_record(harbour()).article
    assert isinstance(article, Article)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    host = socket.gethostname()[:40]
    for worker in (f"{host}/{ended.pid}", f"{host}/{os.getpid()}", f"elsewhere/{ended.pid}", "odd"):
        result = jobs.read_again.enqueue(article.public_id)
        DBTaskResult.objects.filter(id=result.id).update(status=TaskResultStatus.RUNNING, worker_ids=[worker])
    assert jobs.requeue_lost() == 1
    assert (jobs.queue().waiting, jobs.queue().running) == (1, 3)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("record.sqlite3", "/home/x/record.sqlite3"),
        ("sqlite:///a/b.db", "/home/x/a/b.db"),
        ("sqlite:////a/b.db", "/a/b.db"),
    ],
)
def test_sqlite_by_url(url: str, name: str) -> None:
    assert database_config(url, Path("/home/x"))["NAME"] == name


def test_postgres_by_url() -> None:
    made: dict[str, Any] = database_config("postgres://ada:s%2Fcret@db.example:5433/record?sslmode=require", Path())
    assert (made["USER"], made["PASSWORD"], made["HOST"], made["PORT"]) == ("ada", "s/cret", "db.example", "5433")
    assert made["OPTIONS"] == {"sslmode": "require"}
    assert database_config("postgres:///record?host=/run/pg", Path())["HOST"] == "/run/pg"


@pytest.mark.parametrize("url", ["mysql://x/y", "postgres://host", "sqlite://"])
def test_other_databases_are_refused_with_a_cure(url: str) -> None:
    with pytest.raises(SettingError, match="ONRECORD_DATABASE"):
        database_config(url, Path())


def test_the_settings_database_is_safe_to_write_at_once() -> None:
    if connection.vendor == "sqlite":
        options = database_config("x.sqlite3", Path())["OPTIONS"]
        assert options["transaction_mode"] == "IMMEDIATE"
        assert options["timeout"] >= 30
    else:
        assert connection.settings_dict["CONN_HEALTH_CHECKS"]
