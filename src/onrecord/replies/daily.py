"""What the reply section does by itself every day: retention.

No timer and no cron: answering requests is what tells the time. After a request, once an hour, each web process looks
whether a run is due and puts it into the queue that ``onrecord work`` works off. Where no worker takes it within an
hour, the web process does it itself, beside the requests. :mod:`onrecord.site.wsgi` calls :func:`watch`.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime, timedelta
from typing import Any

from django.core.signals import request_finished
from django.db import DatabaseError, close_old_connections, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from onrecord.replies.retention import enforce, last_run

log = logging.getLogger(__name__)

DUE_AFTER = timedelta(hours=20)
"""With the looks an hour apart and the hour that a worker is given, this makes a run a day."""
OVERDUE_AFTER = timedelta(hours=48)
WORKER_HAS = timedelta(hours=1)
_JOBS_KEPT = timedelta(days=30)
_LOOK_EVERY = 3_600.0

_lock = threading.Lock()
_next_look = 0.0


def watch() -> None:
    """From now on look after requests of this process."""
    request_finished.connect(after_request, dispatch_uid="onrecord.replies.daily")


@task()
def delete_what_is_past_its_time() -> str:
    """The job in the queue; returns what was deleted, in words."""
    kept = enforce()
    _jobs().filter(finished_at__lt=timezone.now() - _JOBS_KEPT).delete()
    return ", ".join(f"{name} {number}" for name, number in kept.to_dict().items())


def after_request(**_: Any) -> None:
    """Look, once an hour in each process, whether something is due. Never fails the request it follows."""
    global _next_look
    now = time.monotonic()
    with _lock:
        if now < _next_look:
            return
        _next_look = now + _LOOK_EVERY
    try:
        if see_to_it(timezone.now()):
            threading.Thread(target=_do_it_here, name="retention", daemon=True).start()
    except DatabaseError as error:
        log.warning("retention was not queued: %s", error)


def see_to_it(now: datetime) -> bool:
    """Queue a run that is due. True where one has waited so long that no worker seems to run."""
    last = last_run()
    if last is not None and now - last < DUE_AFTER:
        return False
    waiting = _waiting().order_by("enqueued_at").first()
    if waiting is None:
        # One that has run for most of a day has lost its worker.
        if not _jobs().filter(status=TaskResultStatus.RUNNING, started_at__gt=now - DUE_AFTER).exists():
            delete_what_is_past_its_time.enqueue()
        return False
    return bool(now - waiting.enqueued_at >= WORKER_HAS)


def _do_it_here() -> None:
    try:
        do_waiting()
    except DatabaseError as error:
        log.warning("retention was not done: %s", error)
    finally:
        close_old_connections()


@transaction.atomic
def do_waiting() -> bool:
    """Take the waiting run out of the queue and do it; false where another process was quicker."""
    if not _waiting().delete()[0]:
        return False
    enforce()
    return True


def _jobs() -> Any:
    return DBTaskResult.objects.filter(task_path=delete_what_is_past_its_time.module_path)


def _waiting() -> Any:
    return _jobs().filter(status=TaskResultStatus.READY)
