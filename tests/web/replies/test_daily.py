"""Retention runs by itself, through the queue or without a worker, and says when it did."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from onrecord.record import jobs
from onrecord.replies import daily, health
from onrecord.replies.models import RetentionRun
from onrecord.site.jobs import recent_jobs

pytestmark = pytest.mark.django_db(transaction=True)
LONG_AGO = timedelta(days=100)


def test_a_worker_does_what_was_queued(make_reply: Any) -> None:
    old = make_reply(network="198.51.100.0/24", created_at=timezone.now() - LONG_AGO)
    assert not daily.see_to_it(timezone.now())
    assert [job.about for job in recent_jobs()] == ["deletion of what is past its time"]
    jobs.work(until_empty=True)
    old.refresh_from_db()
    assert old.network == ""
    assert RetentionRun.objects.get().did["networks"] == 1
    assert [job.status for job in recent_jobs()] == ["done"]


def test_it_is_queued_once_and_not_again_on_the_same_day() -> None:
    for _ in range(3):
        daily.see_to_it(timezone.now())
    assert DBTaskResult.objects.count() == 1
    jobs.work(until_empty=True)
    daily.see_to_it(timezone.now() + timedelta(hours=19))
    assert DBTaskResult.objects.count() == 1
    daily.see_to_it(timezone.now() + timedelta(hours=21))
    assert DBTaskResult.objects.count() == 2


def test_without_a_worker_the_web_process_does_it(make_reply: Any) -> None:
    spam = make_reply("spam", text="buy", created_at=timezone.now() - LONG_AGO)
    now = timezone.now()
    assert not daily.see_to_it(now)
    assert not daily.see_to_it(now + timedelta(minutes=30))
    assert daily.see_to_it(now + timedelta(hours=2))
    assert daily.do_waiting()
    assert not daily.do_waiting(), "another process that looks at the same moment finds nothing to do"
    spam.refresh_from_db()
    assert spam.text == ""


def test_a_look_follows_a_request_once_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[Any] = []

    def look(now: Any) -> bool:
        looks.append(now)
        return False

    monkeypatch.setattr(daily, "see_to_it", look)
    monkeypatch.setattr(daily, "_next_look", 0.0)
    for _ in range(5):
        daily.after_request()
    assert len(looks) == 1
    monkeypatch.setattr(daily, "_next_look", 0.0)
    daily.after_request()
    assert len(looks) == 2


def test_a_worker_that_was_killed_does_not_stop_it_for_good() -> None:
    daily.see_to_it(timezone.now())
    DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now())
    daily.see_to_it(timezone.now())
    assert DBTaskResult.objects.count() == 1
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(days=1))
    daily.see_to_it(timezone.now())
    assert DBTaskResult.objects.count() == 2


def test_the_check_says_when_it_ran_and_warns_when_it_is_overdue(make_reply: Any) -> None:
    now = timezone.now()
    assert health.check_retention(now).is_healthy, "a new site has nothing to delete"
    make_reply(created_at=now - timedelta(days=3))
    never = health.check_retention(now)
    assert not never.is_healthy
    assert "onrecord work" in never.message
    RetentionRun.objects.create(at=now - timedelta(hours=30))
    assert health.check_retention(now).is_healthy
    assert "30 hours ago" in health.check_retention(now).message
    assert not health.check_retention(now + timedelta(days=1)).is_healthy


def test_the_privacy_page_says_when_it_was_done(client: Client) -> None:
    assert "nothing has been kept that long yet" in client.get("/privacy/replies/").content.decode()
    RetentionRun.objects.create(at=timezone.now().replace(year=2031, month=7, day=14))
    assert "July 14, 2031" in client.get("/privacy/replies/").content.decode()
