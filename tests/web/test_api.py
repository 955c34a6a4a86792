"""The API: what it gives, who may write, how often one may ask, and that its documentation is true."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from factories import make_statement
from onrecord.record.models import Outlet, Person, Statement, StatementChange, Topic
from onrecord.site.api.docs import BODIES, EXAMPLES
from onrecord.site.models import make_token

pytestmark = pytest.mark.django_db


def get(client: Client, path: str, status: int = 200) -> Any:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.content)
    return answer.json()


def bearer(user: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {make_token(user, 'test')[1]}"}


def post(client: Client, path: str, data: Any, headers: dict[str, str] | None = None) -> Any:
    return client.post(path, json.dumps(data), content_type="application/json", headers=headers or {})


def test_search_gives_the_same_as_the_page(client: Client, story: None) -> None:
    found = get(client, "/api/v1/statements?denies=true&q=norland&person=Tomas+Orrel")
    assert found["total"] == 3
    html = client.get("/search/?denies=yes&q=norland&person=Tomas+Orrel").content.decode()
    assert all(item["url"].removeprefix("http://testserver") in html for item in found["items"])


def test_a_statement_comes_with_its_speaker_date_denial_history_and_citation(client: Client, story: None) -> None:
    known = Statement.objects.get(words__startswith="“Kestria is engaged", article__original=None)
    found = get(client, f"/api/v1/statements/{known.address}")
    assert found["speaker"]["person"]["slug"] == "tomas-orrel"
    assert found["said_on"]["edtf"] == "2031-07-13"
    assert found["said_on"]["words"] == "on Sunday"
    assert found["denies"]["claimed_by"] == "reports"
    assert found["citation"]["bibtex"].startswith("@misc{")
    assert found["original"].startswith("https://news.example/")
    assert "#:~:text=" in found["original"]


def test_text_is_given_only_where_the_licence_allows(client: Client, story: None) -> None:
    for outlet, shown in (("the-aldane-courier", True), ("harbour-wire", False)):
        article = get(client, f"/api/v1/articles?outlet={outlet}")["items"][0]
        assert (get(client, f"/api/v1/articles/{article['id']}")["text"] is not None) is shown


def test_lists_come_in_pages(client: Client, story: None) -> None:
    first = get(client, "/api/v1/statements?size=4")
    second = get(client, "/api/v1/statements?size=4&page=2")
    assert first["has_next"]
    assert {s["address"] for s in first["items"]}.isdisjoint(s["address"] for s in second["items"])
    assert get(client, "/api/v1/people?size=2&page=99")["items"] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/statements?size=1000", 422),
        ("/api/v1/statements?act=shout", 422),
        ("/api/v1/statements?q=act:shout", 400),
        ("/api/v1/statements?said_from=2031-07&said_to=2030", 400),
        ("/api/v1/statements/nothing", 404),
        ("/api/v1/people/%00", 404),
    ],
)
def test_what_cannot_be_answered_says_why_in_one_form(client: Client, db: None, path: str, status: int) -> None:
    assert get(client, path, status).keys() == {"code", "message", "fields"}


def test_nobody_writes_without_a_token_of_an_editor(client: Client, editor: Any) -> None:
    statement = make_statement()
    path = f"/api/v1/statements/{statement.address}/withdrawal"
    assert post(client, path, {"why": "x"}).status_code == 401
    assert post(client, path, {"why": "x"}, {"Authorization": "Bearer onr_guess"}).status_code == 401
    client.force_login(editor)
    assert post(client, path, {"why": "x"}).status_code == 401, "a session is no token: that would need CSRF protection"
    headers = bearer(editor)
    editor.groups.clear()
    assert post(client, path, {"why": "x"}, headers).status_code == 401, "the role counts as it is now"
    assert not StatementChange.objects.exists()


def test_a_revoked_token_no_longer_works(client: Client, editor: Any) -> None:
    headers = bearer(editor)
    token = editor.api_tokens.get()
    client.force_login(editor)
    client.post(f"/staff/tokens/{token.pk}/revoke/")
    assert post(client, "/api/v1/submissions", {"url": "https://news.example/"}, headers).status_code == 401


def test_corrections_are_logged_in_the_name_of_the_tokens_user_and_can_be_taken_back(
    client: Client, editor: Any
) -> None:
    statement = make_statement(said_on="2031-07-12")
    headers = bearer(editor)
    correction = {"field": "said_on", "value": "2031-07-13", "why": "The article says Sunday."}
    made = post(client, f"/api/v1/statements/{statement.address}/corrections", correction, headers)
    assert made.status_code == 201, made.content
    assert made.json()["by"] == "ada"
    assert get(client, f"/api/v1/statements/{statement.address}")["said_on"]["edtf"] == "2031-07-13"
    again = post(client, f"/api/v1/statements/{statement.address}/corrections", correction, headers)
    assert again.status_code == 400
    undone = post(client, f"/api/v1/changes/{made.json()['id']}/undo", {"why": "Saturday after all"}, headers)
    assert undone.status_code == 200
    assert get(client, f"/api/v1/statements/{statement.address}")["said_on"]["edtf"] == "2031-07-12"


def test_a_submitted_page_waits_in_the_queue(client: Client, editor: Any) -> None:
    headers = bearer(editor)
    answer = post(client, "/api/v1/submissions", {"url": "https://news.example/story"}, headers)
    assert answer.status_code == 202
    assert answer.json()["status"] == "waiting"
    found = client.get(f"/api/v1/submissions/{answer.json()['id']}", headers=headers).json()
    assert found["url"] == "https://news.example/story"


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "javascript:alert(1)", "ftp://news.example/", "news.example", ""]
)
def test_only_web_addresses_are_queued(client: Client, editor: Any, url: str) -> None:
    assert post(client, "/api/v1/submissions", {"url": url}, bearer(editor)).status_code == 400


def test_one_client_may_ask_so_often_and_no_header_makes_it_another(client: Client, db: None, settings: Any) -> None:
    settings.API_RATE = 3
    for _ in range(3):
        get(client, "/api/v1/outlets")
    answer = client.get("/api/v1/outlets", headers={"X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) >= 1
    assert client.get("/api/v1/outlets", REMOTE_ADDR="198.51.100.7").status_code == 200


def test_reading_is_open_to_other_sites_and_writing_is_not(client: Client, editor: Any) -> None:
    assert client.get("/api/v1/outlets")["Access-Control-Allow-Origin"] == "*"
    answer = post(client, "/api/v1/submissions", {"url": "https://news.example/"}, bearer(editor))
    assert "Access-Control-Allow-Origin" not in answer


def test_every_documented_example_works(client: Client, story: None, editor: Any) -> None:
    html = client.get("/api/v1/docs").content.decode()
    for name, query in EXAMPLES.items():
        assert name in html
        get(client, name.removeprefix("GET ") + query)
    headers = bearer(editor)
    statement = make_statement(said_on="2031-07-12")
    change = ""
    for name, body in BODIES.items():
        assert name in html
        path = name.removeprefix("POST ").format(address=statement.address, change_id=change)
        answer = post(client, path, json.loads(body), headers)
        assert answer.status_code in (200, 201, 202), (name, answer.content)
        change = answer.json()["id"]


def test_each_single_thing_has_its_address(client: Client, story: None) -> None:
    for model, path in ((Person, "people"), (Outlet, "outlets"), (Topic, "topics")):
        for thing in model.objects.all():
            assert get(client, f"/api/v1/{path}/{thing.slug}")["slug"] == thing.slug
