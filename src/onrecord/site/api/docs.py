"""The API's own page: every operation from the OpenAPI document, with an example that works."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onrecord.site.api.app import DESCRIPTION, api
from onrecord.site.links import absolute

EXAMPLES: dict[str, str] = {
    "GET /api/v1/statements": "?q=talks&denies=true&size=5",
    "GET /api/v1/articles": "?published_from=2019-01-01&size=5",
    "GET /api/v1/people": "?starts=a",
    "GET /api/v1/outlets": "",
    "GET /api/v1/topics": "",
}
"""Operation -> query string of an example; the tests send each."""
BODIES: dict[str, str] = {
    "POST /api/v1/submissions": '{"url": "https://news.example/story"}',
    "POST /api/v1/statements/{address}/corrections": (
        '{"field": "said_on", "value": "2019-07-14", "why": "The article says Sunday."}'
    ),
    "POST /api/v1/statements/{address}/confirmation": "{}",
    "POST /api/v1/statements/{address}/withdrawal": '{"why": "Not a statement in the text"}',
    "POST /api/v1/changes/{change_id}/undo": "{}",
}


@dataclass(frozen=True, slots=True)
class Operation:
    method: str
    path: str
    summary: str
    description: str
    parameters: list[dict[str, Any]] = field(default_factory=list)
    example: str = ""


def api_docs(request: HttpRequest) -> HttpResponse:
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    operations = [
        _operation(method.upper(), path, details)
        for path, methods in schema["paths"].items()
        for method, details in methods.items()
    ]
    return render(
        request, "site/api.html", {"operations": operations, "description": DESCRIPTION.replace("`", ""), "nav": "api"}
    )


def _operation(method: str, path: str, details: dict[str, Any]) -> Operation:
    return Operation(
        method=method,
        path=path,
        summary=details.get("summary", ""),
        description=details.get("description", "").replace("``", ""),
        parameters=[p for p in details.get("parameters", []) if p["in"] == "query"],
        example=_example(f"{method} {path}", path),
    )


def _example(name: str, path: str) -> str:
    url = absolute(path)
    if name in BODIES:
        return (
            f"curl -X POST {url} \\\n  -H 'Authorization: Bearer onr_…' -H 'Content-Type: application/json' \\\n"
            f"  -d '{BODIES[name]}'"
        )
    query = EXAMPLES.get(name)
    return f"curl '{url}{query}'" if query else f"curl {url}"
