"""Writing: with the token of an editor. Each change goes through the same action as on the staff pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router
from ninja.responses import Status

from onrecord.record.actions import statements as actions
from onrecord.record.actions.editor import Editor
from onrecord.record.models import Statement, StatementChange
from onrecord.record.readings import CorrectionError
from onrecord.site import jobs
from onrecord.site.api import shaping
from onrecord.site.api.access import EditorToken
from onrecord.site.api.schemas import (
    ChangeOut,
    CorrectionIn,
    NoteIn,
    Problem,
    SubmissionIn,
    SubmissionOut,
    WhyIn,
)
from onrecord.site.models import ApiToken

router = Router(auth=EditorToken())

_PROBLEMS: Mapping[int, Any] = {400: Problem, 401: Problem, 404: Problem, 422: Problem, 429: Problem}


@router.post("/submissions", response={202: SubmissionOut, **_PROBLEMS}, summary="Submit a page")
def submit(request: HttpRequest, data: SubmissionIn) -> Status[dict[str, Any]]:
    """Have a page read. It waits in the queue until ``onrecord work`` takes it."""
    job = jobs.submit_url(data.url)
    return Status(202, _submission(job))


@router.get("/submissions/{job_id}", response={200: SubmissionOut, **_PROBLEMS}, summary="What became of a page")
def submission(request: HttpRequest, job_id: str) -> dict[str, Any]:
    """Whether a submitted page waits, is being read, is read, or could not be."""
    return _submission(jobs.find_job(job_id))


@router.post("/statements/{address}/corrections", response={201: ChangeOut, **_PROBLEMS}, summary="Correct a field")
def correct(request: HttpRequest, address: str, data: CorrectionIn) -> Status[dict[str, Any]]:
    """Correct one field of a statement. The old value stays in its public history."""
    change = actions.correct(_statement(address), data.field, data.value, _editor(request), data.why)
    if change is None:
        raise CorrectionError("The statement has this value already. Nothing was changed.")
    return Status(201, shaping.change(change))


@router.post(
    "/statements/{address}/confirmation", response={201: ChangeOut, **_PROBLEMS}, summary="Confirm a statement"
)
def confirm(request: HttpRequest, address: str, data: NoteIn) -> Status[dict[str, Any]]:
    """Say that a statement is right as it stands."""
    return Status(201, shaping.change(actions.confirm(_statement(address), _editor(request), data.why)))


@router.post("/statements/{address}/withdrawal", response={201: ChangeOut, **_PROBLEMS}, summary="Withdraw a statement")
def withdraw(request: HttpRequest, address: str, data: WhyIn) -> Status[dict[str, Any]]:
    """Take a statement off every list. Its page stays and says why."""
    return Status(201, shaping.change(actions.withdraw(_statement(address), _editor(request), data.why)))


@router.post("/changes/{change_id}/undo", response={200: ChangeOut, **_PROBLEMS}, summary="Take a change back")
def undo(request: HttpRequest, change_id: int, data: NoteIn) -> dict[str, Any]:
    """Undo a correction, confirmation or withdrawal. It stays in the history, marked as taken back."""
    if change_id >= 2**63:
        # More than a database's key can be.
        raise Http404
    change = get_object_or_404(StatementChange, pk=change_id)
    return shaping.change(actions.undo(change, _editor(request), data.why))


def _statement(address: str) -> Statement:
    return get_object_or_404(Statement, address=address.replace("\x00", ""))


def _editor(request: HttpRequest) -> Editor:
    token = cast(ApiToken, request.auth)  # type: ignore[attr-defined]
    return Editor(name=token.user.get_full_name() or token.user.get_username(), user=token.user)


def _submission(job: jobs.Job) -> dict[str, Any]:
    return {"id": job.id, "status": job.status, "url": job.about, "message": job.message}
