"""The API put together: routes, errors in one form, limits."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, Throttled, ValidationError

from onrecord.errors import InputError
from onrecord.site.api.access import PerClient
from onrecord.site.api.reading import router as reading
from onrecord.site.api.writing import router as writing

DESCRIPTION = (
    "Who said what, when, to whom, and who denied it. Reading is open; writing takes the token of an editor, sent as "
    "`Authorization: Bearer onr_...`. Lists come in pages: `page` from 1, `size` up to 100. Every error has the form "
    '`{"code", "message", "fields"}`.'
)


class OpenAPI(NinjaAPI):
    """Whose answers to reading any page of any site may use."""

    def create_response(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().create_response(request, *args, **kwargs)
        if request.method in ("GET", "HEAD"):
            answer["Access-Control-Allow-Origin"] = "*"
        return answer


api = OpenAPI(
    title="onrecord",
    version="1.0.0",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    throttle=[PerClient()],
)
api.add_router("", reading, tags=["reading"])
api.add_router("", writing, tags=["writing"])


def problem(
    request: HttpRequest, status: int, code: str, message: str, fields: dict[str, str] | None = None
) -> HttpResponse:
    return api.create_response(request, {"code": code, "message": message, "fields": fields or {}}, status=status)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = {str(item["loc"][-1]): str(item["msg"]) for item in error.errors}
    return problem(request, 422, "invalid", "Some parameters cannot be read; see fields.", fields)


@api.exception_handler(InputError)
def refused(request: HttpRequest, error: InputError) -> HttpResponse:
    return problem(request, 400, error.code, str(error))


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(request, 404, "not_found", "There is nothing of this address in the record.")


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    answer = problem(request, 401, "token", "Send the token of an editor: Authorization: Bearer onr_...")
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(AuthorizationError)
def forbidden(request: HttpRequest, error: AuthorizationError) -> HttpResponse:
    return problem(request, 403, "role", "The role of this token's user does not allow this.")


@api.exception_handler(Throttled)
def too_often(request: HttpRequest, error: Throttled) -> HttpResponse:
    wait = int(error.wait or 1)
    answer = problem(request, 429, "too_often", f"Too many requests. Wait {wait} seconds.")
    answer["Retry-After"] = str(wait)
    return answer


@api.exception_handler(HttpError)
def other(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(request, error.status_code, "request", str(error))
