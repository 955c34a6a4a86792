"""What the site leaves to ``onrecord work``: pages to read, exports to import. The web process itself reads nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import Http404
from django_tasks_db.models import DBTaskResult

from onrecord.errors import InputError
from onrecord.record.storable import web_url
from onrecord.site.tasks import read_source

MOST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work in the queue, as pages and API show it."""

    id: str
    about: str
    """The address or file it is about."""
    status: str
    """``waiting``, ``running``, ``done`` or ``failed``."""
    message: str
    since: datetime


_OWN_WORK = {"onrecord.replies.daily.delete_what_is_past_its_time": "deletion of what is past its time"}
"""Jobs that are about no page: what they are called."""
_STATUS = {"READY": "waiting", "RUNNING": "running", "SUCCESSFUL": "done", "FAILED": "failed"}


def submit_url(url: str) -> Job:
    """Queue a page for reading.

    Raises:
        InputError: it is no http or https address. Whether the host may be fetched at all (private networks,
            robots.txt) is decided by the worker, at the moment it connects.
    """
    checked = web_url(url.strip())
    if not checked:
        raise InputError(f"{url[:200]!r} is no web address. Give an http or https URL.", code="url")
    return _job(read_source.enqueue(checked, "auto").id)


def submit_import(path: Path) -> Job:
    """Queue a WordPress export for import."""
    return _job(read_source.enqueue(str(path), "wxr").id)


def find_job(job_id: str) -> Job:
    """A job by its id.

    Raises:
        Http404: there is none.
    """
    try:
        return _job(str(UUID(job_id)))
    except (ValueError, DBTaskResult.DoesNotExist):
        raise Http404("There is no such job.") from None


def recent_jobs() -> list[Job]:
    """The newest jobs first."""
    return [_shown(row) for row in DBTaskResult.objects.order_by("-enqueued_at")[:MOST_SHOWN]]


def _job(job_id: str) -> Job:
    return _shown(DBTaskResult.objects.get(pk=job_id))


def _shown(row: DBTaskResult[Any, Any]) -> Job:
    result = row.return_value if isinstance(row.return_value, str) else ""
    return Job(
        id=str(row.pk),
        about=_about(row),
        status=_STATUS.get(str(row.status), "waiting"),
        message=result or ("It could not be done; the log of the worker says why." if row.status == "FAILED" else ""),
        since=row.finished_at or row.started_at or row.enqueued_at,
    )


def _about(row: DBTaskResult[Any, Any]) -> str:
    arguments = row.args_kwargs.get("args", [])
    if not arguments:
        return _OWN_WORK.get(row.task_path, str(row.task_path))
    first = str(arguments[0])
    return Path(first).name if first.startswith("/") else first
