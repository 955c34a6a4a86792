"""The queue of work: what is in it, and the worker that does it (``onrecord work``).

Jobs are Django tasks in the database. A job may be done twice (its worker was killed after the work and before the
note that it is done), which changes nothing: every job here is one that can be repeated.
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from onrecord.record.models import Article


@task()
def read_again(public_id: str) -> str:
    """Read an article again with today's model; returns what became of it."""
    # Imported here: the web process imports this module to queue jobs and must not load a model for it.
    from onrecord.record.ingest import reread

    article = Article.objects.select_related("current", "outlet", "credited_outlet").get(public_id=public_id)
    return str(reread(article).outcome)


def queue_reading_again(model: str) -> int:
    """Queue every article that another model than this one has read; returns how many."""
    outdated = Article.objects.exclude(current__model=model).order_by("pk").values_list("public_id", flat=True)
    waiting = {args["args"][0] for args in _waiting(read_again.module_path)}
    queued = 0
    for public_id in outdated.iterator(chunk_size=500):
        if public_id not in waiting:
            read_again.enqueue(public_id)
            queued += 1
    return queued


def _waiting(path: str) -> list[dict[str, Any]]:
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=path)
    return list(ready.values_list("args_kwargs", flat=True))


@dataclass(frozen=True, slots=True)
class Queue:
    """How many jobs wait, run and have failed."""

    waiting: int
    running: int
    failed: int


def queue() -> Queue:
    jobs = DBTaskResult.objects
    return Queue(
        waiting=jobs.filter(status=TaskResultStatus.READY).count(),
        running=jobs.filter(status=TaskResultStatus.RUNNING).count(),
        failed=jobs.filter(status=TaskResultStatus.FAILED).count(),
    )


def worker_id() -> str:
    """Names this process: machine and process number."""
    return f"{socket.gethostname()[:40]}/{os.getpid()}"


def requeue_lost() -> int:
    """Put jobs back whose worker on this machine was killed in the middle; returns how many."""
    lost = 0
    with transaction.atomic():
        for job in DBTaskResult.objects.select_for_update().filter(status=TaskResultStatus.RUNNING):
            if job.worker_ids and _is_gone(job.worker_ids[-1]):
                job.status, job.started_at = TaskResultStatus.READY, None
                job.save(update_fields=["status", "started_at"])
                lost += 1
    return lost


def work(*, until_empty: bool = False, interval: float = 1.0) -> None:
    """Do jobs as they come, until stopped or, with ``until_empty``, until none is left."""
    from django_tasks_db.management.commands.db_worker import Worker

    requeue_lost()
    worker = Worker(
        queue_names=["*"],
        interval=interval,
        batch=until_empty,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id(),
        excluded_queue_names=[],
    )
    worker.configure_signals()
    worker.run()


def _is_gone(worker: str) -> bool:
    host, _, process = worker.rpartition("/")
    if host != socket.gethostname()[:40] or not process.isdigit() or int(process) == os.getpid():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
