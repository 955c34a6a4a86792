"""An Akismet-compatible endpoint (API 1.1), so that other blogs can use this site's filter. Off until keys are set.

A key belongs to one blog: ``ONRECORD_AKISMET_KEYS_OF_OTHERS=key1,key2``. Nothing that is asked is stored; what
other blogs report is not learnt from, so that nobody from outside steers this site's filter.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from onrecord.replies.learning import site_filter
from onrecord.replies.limits import MINUTE, Limit, is_over
from onrecord.spam import Submission

_LONGEST = 20_000
_SURE = 0.98


@csrf_exempt
@require_POST
def verify_key(request: HttpRequest) -> HttpResponse:
    return _plain("valid" if _is_known(request.POST.get("key", "")) else "invalid")


@csrf_exempt
@require_POST
def comment_check(request: HttpRequest) -> HttpResponse:
    """``true`` for spam, ``false`` for the rest; ``X-akismet-pro-tip: discard`` where the filter is very sure."""
    refused = _refuse(request)
    if refused:
        return refused
    verdict = site_filter().judge(
        Submission(
            text=request.POST.get("comment_content", "")[:_LONGEST],
            name=request.POST.get("comment_author", "")[:200],
            website=request.POST.get("comment_author_url", "")[:300],
        )
    )
    response = _plain("true" if verdict.action != "publish" else "false")
    if verdict.action == "spam" and verdict.probability >= _SURE:
        response["X-akismet-pro-tip"] = "discard"
    if verdict.reasons:
        with override("en"):
            response["X-onrecord-reasons"] = " ".join(verdict.reasons)
    return response


@csrf_exempt
@require_POST
def submit(request: HttpRequest) -> HttpResponse:
    """Thanked for, as the protocol asks, and not learnt from."""
    return _refuse(request) or _plain("Thanks for making the web a better place.")


def _refuse(request: HttpRequest) -> HttpResponse | None:
    key = request.POST.get("api_key", "")
    if not _is_known(key):
        response = _plain("invalid")
        response["X-akismet-debug-help"] = "This key is not known here."
        return response
    if is_over(Limit("akismet", 600, MINUTE), key):
        response = _plain("invalid", status=429)
        response["Retry-After"] = str(MINUTE)
        return response
    if not request.POST.get("comment_content"):
        response = _plain("invalid")
        response["X-akismet-debug-help"] = 'Empty "comment_content" value'
        return response
    return None


def _is_known(key: str) -> bool:
    return any(secrets.compare_digest(key.encode(), known.encode()) for known in settings.AKISMET_KEYS_OF_OTHERS)


def _plain(words: str, status: int = 200) -> HttpResponse:
    return HttpResponse(words, content_type="text/plain; charset=utf-8", status=status)
